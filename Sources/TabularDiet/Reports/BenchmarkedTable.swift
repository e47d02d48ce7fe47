import Columnar
import KernelBench

/// Kernels on the first rows of a table, wide against lean.
struct BenchmarkedTable {
  /// Kernels of several columns, then one column after the other in the order of the file.
  private(set) var measurements: [KernelMeasurement]
  /// Rows of the table that were measured.
  let rowCount: Int
  /// Columns that have their wide form, with the bytes that a pass over their rows reads: there is
  /// nothing to compare.
  let wideColumns: [(name: String, layout: String, byteCount: Int)]

  /// Reads the first rows once more, in the types and layouts of the plan.
  ///
  /// - Parameter rowLimit: How many rows are measured at the most.
  /// - Throws: `ReadingError`, `LayoutError`, `SpeedMeasurementError`.
  init(of profile: TableProfile, rowLimit: Int, benchmark: KernelBenchmark) throws {
    let frame = try Self.firstRows(profile, rowLimit: min(rowLimit, profile.rowCount))
    let columns = frame.columns.map { $0.prefix(rowLimit) }
    var measurements = columns.count > 1 ? try benchmark.measurements(ofFrame: columns) : []
    var wideColumns: [(name: String, layout: String, byteCount: Int)] = []
    for column in columns {
      if !KernelBenchmark.isLean(column), column.nullCount < column.count {
        wideColumns.append(
          (column.name, column.layout.description, KernelBenchmark.byteCount(of: column)))
      }
      measurements += try benchmark.measurements(of: column)
    }
    self.measurements = try benchmark.confirmed(measurements, columns)
    self.wideColumns = wideColumns
    rowCount = columns.first?.count ?? 0
  }

  /// The same, with what other processes measured of the kernels that have become slower.
  func confirmed(
    by gate: RegressionGate?, _ again: (Set<String>) throws -> BenchmarkBaseline?
  ) rethrows -> BenchmarkedTable {
    guard let gate else { return self }
    var table = self
    table.measurements = try gate.confirmed(measurements) { try again($0)?.measurements }
    return table
  }

  /// At least so many rows, lean. Only the chunks that hold them are kept.
  private static func firstRows(_ profile: TableProfile, rowLimit: Int) throws -> DataFrame {
    var chunkLimit = 4
    while true {
      let table = try profile.firstRows(chunkLimit: chunkLimit)
      // A file that has shrunk meanwhile never has so many.
      if table.profile.rowCount >= rowLimit || chunkLimit > 1 << 30 { return try table.frame }
      chunkLimit *= 4
    }
  }
}
