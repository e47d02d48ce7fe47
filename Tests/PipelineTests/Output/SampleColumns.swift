import Columnar
import Platform
import TestSupport

/// Values of one kind, and the columns that hold them in every layout that can.
struct SampleColumns: Sendable {
  let values: SampleValues
  let columns: [Column]

  private struct Size: Hashable {
    var rowCount: Int
    var nullPeriod: Int
  }

  private static let made = Lock<[Size: [SampleColumns]]>([:])

  /// Every kind of values. They are made once: many tests ask for the same ones, and to encode them
  /// takes longer than what is done with them.
  ///
  /// - Parameter nullPeriod: About one value in so many is null; none for 0.
  static func all(rowCount: Int, nullPeriod: Int) throws -> [SampleColumns] {
    let size = Size(rowCount: rowCount, nullPeriod: nullPeriod)
    if let samples = made.withLock({ $0[size] }) { return samples }
    var generator = SeededGenerator(seed: UInt64(rowCount))
    let samples = try SampleKinds(rowCount: rowCount, seed: UInt64(nullPeriod)).samples.map {
      let values = nullPeriod == 0 ? $0 : $0.withNulls(oneIn: nullPeriod, &generator)
      return SampleColumns(values: values, columns: try values.columns())
    }
    made.withLock { $0[size] = samples }
    return samples
  }
}
