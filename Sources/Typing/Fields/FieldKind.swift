package import Columnar

/// How the fields of a chunk were read: a syntax and the parameter that it was read with.
///
/// The type of a column is the narrowest that every field fits; kinds are what chunks report on the
/// way there.
package enum FieldKind: Hashable, Sendable {
  case null
  case boolean
  case integer
  /// Integers of 10^−scale.
  case decimal(scale: Int)
  case float
  case date
  /// Dates and instants with a one- or two-digit day and month, `03/04/2024`, whose order is still open. Only
  /// counted; read again once the order is known.
  case ambiguousDate
  case time(TimeUnit)
  case timestamp(TimeUnit)
  /// Times of day, too, where some value is none.
  case duration(TimeUnit)
  case string

  /// Kinds whose chunks can be joined by multiplying integers.
  enum Family: Hashable { case null, boolean, number, float, date, ambiguousDate, time, string }

  var family: Family {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .integer, .decimal: .number
    case .float: .float
    case .date, .timestamp: .date
    case .ambiguousDate: .ambiguousDate
    case .time, .duration: .time
    case .string: .string
    }
  }

  /// How many of this kind's integers make one of `kind`'s… the factor from one to the other.
  package func factor(to kind: FieldKind) -> Int64? {
    switch (self, kind) {
    case (.integer, .integer), (.boolean, .boolean), (.date, .date): 1
    case (.integer, .decimal(let scale)): powersOfTen[scale]
    case (.decimal(let from), .decimal(let to)): to >= from ? powersOfTen[to - from] : nil
    case (.time(let from), .time(let to)), (.time(let from), .duration(let to)),
      (.duration(let from), .duration(let to)), (.timestamp(let from), .timestamp(let to)):
      to >= from ? to.perSecond / from.perSecond : nil
    case (.date, .timestamp(let unit)): 86_400 * unit.perSecond
    default: nil
    }
  }
}

extension FieldKind {
  /// The narrowest kind that the integers of both can be counted as; `nil` where there is none.
  func joined(with other: FieldKind) -> FieldKind? {
    if factor(to: other) != nil { return other }
    if other.factor(to: self) != nil { return self }
    switch (self, other) {
    case (.float, .float): return .float
    case (.time(let a), .duration(let b)), (.duration(let b), .time(let a)):
      return .duration(max(a, b))
    default: return nil
    }
  }

  /// A number for each kind, which orders them.
  var code: Int {
    switch self {
    case .null: 0
    case .boolean: 1
    case .integer: 2
    case .float: 3
    case .date: 4
    case .ambiguousDate: 5
    case .string: 6
    case .time(let unit): 10 + unit.fractionDigits
    case .timestamp(let unit): 20 + unit.fractionDigits
    case .duration(let unit): 30 + unit.fractionDigits
    case .decimal(let scale): 40 + scale
    }
  }

  /// The kind of that number; `nil` where there is none.
  init?(code: Int) {
    func unit(_ digits: Int) -> TimeUnit? {
      TimeUnit.allCases.first { $0.fractionDigits == digits }
    }
    let plain: [FieldKind] = [
      .null, .boolean, .integer, .float, .date, .ambiguousDate, .string,
    ]
    let kind: FieldKind? =
      switch code {
      case plain.indices: plain[code]
      case 10..<20: unit(code - 10).map { .time($0) }
      case 20..<30: unit(code - 20).map { .timestamp($0) }
      case 30..<40: unit(code - 30).map { .duration($0) }
      case 41...40 + FieldKind.maximumScale: .decimal(scale: code - 40)
      default: nil
      }
    guard let kind else { return nil }
    self = kind
  }

  /// The most digits after the point that integers of 64 bits are counted with.
  static let maximumScale = 18
}

/// 10^0 … 10^18, all that an Int64 holds.
let powersOfTen: [Int64] = (0...FieldKind.maximumScale).map { exponent in
  (0..<exponent).reduce(1) { product, _ in product * 10 }
}

