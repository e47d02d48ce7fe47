/// What a column's fields were as they stood in the file, whatever we made of them: all that the
/// byte formulas of other engines need to know (`docs/before-bytes.md`, section 1).
///
/// Every fact is a sum, a union or an extreme over the fields, so facts of parts can be joined in
/// any order and do not depend on how the file was split.
public struct SourceFacts: Hashable, Sendable {
  /// Fields that were there; a short record's missing ones are added to `emptyCount` only.
  public var fieldCount = 0
  /// E: empty fields without quotes, missing ones of short records included.
  public var emptyCount = 0
  /// Q: empty fields in quotes.
  public var quotedEmptyCount = 0
  /// Fields that are a word for "missing" in some engine, by which engines those are.
  public var words = NullWordTallies()
  /// B: the bytes of all fields, null words included, quotes removed and doubled ones made one.
  /// Counted for reports only.
  public var byteCount = 0
  /// L: the bytes of the fields longer than 12 bytes, which a string view stores apart.
  public var longByteCount = 0
  /// The shapes that values (fields that are neither empty nor in `words`) have.
  public var shapes: FieldShapes = []
  /// The extremes of the values that are digits, perhaps with a sign, zeros or spaces before them;
  /// kept where all values are, or hexadecimal. Those beyond 127 bits stand at the end of the range.
  public var minimumInteger = Int128.max
  /// The greatest of these values.
  public var maximumInteger = Int128.min
  /// What the values of a text column take as Python's integers, where all are digits.
  public var pythonIntegerByteCount = 0
  /// V: the bytes of the bitmaps that pandas has for this column as text, one for each block of
  /// the file; `nil` where the blocks are not known, which then count as one.
  public var pandasBitmapByteCount: Int?

  /// The facts of no field at all.
  public init() {}

  /// The range that the integers of a column span; `nil` where there are none or other values, too.
  package var integers: ClosedRange<Int128>? {
    shapes.isSubset(of: .integers) && minimumInteger <= maximumInteger
      ? minimumInteger...maximumInteger : nil
  }

  /// Whether pandas reads the values as booleans; as neither these nor numbers.
  package var isBooleanToPandas: Bool {
    !shapes.isEmpty && shapes.isSubset(of: [.boolean, .looseBoolean])
  }
  package var isTextToPandas: Bool {
    !shapes.isEmpty && !isBooleanToPandas
      && !shapes.isSubset(of: FieldShapes.integers.union([.float, .looseFloat]))
  }

  /// Where the values are whole numbers that we read as floats (`-0` is one), these have the extremes.
  package mutating func noteWholeFloats(_ floats: FloatProfile) {
    guard !shapes.isEmpty, shapes.isSubset(of: .integers), let minimum = floats.minimum,
      let maximum = floats.maximum
    else { return }
    minimumInteger = min(minimumInteger, Int128(minimum))
    maximumInteger = max(maximumInteger, Int128(maximum))
  }

  /// Whether all integers that the extremes know of are within 64 bits with a sign.
  package var isWithinInt64: Bool {
    minimumInteger > maximumInteger || (minimumInteger >= -1 << 63 && maximumInteger < 1 << 63)
  }

  /// Joins the facts of another part of the column.
  public mutating func formUnion(_ other: SourceFacts) {
    // Blocks are a matter of the whole file.
    if fieldCount + emptyCount == 0 {
      pandasBitmapByteCount = other.pandasBitmapByteCount
    } else if other.fieldCount + other.emptyCount > 0 {
      pandasBitmapByteCount = nil
    }
    fieldCount += other.fieldCount
    emptyCount += other.emptyCount
    quotedEmptyCount += other.quotedEmptyCount
    words.formUnion(other.words)
    byteCount += other.byteCount
    longByteCount += other.longByteCount
    shapes.formUnion(other.shapes)
    minimumInteger = min(minimumInteger, other.minimumInteger)
    maximumInteger = max(maximumInteger, other.maximumInteger)
    pythonIntegerByteCount += other.pythonIntegerByteCount
    simplify()
  }

  /// Forgets what does not matter once there is text: gathering may have stopped looking there.
  package mutating func simplify() {
    if shapes.contains(.text) { shapes = .text }
    // A date among timestamps is midnight to whoever reads timestamps.
    if shapes.contains(.timestamp) { shapes.remove(.date) }
    if !shapes.isSubset(of: FieldShapes.integers.union(.hexadecimal)) {
      minimumInteger = .max
      maximumInteger = .min
    }
    if !shapes.isSubset(of: .integers) { pythonIntegerByteCount = 0 }
  }
}

