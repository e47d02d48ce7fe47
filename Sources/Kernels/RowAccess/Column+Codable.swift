public import Columnar

/// A column as name, type and values, one by one: what it means, not how it is stored.
///
///     {"name": "price", "type": {"name": "decimal", "scale": 2}, "values": [1230, null, 99999]}
///
/// Whole numbers stand for all that is counted in them: units of 10^-scale of a decimal, days since 1970
/// of a date, units of a time or timestamp, in UTC for instants. Booleans are `true` and `false`. Floats
/// are numbers, and `"nan"`, `"inf"`, `"-inf"`. Texts are strings; one that is no UTF-8 is an array of
/// its bytes. What comes back is equal, in a plain layout; a plan makes it lean.
extension Column: Codable {
  private enum Key: String, CodingKey { case name, type, values }

  /// Takes time and memory in proportion to the values.
  ///
  /// - Throws: `DecodingError` for a value that is none of the type, and for more text than a column holds.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .name)
    let type = try container.decode(LogicalType.self, forKey: .type)
    var values = CodedValues(container: try container.nestedUnkeyedContainer(forKey: .values))
    switch type {
    case .null:
      let nothing: [Int64?] = try values.all {
        throw $0.corrupted("A column of type null has no values.")
      }
      self = .nulls(name, .null, count: nothing.count)
    case .boolean: self.init(name, booleans: try values.all { try $0.container.decode(Bool.self) })
    case .float: self.init(name, floats: try values.all { try $0.float() })
    case .string, .uuid, .ipv4:
      let texts: [[UInt8]?] = try values.all { values in
        let text = try values.text()
        guard type.holds(text) else {
          throw values.corrupted("'\(String(decoding: text, as: UTF8.self))' is no \(type).")
        }
        return text
      }
      guard texts.reduce(0, { $0 + ($1?.count ?? 0) }) <= Int(UInt32.max) else {
        throw DecodingError.dataCorruptedError(
          forKey: .values, in: container, debugDescription: "There are more than 4 GiB of text.")
      }
      self.init(name, texts: texts, of: type)
    case .integer, .decimal, .date, .time, .duration, .timestamp:
      let integers: [Int128?] = try values.all { try $0.integer() }
      let present = integers.lazy.compactMap { $0 }
      if type.unitRange != nil, let odd = present.first(where: { !type.hasUnits($0) }) {
        throw DecodingError.dataCorruptedError(
          forKey: .values, in: container, debugDescription: "\(odd) is no \(type).")
      }
      guard let greatest = present.max(), greatest > Int64.max else {
        self.init(name, units: integers.map { $0.map { Int64($0) } }, of: type)
        return
      }
      guard present.allSatisfy({ $0 >= 0 }) else {
        throw DecodingError.dataCorruptedError(
          forKey: .values, in: container,
          debugDescription: "Numbers below 0 and from 2^63 on do not fit 64 bits together.")
      }
      self = Self.unsigned(name, type, integers.map { $0.map { UInt64($0) } })
    }
  }

  /// Takes time in proportion to the values.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(type, forKey: .type)
    var values = container.nestedUnkeyedContainer(forKey: .values)
    let rows = ColumnRows(self)
    func forEach(_ body: (Int, inout any UnkeyedEncodingContainer) throws -> Void) throws {
      for row in 0..<count {
        if rows.hasValue(row) { try body(row, &values) } else { try values.encodeNil() }
      }
    }
    if nullCount == count { return try forEach { _, _ in } }
    switch type.domain {
    case .integer:
      let integers = view.integers
      if type == .boolean {
        try forEach { try $1.encode(integers.value(at: $0) != 0) }
      } else if integers.isUnsigned {
        try forEach { try $1.encode(UInt64(bitPattern: integers.value(at: $0))) }
      } else {
        try forEach { try $1.encode(integers.value(at: $0)) }
      }
    case .float:
      let floats = view.floats
      try forEach { try $1.encode(float: floats.value(at: $0)) }
    case .bytes:
      let texts = view.texts
      try forEach { row, values in
        try values.encode(text: texts.withText(at: row) { Array($0) })
      }
    }
  }

  private static func unsigned(
    _ name: String, _ type: LogicalType, _ values: [UInt64?]
  ) -> Column {
    let buffer = Buffer(zeroedByteCount: values.count * 8)
    let validity = Buffer(zeroedByteCount: (values.count + 7) / 8)
    let (numbers, bits) = (buffer.pointer(as: UInt64.self), validity.pointer(as: UInt8.self))
    for (row, value) in values.enumerated() {
      guard let value else { continue }
      numbers[row] = value
      bits[row >> 3] |= 1 << UInt8(row & 7)
    }
    return .integers(
      name, type, buffer, width: 8, isUnsigned: true, count: values.count, validity: validity,
      nullCount: values.count { $0 == nil })
  }
}

