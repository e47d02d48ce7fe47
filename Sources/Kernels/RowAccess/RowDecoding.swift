public import Columnar

extension DataFrame {
  /// All rows as values of a type of yours, which takes its properties from the columns of their names.
  ///
  ///     struct Flight: Decodable {
  ///       var carrier: String
  ///       var dep_delay: Int?
  ///     }
  ///     let flights = try frame.rows(as: Flight.self)
  ///
  /// Properties are whole numbers, `Double`, `Float`, `Bool`, `String`, with Foundation `Date` and
  /// `Decimal`, and enumerations of such raw values; optional where the column has nulls. Coding keys
  /// give other names. Takes some 100 ns a value: fewer rows and columns first.
  ///
  /// Every property has its column, optional ones, too: a name that is misspelt would be `nil` in all rows
  /// otherwise. An `init(from:)` of your own may ask whether its container has a key.
  ///
  /// - Throws: `DecodingError`, which names the column and the row.
  public func rows<Row: Decodable>(as type: Row.Type = Row.self) throws -> [Row] {
    let source = RowSource(self)
    var rows: [Row] = []
    rows.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      source.row = row
      rows.append(try Row(from: RowDecoder(source: source, place: nil, codingPath: [])))
    }
    return rows
  }
}

/// The columns of a table while its rows are decoded, one after the other.
private final class RowSource {
  let columns: [Column]
  private let places: [String: Int]
  private let rows: [ElementRows]
  /// The type in which each column was last asked for, which holds all its values.
  private var types: [ObjectIdentifier?]
  var row = 0

  init(_ frame: DataFrame) {
    columns = frame.columns
    places = Dictionary(
      frame.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    rows = columns.map { ElementRows(ColumnRows($0)) }
    types = columns.map { _ in nil }
  }

  func place(of name: String) -> Int? { places[name] }

  func isNull(_ place: Int) -> Bool { rows[place].isNull(row) }

  func value<Value: ColumnValue>(
    _ type: Value.Type, _ place: Int, _ path: [any CodingKey]
  ) throws -> Value {
    if types[place] != ObjectIdentifier(type) {
      guard type._holdsAll(rows[place]) else {
        let error = ElementError(columns[place], element: "\(type)", Value._holdsAll)
        throw DecodingError.typeMismatch(
          type, .init(codingPath: path, debugDescription: "\(error)"))
      }
      types[place] = ObjectIdentifier(type)
    }
    guard !isNull(place) else {
      throw DecodingError.valueNotFound(
        type,
        .init(
          codingPath: path,
          debugDescription: "column '\(columns[place].name)' is null in row \(row + 1)"))
    }
    return type._value(rows[place], row)
  }

  func value<Value: Decodable>(
    _ type: Value.Type, _ place: Int, _ path: [any CodingKey]
  ) throws -> Value {
    if let known = type as? any ColumnValue.Type {
      func decoded<Known: ColumnValue>(_ known: Known.Type) throws -> Value? {
        try value(known, place, path) as? Value
      }
      if let value = try decoded(known) { return value }
    }
    return try Value(from: RowDecoder(source: self, place: place, codingPath: path))
  }
}

/// A row, or where `place` is given one value of it.
private struct RowDecoder: Decoder, SingleValueDecodingContainer {
  let source: RowSource
  let place: Int?
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard place == nil else { throw mismatch("a value has no parts") }
    return KeyedDecodingContainer(RowContainer(source: source, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw mismatch("rows are decoded by the names of columns, not in turn")
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    guard place != nil else { throw mismatch("a row is not one value") }
    return self
  }

  private func mismatch(_ words: String) -> DecodingError {
    DecodingError.typeMismatch(
      RowValues.Row.self, .init(codingPath: codingPath, debugDescription: words))
  }

  func decodeNil() -> Bool { place.map(source.isNull) ?? true }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    guard let place else { throw mismatch("a row is not one value") }
    guard let known = type as? any ColumnValue.Type else {
      throw mismatch("no column has values of \(type)")
    }
    func decoded<Known: ColumnValue>(_ known: Known.Type) throws -> T? {
      try source.value(known, place, codingPath) as? T
    }
    guard let value = try decoded(known) else { throw mismatch("no column has values of \(type)") }
    return value
  }
}

private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let source: RowSource
  let codingPath: [any CodingKey]
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

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try source.value(type, try place(key), codingPath + [key])
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    try decodeNil(forKey: key) ? nil : decode(type, forKey: key)
  }

  // What the compiler makes for optional properties calls these.
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try found(key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try found(key) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try found(key) }
  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try found(key) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try found(key) }
  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try found(key) }
  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try found(key) }
  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try found(key) }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try found(key) }
  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try found(key) }
  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try found(key) }
  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try found(key) }
  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try found(key) }
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try found(key) }

  private func found<T: Decodable>(_ key: Key) throws -> T? {
    try decodeNil(forKey: key) ? nil : decode(T.self, forKey: key)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try RowDecoder(source: source, place: place(key), codingPath: codingPath + [key])
      .container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try RowDecoder(source: source, place: place(key), codingPath: codingPath + [key])
      .unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    RowDecoder(source: source, place: nil, codingPath: codingPath)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    RowDecoder(source: source, place: try place(key), codingPath: codingPath + [key])
  }
}
