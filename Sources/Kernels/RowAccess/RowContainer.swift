/// One value of a row.
struct FieldDecoder: Decoder, SingleValueDecodingContainer {
  let source: RowSource
  let place: Int
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw source.mismatch("a value has no parts", codingPath)
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw source.mismatch("rows are decoded by the names of columns, not in turn", codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { source.isNull(place) }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try source.columnValue(type, place, codingPath)
  }
}

struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let source: RowSource
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { source.columns.compactMap { Key(stringValue: $0.name) } }

  func contains(_ key: Key) -> Bool { source.place(of: key.stringValue) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { source.isNull(try place(key)) }

  private func place(_ key: Key) throws -> Int {
    guard let place = source.place(of: key.stringValue) else {
      let names = source.columns.map(\.name).joined(separator: ", ")
      throw DecodingError.keyNotFound(
        key,
        .init(
          codingPath: codingPath,
          debugDescription: "there is no column '\(key.stringValue)'; there are \(names)"))
    }
    return place
  }

  @inline(__always)
  private func value<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
    if case .some(.some(let value)) = source.next(type, key.stringValue) { return value }
    return try source.value(type, try place(key), [key])
  }

  @inline(__always)
  private func valueIfPresent<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T? {
    if let value = source.next(type, key.stringValue) { return value }
    return try source.valueIfPresent(type, try place(key), [key])
  }

  private func decoder(_ key: Key) throws -> FieldDecoder {
    FieldDecoder(source: source, place: try place(key), codingPath: [key])
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { source }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }
}

// One function for each type in which columns have their values: each is compiled for it.
extension RowContainer {
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try value(type, key) }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    try valueIfPresent(type, key)
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(type, key) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(type, key) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(type, key) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(type, key) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(type, key) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(type, key) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(type, key) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(type, key) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(type, key) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(type, key) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(type, key) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(type, key) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(type, key) }

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
    try valueIfPresent(type, key)
  }

  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
    try valueIfPresent(type, key)
  }
}
