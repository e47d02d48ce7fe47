public import Kernels

/// How much faster a reduction is on a lean column than on the wide one that a user would otherwise
/// hold.
public struct Speedup: Hashable, Sendable {
  /// The name of the reduction.
  public let kernel: String
  /// Time on the wide column / time on the lean one: the median of pairs. Below 1 is slower.
  public let ratio: Double
  /// The second least and the second greatest ratio of the pairs.
  public let low: Double
  /// The second greatest ratio of the pairs.
  public let high: Double
  /// How the lean column was read.
  public let path: ReductionPath
  /// How many rows both sides had: the column's, or its first ones.
  public let rowCount: Int
}

/// Wide and lean column gave different answers: a bug, never a matter of speed.
public struct SpeedMeasurementError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of the column.
  public let column: String
  /// The name of the kernel.
  public let kernel: String

  public var description: String {
    "column '\(column)': \(kernel) answers otherwise on the lean column than on the wide one"
  }
}
