/// What a column is in Arrow: the type of its values, and the dictionary that holds them.
package struct ArrowTyping: Hashable, Sendable {
  /// The type of the values; of the dictionary's values where there is a dictionary.
  package var type: ArrowType
  package var dictionary: Dictionary?
  /// What the target cannot hold, and what is there instead; `nil` where nothing is missing.
  package var note: Note?

  package struct Dictionary: Hashable, Sendable {
    package var count: Int
    /// Bits of a signed code.
    package var codeBits: Int

    init(count: Int) {
      self.count = count
      codeBits = count <= 1 << 7 ? 8 : count <= 1 << 15 ? 16 : 32
    }
  }

  /// `dictionary<int8, string>`, or the type.
  package var description: String {
    guard let dictionary else { return type.description }
    return "dictionary<int\(dictionary.codeBits), \(type)>"
  }
}

/// What decides about a column's type in Arrow, whether the column is there or only its profile.
package struct ArrowTypingFacts {
  package var type: LogicalType
  package var shape: ViewShape
  package var rowCount: Int
  package var nullCount: Int
  /// How many different values there are, where the shape is a dictionary or text of one byte.
  package var dictionaryCount: Int
  /// Whether a NaN or −0.0 is among floats: as a category of pandas the first is none, and the
  /// second is 0.0.
  package var hasOddFloats: Bool
  /// The smallest and the largest integer; a column of none has 0 for both.
  package var integers: ClosedRange<Int128>
  /// The fewest bits that integers are to have.
  package var minimumBits: Int
  /// Whether integers that are worked out have no sign where none is below 0.
  package var isUnsigned: Bool
  /// Whether floats in 32 bits are handed over so: where the file that they came from has them in 32
  /// bits, or they were rounded to that on request. Engines add up and multiply in the type they get.
  package var keepsFloat32: Bool
  /// What a file said of the column that has types.
  package var declared: DeclaredType?

  package init(
    type: LogicalType, shape: ViewShape, rowCount: Int, nullCount: Int, dictionaryCount: Int,
    hasOddFloats: Bool, integers: ClosedRange<Int128>, minimumBits: Int?,
    isUnsigned: Bool = false, keepsFloat32: Bool = false, declared: DeclaredType? = nil
  ) {
    self.keepsFloat32 = keepsFloat32 || declared?.whenEmpty == .float(bits: 32)
    self.minimumBits = minimumBits ?? 8
    self.isUnsigned = isUnsigned
    self.declared = declared
    self.type = type
    self.shape = shape
    self.rowCount = rowCount
    self.nullCount = nullCount
    self.dictionaryCount = dictionaryCount
    self.hasOddFloats = hasOddFloats
    self.integers = integers
  }
}

/// | shape of the column | in Arrow |
/// |---|---|
/// | plain numbers | their own type |
/// | computed integers | the narrowest signed integers, or unsigned ones where `isUnsigned`; uint64 past 2^63 − 1 |
/// | indexed text | dictionary of signed codes |
/// | indexed numbers and times | plain: engines compute with them; `CategoryPolicy.all` makes dictionaries |
/// | text of one byte a value | dictionary of the values that occur: a row costs 1 byte, not 5 |
/// | constant text | dictionary with one entry, for the same reason |
/// | constant of another type | plain narrow values: engines need no look-up, and files compress |
/// | no value at all | null, or what the file says that the column came from |
///
/// Dates and times have Arrow's width whatever the shape. Instants are counted in microseconds, or
/// nanoseconds where there are any, and floats have 64 bits, whatever they lie in: engines compute in
/// the type that they get. A file with types says both itself. Decimals become binary64 where every
/// value has at most 15 digits: then the text can be had back. Otherwise they stay decimals, of 128
/// bits.
extension ArrowTyping {
  /// The type of a column of these facts in a file for `target`; `nil` where no column of that type
  /// has that shape.
  package init?(
    _ facts: ArrowTypingFacts, for target: TargetEngine, categories: CategoryPolicy = .text
  ) {
    let isAllNull = facts.isAllNull
    if let declared = facts.declared,
      let typing = isAllNull
        ? ArrowTyping(ofEmpty: declared, categories) : ArrowTyping(declared, facts, categories)
    {
      self = typing
      adapt(to: target, facts)
      return
    }
    switch isAllNull ? .constant(nil) : facts.shape {
    case .constant(nil): self.init(type: .null)
    case .indexed(let values) where facts.isDictionary(of: values, for: target, categories):
      guard let type = facts.plain(values, for: target) else { return nil }
      self.init(type: type, dictionary: Dictionary(count: facts.dictionaryCount))
    case .fixed(width: 1, _) where categories != .none:
      self.init(type: .utf8, dictionary: Dictionary(count: facts.dictionaryCount))
    case .constant(let value?) where facts.type.domain == .bytes && categories != .none:
      guard let type = facts.plain(value, for: target) else { return nil }
      self.init(type: type, dictionary: Dictionary(count: 1))
    case .constant(let value?):
      guard let type = facts.plain(value, for: target, isConstant: true) else { return nil }
      self.init(type: type)
    case .indexed(let values):
      guard let type = facts.plain(values, for: target) else { return nil }
      self.init(type: type)
    case let shape:
      guard let type = facts.plain(shape, for: target) else { return nil }
      self.init(type: type)
    }
    adapt(to: target, facts)
  }
}

