import Columnar

/// A type of number that a column stores, and the C loops over it.
protocol LoopNumber: Comparable, Sendable {
  static var loops: NumberLoops<Self> { get }
}

/// The loops that compare, for one type: over all rows, and over those that a bitmap names.
struct NumberLoops<T: Sendable>: Sendable {
  typealias Values = UnsafePointer<T>?
  typealias Words = UnsafePointer<UInt64>?
  typealias End = UnsafeMutablePointer<T>?

  typealias Out = UnsafeMutablePointer<UInt64>?

  let between: @Sendable (Values, Int, T, T, Out) -> Void
  let minMax: @Sendable (Values, Int, End, End) -> Void
  let maskedEnds: @Sendable (Values, Words, Int, End, End) -> Void
  /// In the order of `Comparison`.
  let counts: [@Sendable (Values, Int, T) -> Int]
  let maskedCounts: [@Sendable (Values, Words, Int, T) -> Int]
}

/// How values are compared with a constant; the raw value is its place among a type's loops.
package enum Comparison: Int, Sendable, CaseIterable {
  case equal, less, greater

  /// The same question with both sides negated.
  var mirrored: Comparison {
    switch self {
    case .equal: .equal
    case .less: .greater
    case .greater: .less
    }
  }

  func holds<T: Comparable>(_ value: T, _ constant: T) -> Bool {
    switch self {
    case .equal: value == constant
    case .less: value < constant
    case .greater: value > constant
    }
  }

  /// Whether it holds for all values within `bounds`; `nil` where it may hold for some of them.
  func holds(for bounds: ClosedRange<Int64>, _ constant: Int128) -> Bool? {
    let (least, greatest) = (Int128(bounds.lowerBound), Int128(bounds.upperBound))
    let ends = (holds(least, constant), holds(greatest, constant))
    // What lies between the ends may be equal where they are not.
    if self == .equal, least <= constant, constant <= greatest {
      return least == greatest ? true : nil
    }
    return ends.0 == ends.1 ? ends.0 : nil
  }
}

extension LoopNumber {
  /// The least and the greatest of the rows; `nil` where all of them are NaN.
  static func minMax(_ values: UnsafePointer<Self>, _ rows: ColumnRows) -> (Self, Self)? {
    minMax(values, rows.count, rows.valid)
  }

  /// The same of `count` rows, of which those have a value that have their bit; all, where there are no bits.
  /// `nil` where none has.
  static func minMax(
    _ values: UnsafePointer<Self>, _ count: Int, _ valid: UnsafePointer<UInt64>?
  ) -> (Self, Self)? {
    // Any value does: the loop writes both.
    var minimum = values[0]
    var maximum = values[0]
    if let valid {
      loops.maskedEnds(values, valid, count, &minimum, &maximum)
    } else {
      loops.minMax(values, count, &minimum, &maximum)
    }
    return minimum > maximum ? nil : (minimum, maximum)
  }

  static func count(
    _ values: UnsafePointer<Self>, _ comparison: Comparison, _ constant: Self, _ rows: ColumnRows
  ) -> Int {
    if let valid = rows.valid {
      return loops.maskedCounts[comparison.rawValue](values, valid, rows.count, constant)
    }
    return loops.counts[comparison.rawValue](values, rows.count, constant)
  }
}
