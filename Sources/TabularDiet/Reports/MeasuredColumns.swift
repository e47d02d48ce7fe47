import Columnar
package import DelimitedText
package import FileIO
package import KernelBench
import Kernels
import MemoryDiet

/// Measured speed-ups of a table's columns, wide against lean, on the table's first rows.
package struct MeasuredColumns {
  /// By column; columns that gain nothing from a lean form have none.
  package let speedups: [String: [Speedup]]
  /// How many rows were read for the measurement.
  package let rowCount: Int

  /// Chunks of the input that are read for the measurement: 48 MiB of text.
  private static let chunkLimit = 96

  /// Reads the first rows once more, in the types and layouts that are already settled, and measures
  /// one column at a time.
  ///
  /// - Throws: `ReadingError`, `LayoutError`, `SpeedMeasurementError`.
  package init(
    inputs: [CSVInput], reading: CSVReadingOptions, plan: DietPlan
  ) throws {
    var request = TableReading(inputs: inputs, reading: reading, typing: plan.typing)
    request.plan = plan
    request.only = Set(plan.columns.map(\.name))
    // The first rows may profit from less than all rows need; the plan holds for both.
    let table: LeanTable
    do {
      table = try LeanTable(
        finishing: try request.load(keepsValues: true, chunkLimit: Self.chunkLimit), plan: plan,
        policy: plan.policy)
    } catch let error as ReadingError
      where [.unknownColumn, .invalidValue].contains(error.code)
    {
      // The plan is that of the rows as they were.
      throw ReadingError.changedWhileRead(file: error.file)
    }
    var measurement = SpeedMeasurement()
    var speedups: [String: [Speedup]] = [:]
    for column in table.frame?.columns ?? [] {
      speedups[column.name] = try measurement.speedups(of: column)
    }
    self.speedups = speedups
    rowCount = table.loaded.rowCount
  }
}
