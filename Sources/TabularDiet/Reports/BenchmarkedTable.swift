import Columnar
package import DelimitedText
package import FileIO
package import KernelBench
import Kernels
package import MemoryDiet

/// Kernels on the first rows of a table, wide against lean.
package struct BenchmarkedTable {
  /// Kernels of several columns, then one column after the other in the order of the file.
  package let measurements: [KernelMeasurement]
  /// Rows of the table that were measured.
  package let rowCount: Int
  /// Columns that have their wide form, with the bytes that a pass over their rows reads: there is
  /// nothing to compare.
  package let wideColumns: [(name: String, layout: String, byteCount: Int)]

  /// Reads the first rows once more, in the types and layouts of the plan.
  ///
  /// - Parameter rowLimit: How many rows are measured at the most.
  /// - Throws: `ReadingError`, `LayoutError`, `SpeedMeasurementError`.
  package init(
    inputs: [CSVInput], reading: CSVReadingOptions, plan: DietPlan, rowLimit: Int,
    rowCount tableRowCount: Int, benchmark: KernelBenchmark
  ) throws {
    let frame = try Self.firstRows(
      inputs, reading, plan, rowLimit: min(rowLimit, tableRowCount))
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
    self.measurements = measurements
    self.wideColumns = wideColumns
    rowCount = columns.first?.count ?? 0
  }

  /// At least so many rows, lean. Only the chunks that hold them are kept.
  private static func firstRows(
    _ inputs: [CSVInput], _ reading: CSVReadingOptions, _ plan: DietPlan, rowLimit: Int
  ) throws -> DataFrame {
    var chunkLimit = 4
    while true {
      var request = TableReading(inputs: inputs, reading: reading, typing: plan.typing)
      request.plan = plan
      request.only = Set(plan.columns.map(\.name))
      let table = try request.load(keepsValues: true, chunkLimit: chunkLimit)
      // A file that has shrunk meanwhile never has so many.
      if table.rowCount >= rowLimit || chunkLimit > 1 << 30 {
        // The first rows may profit from less than all rows need; the plan holds for both.
        return try LeanTable(finishing: table, plan: plan, policy: plan.policy).frame
          ?? DataFrame(columns: [], profiles: [], rowCount: 0)
      }
      chunkLimit *= 4
    }
  }
}