extension ArrowTypingFacts {
  /// Whether no row has a value.
  fileprivate var isAllNull: Bool {
    if case .constant(nil) = shape { return true }
    return rowCount > 0 && nullCount == rowCount
  }

  /// Whether the values go into a dictionary that `target` can read. pandas makes objects of a
  /// dictionary's times and fails at nanoseconds, and forgets the zone of its timestamps; its
  /// categories can be no NaN, and 0.0 and −0.0 are one to it.
  ///
  /// Integers that are no wider than codes stay plain: engines compute with them, pandas does not with
  /// categories.
  fileprivate func isDictionary(
    of values: ViewShape, for target: TargetEngine, _ categories: CategoryPolicy
  ) -> Bool {
    switch type {
    case .uuid, .ipv4, .string: return categories != .none
    case _ where categories != .all: return false
    case .null, .boolean, .time(unit: .nanosecond), .duration: return false
    // The others decode on reading: plain narrow values are read at once, and kept.
    case _ where target == .polars || target == .duckdb || target == .spark: return false
    // pandas would hold each category as an object of Python's.
    case .date, .time: return target == .any
    case .float: return !hasOddFloats
    case .timestamp(_, zone: _?): return false
    case .integer:
      guard case .integer(let bits, _)? = plain(values, for: target) else { return true }
      return ArrowTyping.Dictionary(count: dictionaryCount).codeBits < bits
    case .decimal, .timestamp: return true
    }
  }

  /// The type of values that lie in `shape`.
  fileprivate func plain(
    _ shape: ViewShape, for target: TargetEngine, isConstant: Bool = false
  ) -> ArrowType? {
    switch type {
    case .null: return .null
    case .boolean: return shape.isInteger || shape == .bits ? .boolean : nil
    case .integer:
      if !isConstant, case .integers(let width, let isSigned) = shape {
        return .integer(bits: max(width * 8, minimumBits), isSigned: isSigned)
      }
      return shape.isInteger ? integer : nil
    case .decimal(let scale): return shape.isInteger ? decimal(scale: scale, for: target) : nil
    case .float:
      guard case .floats(let width) = shape else { return nil }
      return .float(bits: keepsFloat32 ? width * 8 : 64)
    case .date: return shape.isInteger ? .date : nil
    case .time(let unit): return shape.isInteger ? .time(unit) : nil
    case .timestamp(let unit, let zone):
      return shape.isInteger ? .timestamp(handedUnit(of: unit, for: target), zone: zone) : nil
    case .duration(let unit):
      // Spark gets them as numbers, which are those of the column.
      let handed = target == .spark ? unit : handedUnit(of: unit, for: target)
      return shape.isInteger ? .duration(handed) : nil
    case .uuid, .ipv4, .string: return shape.isText ? .utf8 : nil
    }
  }

  /// The unit that engines get instants and spans of time in: one for all columns, so that they can be subtracted,
  /// joined and moved by microseconds. A value takes 8 bytes in any.
  private func handedUnit(of unit: TimeUnit, for target: TargetEngine) -> TimeUnit {
    var units = [TimeUnit.microsecond]
    switch declared?.whenEmpty {
    case .timestamp(let own, _)?:
      units.insert(target == .spark ? min(own, .microsecond) : own, at: 0)
    case .duration(let own)?: units.insert(own, at: 0)
    default: break
    }
    // Beyond 292,000 years there are seconds and milliseconds alone.
    return units.map { max(unit, $0) }.first { integers.fit(counted: unit, in: $0) } ?? unit
  }

  private var integer: ArrowType {
    if integers.upperBound > Int128(Int64.max) { return .integer(bits: 64, isSigned: false) }
    let isSigned = !isUnsigned || integers.lowerBound < 0
    let bits = [8, 16, 32].first {
      $0 >= minimumBits && Int128.range(bits: $0, isSigned: isSigned).contains(integers)
    }
    return .integer(bits: bits ?? 64, isSigned: isSigned)
  }

