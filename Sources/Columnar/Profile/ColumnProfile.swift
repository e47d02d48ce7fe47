/// What one pass over a column learned: everything that the byte formulas of the encodings, and of
/// the engines that we compare with, need to know.
public struct ColumnProfile: Sendable {
  /// The name of the column.
  public var name: String
  /// What the values mean.
  public var type: LogicalType
  /// How many rows there are, null ones included.
  public var rowCount: Int
  /// How many rows have no value.
  public var nullCount: Int
  /// How many different values there are; nulls are not counted, NaN counts once, −0.0 is 0.0.
  /// `nil` where counting was given up because no layout could profit.
  public var distinctCount: Int?
  /// False where the count is an estimate (±0.8 %), made past 2^20 values.
  public var isDistinctExact: Bool
  /// The entries that a dictionary of this column has; `nil` where that is not known exactly.
  public var dictionaryCount: Int?
  /// The integers that stand for the values; `nil` where there is none.
  public var integers: IntegerProfile?
  /// The floats; `nil` where there is none.
  public var floats: FloatProfile?
  /// The texts; `nil` where there is none.
  public var text: TextProfile?
  /// What the fields were as they stood in the file.
  public var source = SourceFacts()
  /// What the column was in a file that has types; `nil` for text such as CSV.
  public var stored: StoredFacts?
  /// Whether the type is the one that the caller named.
  public var isTypeTold = false
  /// How exactly the fields' text can be had back from the values.
  public var fidelity: Fidelity
  /// What a reader of the report should know.
  public var notes: [Note]
  /// How dates are written where it is not ISO 8601, in the letters of strftime.
  public var dateFormat: String?
  /// The column that tells this one in every row; `nil` where none does, or nobody looked.
  public package(set) var relation: ColumnRelation?
  /// What stood beside numbers and was left out; `nil` where they were read as they stand.
  public var affix: NumberAffix?

  /// A profile that knows rows and nulls alone.
  public init(name: String, type: LogicalType, rowCount: Int, nullCount: Int) {
    self.name = name
    self.type = type
    self.rowCount = rowCount
    self.nullCount = nullCount
    distinctCount = 0
    isDistinctExact = true
    fidelity = .text
    notes = []
  }

  /// The number of rows that have a value.
  public var valueCount: Int { rowCount - nullCount }

  /// The bytes of a validity bitmap, 0 where none is needed.
  package var validityByteCount: Int {
    Validity.byteCount(rowCount: rowCount, nullCount: nullCount, listsNulls: false)
  }

  /// The same in layouts that list rows without a value where that takes fewer.
  package var listedValidityByteCount: Int {
    Validity.byteCount(rowCount: rowCount, nullCount: nullCount, listsNulls: true)
  }
}

/// How equal the lean column is to the text in the file.
public enum Fidelity: String, Sendable, Codable, Comparable, CaseIterable {
  /// Rendering the values gives back the fields, byte for byte.
  case text
  /// The same values; spelling varies (`1.50` and `1.5`).
  case value
  /// Each value is the binary64 nearest to its text, which had more digits than that holds.
  case rounded
  /// Each value is within a share of itself that the user allowed.
  case error

  public static func < (a: Fidelity, b: Fidelity) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// Facts about the integers that stand for a column's values.
public struct IntegerProfile: Hashable, Sendable {
  /// The least value, in the unit of the column.
  public var minimum: Int128
  /// The greatest value, in the unit of the column.
  public var maximum: Int128
  /// The first value and the step, where every row has a value and each differs from the one
  /// before by the same step.
  public var sequence: Sequence?
  /// What their order shows; `nil` where there is no value, or nobody looked.
  package private(set) var order: IntegerOrder?
  /// How many lie in which range; `nil` where nobody looked.
  package private(set) var spread: IntegerSpread?

  /// Values that each differ from the one before by the same step.
  public struct Sequence: Hashable, Sendable {
    /// The first value.
    public var start: Int64
    /// The difference between neighbours; not 0.
    public var step: Int64

    /// The values `start`, `start` + `step` and so on.
    public init(start: Int64, step: Int64) {
      self.start = start
      self.step = step
    }
  }

  /// Facts that hold for every value. The extremes may be given in either order.
  public init(minimum: Int128, maximum: Int128, sequence: Sequence? = nil) {
    self.minimum = min(minimum, maximum)
    self.maximum = max(minimum, maximum)
    self.sequence = sequence
  }