/// A table as the number of its rows and its columns, in their order. Profiles are made anew.
extension DataFrame: Codable {
  private enum Key: String, CodingKey { case rowCount, columns }

  /// - Throws: `DecodingError` where a column is none, or has another number of rows, and for two of one name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let rowCount = try container.decode(Int.self, forKey: .rowCount)
    let columns = try container.decode([Column].self, forKey: .columns)
    guard rowCount >= 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .rowCount, in: container, debugDescription: "A table has 0 rows or more.")
    }
    if let other = columns.first(where: { $0.count != rowCount }) {
      throw DecodingError.dataCorruptedError(
        forKey: .columns, in: container,
        debugDescription:
          "Column '\(other.name)' has \(other.count) values, the table has \(rowCount) rows.")
    }
    if let name = DataFrame.doubledName(in: columns.map(\.name)) {
      throw DecodingError.dataCorruptedError(
        forKey: .columns, in: container, debugDescription: "There are two columns '\(name)'.")
    }
    self = columns.isEmpty ? DataFrame(emptyOf: rowCount) : DataFrame(aligned: columns)
  }

  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(rowCount, forKey: .rowCount)
    try container.encode(columns, forKey: .columns)
  }
}

/// Values in turn, `nil` for nulls.
private struct CodedValues {
  var container: any UnkeyedDecodingContainer

  mutating func all<T>(_ next: (inout CodedValues) throws -> T) throws -> [T?] {
    var values: [T?] = []
    while !container.isAtEnd {
      if try container.decodeNil() { values.append(nil) } else { values.append(try next(&self)) }
    }
    return values
  }

  mutating func integer() throws -> Int128 {
    if let value = try? container.decode(Int64.self) { return Int128(value) }
    return Int128(try container.decode(UInt64.self))
  }

  mutating func float() throws -> Double {
    guard let word = try? container.decode(String.self) else {
      return try container.decode(Double.self)
    }
    guard let value = FloatWord(rawValue: word)?.value else {
      throw corrupted("'\(word)' is no float; there are nan, inf and -inf.")
    }
    return value
  }

  mutating func text() throws -> [UInt8] {
    if let text = try? container.decode(String.self) { return Array(text.utf8) }
    return try container.decode([UInt8].self)
  }

  func corrupted(_ words: String) -> DecodingError {
    .dataCorruptedError(in: container, debugDescription: words)
  }
}

extension UnkeyedEncodingContainer {
  fileprivate mutating func encode(float value: Double) throws {
    if value.isFinite { return try encode(value) }
    try encode((value.isNaN ? .nan : value > 0 ? .positive : FloatWord.negative).rawValue)
  }

  fileprivate mutating func encode(text: [UInt8]) throws {
    if let string = String(validating: text, as: UTF8.self) { return try encode(string) }
    try encode(text)
  }
}

/// Floats that JSON has no number for.
private enum FloatWord: String {
  case nan
  case positive = "inf"
  case negative = "-inf"

  var value: Double {
    switch self {
    case .nan: .nan
    case .positive: .infinity
    case .negative: -.infinity
    }
  }
}

extension LogicalType {
  /// Whether the text is a value of this type of text.
  fileprivate func holds(_ text: [UInt8]) -> Bool {
    switch self {
    case .uuid:
      text.withUnsafeBufferPointer {
        !TextForms(classifying: $0).isDisjoint(with: [.lowercaseUUID, .uppercaseUUID])
      }
    case .ipv4: text.withUnsafeBufferPointer { TextForms(classifying: $0).contains(.ipv4) }
    default: true
    }
  }
}