  private func decimal(scale: Int, for target: TargetEngine) -> ArrowType {
    // 15 decimal digits survive the way to binary64 and back (DBL_DIG), 16 may not: 2^53 is no
    // bound, 900719925474099.2 and .3 are one binary64. Powers of ten are exact in it up to 10^22.
    let limit = Int128(1_000_000_000_000_000)
    let isExact =
      scale <= 22 && integers.lowerBound > -limit && integers.upperBound < limit
    // These two hold up to 18 digits as one integer of at most 64 bits.
    if isExact, target != .duckdb, target != .spark { return .float(bits: 64) }
    let largest = max(integers.lowerBound.magnitude, integers.upperBound.magnitude)
    return .decimal(precision: max(String(largest).utf8.count, scale), scale: scale)
  }
}

extension ViewShape {
  fileprivate var isInteger: Bool {
    switch self {
    case .integers, .bits, .computed: true
    case .indexed(let values): values.isInteger
    case .constant(let value): value?.isInteger ?? true
    case .floats, .fixed, .utf8: false
    }
  }

  fileprivate var isText: Bool {
    switch self {
    case .fixed, .utf8: true
    default: false
    }
  }
}

extension ArrowTyping {
  /// Puts in place of what `target` cannot hold the nearest type that it can, and says so.
  private mutating func adapt(to target: TargetEngine, _ facts: ArrowTypingFacts) {
    let before = type
    switch (target, type) {
    case (.spark, .integer(let bits, isSigned: false)):
      type =
        bits == 64 ? .decimal(precision: 20, scale: 0) : .integer(bits: bits * 2, isSigned: true)
    case (.spark, .time(let unit)):
      type = .integer(bits: unit <= .millisecond ? 32 : 64, isSigned: true)
    case (.spark, .timestamp(.nanosecond, _)), (.spark, .duration):
      type = .integer(bits: 64, isSigned: true)
    default: break
    }
    if before != type { note = Self.note(before, type, target) }
    if note == nil { note = holdingNote(facts, for: target) }
  }

  private static func note(
    _ before: ArrowType, _ after: ArrowType, _ target: TargetEngine
  ) -> Note {
    let reason =
      switch before {
      case .integer: "integers without a sign"
      case .time: "times of day"
      case .duration: "spans of time in files"
      default: "nanoseconds"
      }
    let meaning =
      switch before {
      case .time(let unit): ", \(unit.plural) since midnight"
      case .timestamp(let unit, _): ", \(unit.plural) since 1970"
      case .duration(let unit): ", \(unit.plural)"
      default: ""
      }
    return Note(
      .engineLacksType, "stored as \(after)\(meaning): \(target.label) has no \(reason)")
  }

  /// What becomes of a type that is stored as it is, where the engine holds it otherwise.
  private func holdingNote(_ facts: ArrowTypingFacts, for target: TargetEngine) -> Note? {
    holdingWords(facts, for: target).map { Note(.engineHoldsOtherwise, "\($0)") }
  }

  private func holdingWords(_ facts: ArrowTypingFacts, for target: TargetEngine) -> String? {
    switch (target, type) {
    case (.pandas, .decimal) where dictionary == nil:
      return "stored as \(type): pandas makes objects of it; dtype_backend=\"pyarrow\" does not"
    case (.polars, .timestamp(.second, _)), (.polars, .duration(.second)):
      return "polars holds seconds as milliseconds"
    case (.duckdb, .duration(.nanosecond)): return "DuckDB counts spans of time in microseconds"
    case (.duckdb, .utf8) where dictionary != nil: return "DuckDB reads dictionaries as VARCHAR"
    default: return nil
    }
  }
}

extension ClosedRange<Int128> {
  /// Whether times of these numbers of `unit` have numbers of 64 bits in the finer unit `other`.
  fileprivate func fit(counted unit: TimeUnit, in other: TimeUnit) -> Bool {
    let factor = Int128(unit.factor(to: other))
    return Int128.range(bits: 64, isSigned: true).contains(
      lowerBound * factor...upperBound * factor)
  }
}

extension TimeUnit {
  /// How many of a unit that is as fine or finer make one of this.
  package func factor(to finer: TimeUnit) -> Int64 { finer.perSecond / perSecond }

  /// `milliseconds`
  package var plural: String {
    switch self {
    case .second: "seconds"
    case .millisecond: "milliseconds"
    case .microsecond: "microseconds"
    case .nanosecond: "nanoseconds"
    }
  }
}
