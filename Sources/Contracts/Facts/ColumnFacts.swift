package import Columnar

/// What one column was.
package struct ColumnFacts: Hashable, Sendable {
  package var name: String
  package var type: LogicalType
  /// How it is stored lean, as `Layout` describes it; `nil` where nobody knows.
  package var layout: String?
  /// How a plan stores it, which is to hold other tables, too.
  package var plannedLayout: String?
  /// The lean bytes.
  package var byteCount = 0
  /// The narrowest number that holds the values; `nil` for what is no number.
  package var format: NumberFormat?
  /// The smallest value.
  package var minimum: FactValue?
  /// The largest.
  package var maximum: FactValue?
  package var nullCount = 0
  /// How many different values there are, nulls not counted; `nil` where nobody counted.
  package var distinctCount: Int?
  package var isDistinctExact = true
  /// The characters of the shortest and the longest text.
  package var lengths: ClosedRange<Int>?
  /// The words of a dictionary, in byte order; `nil` where they are not known or are too many.
  package var words: [String]?
  /// How often the rarest of the words, or of few whole numbers, occurs; `nil` where nobody counted.
  package var rarestCount: Int?
  /// The entries that a dictionary has; `nil` where it is no dictionary.
  package var entryCount: Int?
  /// The bytes as text with offsets; `nil` for what is no text.
  package var plainByteCount: Int?
  /// Whether it is text, and all of it digits: some began with zeros, or a contract says that it is text.
  package var isDigits = false
  /// How dates are written where that is not ISO 8601.
  package var dateFormat: String?
  /// The column that tells this one.
  package var relation: ColumnRelation?
  /// Whether decimals are written with as many places as each needs, as programs write floats: another month may
  /// have an exponent, or −0.0.
  package var isFloatSpelled = false
  /// Whether no two rows have the same value; `nil` where nobody knows.
  package var isUnique: Bool?
  /// How numbers are spelled; locks do not keep it.
  package var numbers = NumberSpelling()

  package init(name: String, type: LogicalType) { (self.name, self.type) = (name, type) }

  /// What a lock lets its values be.
  package var agreedType: LogicalType { isFloatSpelled ? .float : type }

  /// Whether all rows have one and the same value.
  package var isConstant: Bool { nullCount == 0 && isDistinctExact && distinctCount == 1 }

  /// What is left of the format's range, as a share: what counts is the end that comes nearer.
  package var headroom: Double? {
    guard let format, case .integer(let low)? = minimum, case .integer(let high)? = maximum else {
      return nil
    }
    return format.headroom(low...max(low, high))
  }
}

/// The smallest or largest value of a column.
package enum FactValue: Hashable, Sendable {
  /// Of whole numbers, in their own unit: a decimal of scale 2 counts hundredths, a date days.
  case integer(Int128)
  case float(Double)
  case text(String)

  package static func < (a: FactValue, b: FactValue) -> Bool {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): a < b
    case (.float(let a), .float(let b)): a < b
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    default: false
    }
  }
}

/// How the numbers of a column are spelled in its file, for schemas of other tools.
package struct NumberSpelling: Hashable, Sendable {
  /// What stands before the fraction where that is no point, and between groups of digits.
  package var decimalMark: String?
  package var groupMark: String?
  /// Whether signs of money, `%` or units stand beside them.
  package var hasUnits = false
  package var hasNaN = false
  package var hasInfinity = false

  package init() {}
}
