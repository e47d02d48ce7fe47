/// How often each value of one column occurs together with values of another.
struct PairTally {
  /// A dependent value beside the first that was noted.
  private struct Other {
    let value: UInt16
    var count: Int
    var firstPlace: Int
  }

  private static let none = UInt16.max
  private var values: [UInt16]
  private var counts: [Int]
  private var firstPlaces: [Int]
  private var others: [Int: [Other]] = [:]
  /// A lower bound of the exceptions.
  private(set) var otherCount = 0

  init(determinantCount: Int) {
    values = Array(repeating: Self.none, count: determinantCount)
    counts = Array(repeating: 0, count: determinantCount)
    firstPlaces = counts
  }

  /// Adds rows that have this pair of values.
  ///
  /// - Parameter firstPlace: The first of them.
  mutating func add(_ determinant: Int, _ value: UInt16, count: Int, firstPlace: Int) {
    if values[determinant] == Self.none {
      (values[determinant], counts[determinant]) = (value, count)
      firstPlaces[determinant] = firstPlace
    } else if values[determinant] == value {
      counts[determinant] += count
      firstPlaces[determinant] = min(firstPlaces[determinant], firstPlace)
    } else if let index = others[determinant]?.firstIndex(where: { $0.value == value }) {
      others[determinant]![index].count += count
      others[determinant]![index].firstPlace = min(
        others[determinant]![index].firstPlace, firstPlace)
    } else {
      others[determinant, default: []].append(
        Other(value: value, count: count, firstPlace: firstPlace))
      otherCount += 1
    }
  }

  /// What the pairs amount to.
  struct Summary: Hashable {
    var determinantCount = 0
    var exceptionCount = 0
    var confirmationCount = 0
    /// The first row that is an exception.
    var firstException: Int?

    var isTold: Bool {
      determinantCount <= DependencyRule.valueLimit && determinantCount > 1
        && DependencyRule.isTold(
          exceptionCount: exceptionCount, confirmationCount: confirmationCount)
    }
  }

  func summary(dependentCount: Int) -> Summary {
    var summary = Summary()
    var confirmations = [Int](repeating: 0, count: dependentCount)
    for determinant in values.indices where values[determinant] != Self.none {
      summary.determinantCount += 1
      var main = Other(
        value: values[determinant], count: counts[determinant],
        firstPlace: firstPlaces[determinant])
      for var other in others[determinant] ?? [] {
        if (other.count, main.firstPlace) > (main.count, other.firstPlace) {
          swap(&other, &main)
        }
        summary.exceptionCount += other.count
        summary.firstException = min(summary.firstException ?? .max, other.firstPlace)
      }
      confirmations[Int(main.value)] += main.count - 1
    }
    summary.confirmationCount = confirmations.reduce(0, +) - (confirmations.max() ?? 0)
    return summary
  }
}
