/// A sum of floats.
struct FloatSum: Sendable {
  var total: Double
  /// How many rows were added.
  var count: Int
  var path: ReductionPath = .direct
}