/// What the fields of a chunk showed beyond their values. Facts only accumulate, so their union
/// does not depend on the order of chunks.
package struct FieldFacts: OptionSet, Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// Some field would not print back as it was read: a plus sign, spaces, a dot without digits.
  static let nonCanonical = FieldFacts(rawValue: 1)
  /// Some value is not `+` and seven digits or more: the column is no list of phone numbers.
  static let notPhone = FieldFacts(rawValue: 2)
  /// Some field is digits, `e`, digits, as in `1e10`: a number only beside other evidence.
  static let bareExponent = FieldFacts(rawValue: 4)
  /// Some field has a decimal point or a signed exponent.
  static let floatEvidence = FieldFacts(rawValue: 8)
  /// Some whole number has no binary64 of the same value.
  static let inexactInteger = FieldFacts(rawValue: 16)
  /// Some field has more digits than binary64 keeps.
  static let rounded = FieldFacts(rawValue: 32)
  /// Integers past 2^63 − 1: values are read without a sign.
  package static let unsigned = FieldFacts(rawValue: 64)
  /// Some value is below zero.
  package static let negative = FieldFacts(rawValue: 128)
  static let usesDecimalPoint = FieldFacts(rawValue: 256)
  static let usesDecimalComma = FieldFacts(rawValue: 512)
  /// Some ambiguous date cannot be day before month, or month before day.
  static let notDayFirst = FieldFacts(rawValue: 1024)
  static let notMonthFirst = FieldFacts(rawValue: 2048)
  /// Values are spelled in more than one style (`T` or space, zone or not).
  static let styleVaries = FieldFacts(rawValue: 4096)
  /// An integer beyond 64 bits, which made the column text.
  static let beyond64Bits = FieldFacts(rawValue: 8192)
  /// `1e400`: a number beyond binary64, which made the column text.
  static let beyondFloat = FieldFacts(rawValue: 16384)
  /// NaN or infinity as a word.
  static let notFinite = FieldFacts(rawValue: 32768)
  static let hasNaN = FieldFacts(rawValue: 65536)
  /// Zeros in front of digits made the column text.
  static let zeroPadded = FieldFacts(rawValue: 131072)
  /// Some timestamp names its offset from UTC; some has none. Never both in one column.
  static let zoned = FieldFacts(rawValue: 262144)
  static let unzoned = FieldFacts(rawValue: 524288)

  // What other engines tell apart, see `FieldShapes`.

  /// Some field is digits with a plus sign.
  static let plusInteger = FieldFacts(rawValue: 1 << 20)
  /// Some value has a space or tab around it.
  static let outerSpace = FieldFacts(rawValue: 1 << 21)
  /// Among floats: some field is digits alone.
  static let wholeNumber = FieldFacts(rawValue: 1 << 22)
  /// Some field is a float to all engines.
  static let binaryFloat = FieldFacts(rawValue: 1 << 23)
  /// `5.e3`, `Infinity`.
  static let looseFloat = FieldFacts(rawValue: 1 << 24)
  /// `+NaN`.
  static let plusNaN = FieldFacts(rawValue: 1 << 25)
  /// `NAN`, `+nan`, NaN between spaces.
  static let oddNaN = FieldFacts(rawValue: 1 << 26)
  /// Digits in groups, as the user said.
  static let grouped = FieldFacts(rawValue: 1 << 27)

  /// `-0`, which only floating point tells from 0.
  static let minusZero = FieldFacts(rawValue: 1 << 28)
  /// Some decimal has more digits than its binary64 needs: `1.50`.
  static let notShortest = FieldFacts(rawValue: 1 << 29)
  /// Some decimal is no version such as `3.10`.
  static let noVersions = FieldFacts(rawValue: 1 << 30)
  /// Some span of time is no time of day.
  static let beyondDay = FieldFacts(rawValue: 1 << 31)
  /// Some comma is that of a decimal: other than three digits follow it, or more than three, or a
  /// zero, stand before it. Otherwise it may separate thousands.
  static let provesDecimalComma = FieldFacts(rawValue: 1 << 32)
  /// What versions do not show.
  static let otherThanVersions: FieldFacts = [
    .negative, .nonCanonical, .inexactInteger, .usesDecimalComma, .grouped,
  ]
  /// What whole numbers alone do not show.
  static let notWhole: FieldFacts = [.bareExponent, .floatEvidence, .notFinite, .minusZero]
}