/// The forms of a field's text that some engine tells from others (`docs/before-bytes.md`,
/// sections 3 and 5). A column has those that any of its values has.
public struct FieldShapes: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Anything that is not listed below: text to every engine.
  public static let text = FieldShapes(rawValue: 1)
  /// `0` or `1`, which Arrow takes for booleans among booleans.
  public static let bit = FieldShapes(rawValue: 1 << 1)
  /// Other digits, perhaps with a minus or zeros before them.
  public static let integer = FieldShapes(rawValue: 1 << 2)
  /// Digits with a plus sign.
  public static let plusInteger = FieldShapes(rawValue: 1 << 3)
  /// Numbers with a point or an exponent, `inf`: floats to every engine.
  public static let float = FieldShapes(rawValue: 1 << 4)
  /// `5.e3`, `Infinity`: floats to pandas and Arrow, text to polars.
  public static let looseFloat = FieldShapes(rawValue: 1 << 5)
  /// `+NaN`: a float to Arrow and polars, text to pandas.
  public static let plusNaN = FieldShapes(rawValue: 1 << 6)
  /// `NAN`, `+nan`, and any NaN between spaces: a float to Arrow, text to pandas and polars.
  public static let oddNaN = FieldShapes(rawValue: 1 << 7)
  /// `0x1F`: an integer to Arrow.
  public static let hexadecimal = FieldShapes(rawValue: 1 << 8)
  /// `true` or `false` in lower case, capitals or with one capital.
  public static let boolean = FieldShapes(rawValue: 1 << 9)
  /// `tRue`: a boolean to pandas and polars.
  public static let looseBoolean = FieldShapes(rawValue: 1 << 10)
  /// `2024-01-31`, a day that exists.
  public static let date = FieldShapes(rawValue: 1 << 11)
  /// `HH:MM` or `HH:MM:SS`.
  public static let time = FieldShapes(rawValue: 1 << 12)
  /// ISO timestamps without an offset.
  public static let timestamp = FieldShapes(rawValue: 1 << 13)
  /// ISO timestamps with an offset.
  public static let zonedTimestamp = FieldShapes(rawValue: 1 << 14)
  /// Beside a number, date or timestamp: some has a space or tab around it.
  public static let outerSpace = FieldShapes(rawValue: 1 << 15)
  /// Beside a timestamp: some has a fraction.
  public static let fraction = FieldShapes(rawValue: 1 << 16)
  /// Beside a date or timestamp: some lies beyond what 64-bit nanoseconds hold.
  public static let farFromEpoch = FieldShapes(rawValue: 1 << 17)

  /// Values whose extremes are kept.
  public static let integers: FieldShapes = [.bit, .integer, .plusInteger, .outerSpace]
}

/// How many fields, and bytes of them, are one of the words that engines read as missing. Each
/// engine has its own list; the six groups are the words that the same lists have.
public struct NullWordTallies: Hashable, Sendable {
  /// Fields, and their bytes.
  public struct Tally: Hashable, Sendable {
    /// How many fields there are.
    public var count = 0
    /// The bytes of the fields.
    public var byteCount = 0

    /// So many fields of so many bytes.
    public init(count: Int = 0, byteCount: Int = 0) {
      self.count = count
      self.byteCount = byteCount
    }

    package mutating func add(_ rows: Int, of bytes: Int) {
      count += rows
      byteCount += rows * bytes
    }

    package static func + (a: Tally, b: Tally) -> Tally {
      Tally(count: a.count + b.count, byteCount: a.byteCount + b.byteCount)
    }
  }

  /// `NA N/A n/a #N/A NULL null`: missing to all.
  public var common = Tally()
  /// `None`: missing to all but Arrow.
  public var none = Tally()
  /// `<NA>`: missing to pandas alone.
  public var pandasOnly = Tally()
  /// `#NA`, `1.#IND`, …: missing to pandas and Arrow, text to polars.
  public var codes = Tally()
  /// `nan -nan`: the same.
  public var lowercaseNaN = Tally()
  /// `NaN -NaN`: missing to pandas and Arrow, a float to polars.
  public var nan = Tally()

  /// No field is one of the words.
  public init() {}

  /// The words that pandas reads as missing: Wp and bp.
  package var ofPandas: Tally { ofArrow + none + pandasOnly }
  /// Wa.
  package var ofArrow: Tally { common + codes + lowercaseNaN + nan }
  /// The seven words of ours, which polars is told: W7 and b7.
  package var ofPolars: Tally { common + none }

  /// How NaN are spelled, as far as the counts tell.
  package var spelledNaN: [String] {
    [("nan", lowercaseNaN), ("NaN", nan)].flatMap { word, tally in
      // Of so many fields, those with a minus are longer by one.
      let negative = tally.byteCount - 3 * tally.count
      return (tally.count > negative ? [word] : []) + (negative > 0 ? ["-" + word] : [])
    }
  }

  package mutating func formUnion(_ other: NullWordTallies) {
    common = common + other.common
    none = none + other.none
    pandasOnly = pandasOnly + other.pandasOnly
    codes = codes + other.codes
    lowercaseNaN = lowercaseNaN + other.lowercaseNaN
    nan = nan + other.nan
  }

  package static let longestWordByteCount = 9

  /// The group of a word; `nil` for text that no engine reads as missing.
  package static func group(
    of text: UnsafeBufferPointer<UInt8>
  ) -> WritableKeyPath<NullWordTallies, Tally>? {
    guard text.count >= 2, text.count <= longestWordByteCount else { return nil }
    // Most text is told by its first two bytes.
    switch (text[0], text[1]) {
    case (0x4E, _), (0x6E, _), (0x23, 0x4E), (0x3C, 0x4E), (0x31, 0x2E): break
    case (0x2D, 0x31), (0x2D, 0x4E), (0x2D, 0x6E): break
    default: return nil
    }
    switch String(decoding: text, as: UTF8.self) {
    case "NA", "N/A", "n/a", "#N/A", "NULL", "null": return \.common
    case "None": return \.none
    case "<NA>": return \.pandasOnly
    case "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "1.#IND", "1.#QNAN": return \.codes
    case "nan", "-nan": return \.lowercaseNaN
    case "NaN", "-NaN": return \.nan
    default: return nil
    }
  }
}
