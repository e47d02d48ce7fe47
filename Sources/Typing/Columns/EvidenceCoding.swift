/// How evidence is written: integers past 64 bits as text, strings by their bytes, counts that add up.

/// A string of a file: text where its bytes are, and otherwise its bytes one by one.
struct CodedText: Codable {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      bytes = Array(text.utf8)
    } else {
      bytes = try container.decode([UInt8].self)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let text = String(validating: bytes, as: UTF8.self) {
      try container.encode(text)
    } else {
      try container.encode(bytes)
    }
  }
}

/// An integer of up to 128 bits, as its digits.
struct CodedInteger: Codable {
  let value: Int128

  init(_ value: Int128) { self.value = value }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = Int128(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "This is no integer of 128 bits.")
    }
    self.value = value
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(String(value))
  }
}

extension KeyedDecodingContainer {
  /// A count that can be added to others without end; 0 where it is missing.
  func decodeCount(forKey key: Key) throws -> Int {
    let count = try decodeIfPresent(Int.self, forKey: key) ?? 0
    guard (0...1 << 48).contains(count) else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: "No table has so many.")
    }
    return count
  }

  /// Whether it holds; it does not where it is missing.
  func decodeFlag(forKey key: Key) throws -> Bool {
    try decodeIfPresent(Bool.self, forKey: key) ?? false
  }

  /// An integer of `kind`, or of no kind, that can be counted in any finer unit.
  func decodeInteger(_ kind: FieldKind? = nil, forKey key: Key) throws -> Int128 {
    let value = try decode(CodedInteger.self, forKey: key).value
    guard let kind else { return value }
    guard kind.mayHold(value) else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: "No chunk of \(kind) has this value.")
    }
    return value
  }
}

extension KeyedEncodingContainer {
  /// A count, unless it is 0.
  mutating func encodeCount(_ count: Int, forKey key: Key) throws {
    if count != 0 { try encode(count, forKey: key) }
  }

  /// What holds, and nothing where it does not.
  mutating func encodeFlag(_ holds: Bool, forKey key: Key) throws {
    if holds { try encode(true, forKey: key) }
  }
}

extension FieldKind: Codable {
  /// Whether some chunk may have had an integer that is this one in units of the kind: it had 64 bits, in
  /// the coarsest unit that such values are read in.
  func mayHold(_ value: Int128) -> Bool {
    let finest: Int64 =
      switch self {
      case .decimal(let scale): powersOfTen[scale]
      case .time(let unit), .duration(let unit): unit.perSecond
      case .timestamp(let unit): 86_400 * unit.perSecond
      default: 1
      }
    return value.magnitude <= UInt128(UInt64.max) * UInt128(finest)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let kind = FieldKind(code: try container.decode(Int.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "This is the number of no kind.")
    }
    self = kind
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(code)
  }
}