  /// The facts of values that stand in this order, so many of them in each range.
  package init(
    minimum: Int128, maximum: Int128, order: IntegerOrder?, spread: IntegerSpread? = nil
  ) {
    self.init(
      minimum: minimum, maximum: maximum, sequence: order?.sequence(in: minimum...maximum))
    if let order, order.runCount > 0 { self.order = order }
    self.spread = spread
  }
}

/// Facts about a column of binary64 values.
public struct FloatProfile: Hashable, Sendable {
  /// The smallest and largest value, NaN left out; `nil` where there is none.
  public var minimum: Double?
  /// The largest value, NaN left out; `nil` where there is none.
  public var maximum: Double?
  /// How many values are NaN.
  public var nanCount: Int
  /// Every value survives the way to binary32 and back, bit for bit.
  public var fitsFloat32: Bool
  /// The greatest difference that binary32 makes, as a share of the value: 0 where it makes none,
  /// infinite where a value would be lost to infinity or a NaN to another.
  public var float32Error: Double
  /// All values have the same bits.
  public var isConstant: Bool
  /// Some value is −0.0.
  public var hasNegativeZero: Bool

  /// Facts that hold for every value. Without an error of its own, binary32 either fits or loses
  /// all.
  public init(
    minimum: Double?, maximum: Double?, nanCount: Int, fitsFloat32: Bool, isConstant: Bool,
    hasNegativeZero: Bool = false, float32Error: Double? = nil
  ) {
    self.float32Error = float32Error ?? (fitsFloat32 ? 0 : .infinity)
    self.minimum = minimum
    self.maximum = maximum
    self.nanCount = nanCount
    self.fitsFloat32 = fitsFloat32
    self.isConstant = isConstant
    self.hasNegativeZero = hasNegativeZero
  }
}

/// Facts about a column's text.
public struct TextProfile: Hashable, Sendable {
  /// The bytes of all values, rows added up.
  public var byteCount = 0
  /// The bytes of the shortest value.
  public var minimumLength = Int.max
  /// The bytes of the longest value.
  public var maximumLength = 0
  /// The bytes of the distinct values, where a dictionary is possible.
  public var distinctByteCount: Int?
  /// The bytes of those of the distinct values that are longer than 12 bytes, which a string view
  /// stores apart.
  public var distinctLongByteCount: Int?
  /// The smallest and largest value in byte order.
  public var minimum: [UInt8] = []
  /// The largest value in byte order.
  public var maximum: [UInt8] = []
  /// The forms that every value has.
  public var forms: TextForms = .all
  /// What tokens of the values would take; `nil` where nobody asked.
  package var forecast: TextForecast?
  /// Whether the values are the same but for their digits.
  package var digits = DigitRuns()

  /// The facts of no text at all, to be widened by each.
  public init() {}
}

/// Forms that text can have in every row, narrower than text at large.
public struct TextForms: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// UUIDs with small letters.
  public static let lowercaseUUID = TextForms(rawValue: 1)
  /// UUIDs with capital letters.
  public static let uppercaseUUID = TextForms(rawValue: 2)
  /// IPv4 addresses as they are printed.
  public static let ipv4 = TextForms(rawValue: 4)
  /// An even number of hexadecimal digits with small letters.
  public static let lowercaseHex = TextForms(rawValue: 8)
  /// An even number of hexadecimal digits with capital letters.
  public static let uppercaseHex = TextForms(rawValue: 16)
  /// Digits with a sign or zeros before them, which other engines read as integers.
  public static let signedDigits = TextForms(rawValue: 32)
  /// Numbers as other engines read them: exponents, long digits.
  public static let number = TextForms(rawValue: 64)
  /// `true` and `false` in spellings that other engines read as booleans.
  public static let boolean = TextForms(rawValue: 128)
  /// Numbers, of which some may have commas between thousands: `7`, `1,234.50`.
  public static let groupedByCommas = TextForms(rawValue: 256)
  /// Numbers, of which some may have points between thousands: `7`, `1.234,50`.
  public static let groupedByPoints = TextForms(rawValue: 512)
  /// Numbers with a sign of money or a percent sign: `$5`, `12 %`.
  public static let amount = TextForms(rawValue: 1024)
  /// Digits in groups, as dates and times of day have them: `2024/01/31`, `2 Jan 2024`, `10:20`.
  public static let dateShaped = TextForms(rawValue: 2048)
  /// Numbers, of which some may have a sign behind them, parentheses for one below zero, or a space
  /// or an apostrophe between thousands: `5-`, `(5)`, `1 234,50`, `1'234.50`.
  public static let accounting = TextForms(rawValue: 4096)
  /// Every form, as long as no text was seen.
  public static let all = TextForms(rawValue: 8191)
}
