import Columnar

/// The columns of a table while its rows are decoded, one after the other; the decoder of each.
///
/// A row asks for the same names in the same order as the row before, and for the same types: both are
/// found by one comparison, and nothing is allocated for a row.
final class RowSource: Decoder {
  let columns: [Column]
  private let places: [String: Int]
  private let rows: [ElementRows]
  /// What changes, behind a constant pointer: properties of a class would be checked for exclusive access
  /// at each value.
  private let state: UnsafeMutablePointer<State>

  private struct State {
    var row = 0
    var turn = 0
    /// What the first rows asked for, in their order.
    var asked: [Asked] = []
    /// Where each column stands among them.
    var turns: [Int?]
    /// For each column, what its values were asked for as.
    var blocks: [FieldBlock?]
    var container: KeptContainer?
  }

  /// A name with its column, and the values as they were asked for last.
  private struct Asked {
    let name: String
    let place: Int?
    var type: ObjectIdentifier?
    var cursor: UnsafeMutablePointer<FieldBlock.Cursor>?
  }

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }
  var row: Int { state.pointee.row }

  init(_ frame: DataFrame) {
    columns = frame.columns
    places = Dictionary(
      frame.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    rows = columns.map { ElementRows(ColumnRows($0)) }
    state = .allocate(capacity: 1)
    state.initialize(
      to: State(turns: columns.map { _ in nil }, blocks: columns.map { _ in nil }))
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  func begin(_ row: Int) {
    state.pointee.row = row
    state.pointee.turn = 0
  }

  /// Lets go of the container, which holds this.
  func finish() { state.pointee.container = nil }

  func place(of name: String) -> Int? {
    let turn = state.pointee.turn
    if turn < state.pointee.asked.count, state.pointee.asked[turn].name == name {
      state.pointee.turn = turn + 1
      return state.pointee.asked[turn].place
    }
    let place = places[name]
    if let known = place.flatMap({ state.pointee.turns[$0] }) {
      state.pointee.turn = known + 1
    } else if turn == state.pointee.asked.count, turn < 2 * columns.count {
      if let place { state.pointee.turns[place] = turn }
      state.pointee.asked.append(Asked(name: name, place: place))
      state.pointee.turn = turn + 1
    }
    return place
  }

  /// The value of the next name, where it is this one and its values were asked for as this type;
  /// `.some(nil)` where it is null.
  @inline(__always)
  func next<Value>(_ type: Value.Type, _ name: String) -> Value?? {
    let turn = state.pointee.turn
    let found = state.pointee.asked.withUnsafeBufferPointer { asked -> UnsafePointer<Asked>? in
      turn < asked.count && asked[turn].type == ObjectIdentifier(type) && asked[turn].name == name
        ? asked.baseAddress.unsafelyUnwrapped + turn : nil
    }
    guard let cursor = found?.pointee.cursor else { return nil }
    let place = state.pointee.row &- cursor.pointee.start
    // Below 0 is far above.
    guard UInt(bitPattern: place) < UInt(bitPattern: cursor.pointee.count) else { return nil }
    state.pointee.turn = turn &+ 1
    // Sound: the cursor of these very values.
    return .some(cursor.pointee.values.assumingMemoryBound(to: Value?.self)[place])
  }

  func isNull(_ place: Int) -> Bool { columns[place].isNull(row) }

  /// The values of a column as this type, found among those that were asked for before.
  private func block<Value>(_ type: Value.Type, _ place: Int) -> FieldBlockOf<Value>? {
    var next = state.pointee.blocks[place]
    while let block = next {
      // Sound: the type says of which class it is.
      if block.type == ObjectIdentifier(type) {
        return unsafeDowncast(block, to: FieldBlockOf<Value>.self)
      }
      next = block.next
    }
    return nil
  }

  private func makeBlock<Value>(
    _ type: Value.Type, _ place: Int, _ path: @autoclosure () -> [any CodingKey]
  ) throws -> FieldBlockOf<Value> {
    let next = state.pointee.blocks[place]
    func made<Known: ColumnValue>(_ known: Known.Type) throws -> FieldBlock {
      guard known._holdsAll(rows[place]) else {
        let error = ElementError(columns[place], element: "\(known)", known._holdsAll)
        throw DecodingError.typeMismatch(
          known, .init(codingPath: path(), debugDescription: "\(error)"))
      }
      return ColumnBlock<Known>(rows[place], columns[place].count, next: next)
    }
    let block =
      if let known = type as? any ColumnValue.Type { try made(known) } else {
        FieldBlockOf<Value>(next: next, isOfColumn: false)
      }
    state.pointee.blocks[place] = block
    return unsafeDowncast(block, to: FieldBlockOf<Value>.self)
  }

  /// The value in this row of a column whose name was asked for last; `.some(nil)` where it is null,
  /// `nil` where columns have no values of this type.
  private func found<Value>(
    _ type: Value.Type, _ place: Int, _ path: @autoclosure () -> [any CodingKey]
  ) throws -> Value?? {
    let block = try self.block(type, place) ?? makeBlock(type, place, path())
    guard block.isOfColumn else { return nil }
    let turn = state.pointee.turn - 1
    if turn >= 0, turn < state.pointee.asked.count, state.pointee.asked[turn].place == place {
      state.pointee.asked[turn].type = block.type
      state.pointee.asked[turn].cursor = block.cursor
    }
    return .some(block.value(row))
  }

  func value<Value: Decodable>(
    _ type: Value.Type, _ place: Int, _ path: @autoclosure () -> [any CodingKey]
  ) throws -> Value {
    guard let found = try found(type, place, path()) else {
      return try Value(from: FieldDecoder(source: self, place: place, codingPath: path()))
    }
    guard let value = found else {
      throw DecodingError.valueNotFound(
        type,
        .init(
          codingPath: path(),
          debugDescription: "column '\(columns[place].name)' is null in row \(row + 1)"))
    }
    return value
  }

  func valueIfPresent<Value: Decodable>(
    _ type: Value.Type, _ place: Int, _ path: @autoclosure () -> [any CodingKey]
  ) throws -> Value? {
    isNull(place) ? nil : try value(type, place, path())
  }

  /// The value in this row of one column, as a type in which columns have their values.
  func columnValue<Value: Decodable>(
    _ type: Value.Type, _ place: Int, _ path: [any CodingKey]
  ) throws -> Value {
    guard let found = try found(type, place, path) else {
      throw mismatch("no column has values of \(type)", path)
    }
    return try found ?? value(type, place, path)
  }

  func mismatch(_ words: String, _ path: [any CodingKey]) -> DecodingError {
    DecodingError.typeMismatch(
      RowValues.Row.self, .init(codingPath: path, debugDescription: words))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    if let container = state.pointee.container, container.type == ObjectIdentifier(type) {
      return unsafeDowncast(container, to: KeptContainerOf<Key>.self).container
    }
    let made = KeyedDecodingContainer(RowContainer<Key>(source: self))
    state.pointee.container = KeptContainerOf(made)
    return made
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw mismatch("rows are decoded by the names of columns, not in turn", [])
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    throw mismatch("a row is not one value", [])
  }
}

/// The container of one type of keys, which all rows use.
private class KeptContainer {
  let type: ObjectIdentifier

  init(_ type: ObjectIdentifier) { self.type = type }
}

private final class KeptContainerOf<Key: CodingKey>: KeptContainer {
  let container: KeyedDecodingContainer<Key>

  init(_ container: KeyedDecodingContainer<Key>) {
    self.container = container
    super.init(ObjectIdentifier(Key.self))
  }
}

/// The values of a column as one type, and other types that it was asked for as.
private class FieldBlock {
  /// Rows that were read together.
  struct Cursor {
    var start = 0
    var count = 0
    /// Optionals of the type.
    let values: UnsafeMutableRawPointer
  }

  let type: ObjectIdentifier
  let next: FieldBlock?
  let cursor: UnsafeMutablePointer<Cursor>

  init(_ type: ObjectIdentifier, next: FieldBlock?, values: UnsafeMutableRawPointer) {
    self.type = type
    self.next = next
    cursor = .allocate(capacity: 1)
    cursor.initialize(to: Cursor(values: values))
  }

  deinit { cursor.deallocate() }
}

private class FieldBlockOf<Value>: FieldBlock {
  static var rowCount: Int { 512 }
  /// Whether columns have values of this type; otherwise it decodes itself from such ones.
  final let isOfColumn: Bool
  private let values: UnsafeMutablePointer<Value?>

  init(next: FieldBlock?, isOfColumn: Bool) {
    self.isOfColumn = isOfColumn
    values = .allocate(capacity: isOfColumn ? Self.rowCount : 1)
    super.init(ObjectIdentifier(Value.self), next: next, values: values)
  }

  deinit {
    values.deinitialize(count: cursor.pointee.count)
    values.deallocate()
  }

  /// The value of a row, `nil` where it is null, with those about it.
  final func value(_ row: Int) -> Value? {
    let start = row - row % Self.rowCount
    if cursor.pointee.count == 0 || cursor.pointee.start != start {
      let read = read(from: start)
      values.deinitialize(count: cursor.pointee.count)
      read.withUnsafeBufferPointer { read in
        guard let first = read.baseAddress else { return }
        values.initialize(from: first, count: read.count)
      }
      (cursor.pointee.start, cursor.pointee.count) = (start, read.count)
    }
    return values[row - start]
  }

  /// The values from this row on.
  func read(from start: Int) -> [Value?] { [] }
}

private final class ColumnBlock<Value: ColumnValue>: FieldBlockOf<Value> {
  private let rows: ElementRows
  private let count: Int

  init(_ rows: ElementRows, _ count: Int, next: FieldBlock?) {
    (self.rows, self.count) = (rows, count)
    super.init(next: next, isOfColumn: true)
  }

  override func read(from start: Int) -> [Value?] {
    var values: [Value?] = []
    values.reserveCapacity(Self.rowCount)
    Value._append(rows, start..<min(start + Self.rowCount, count), to: &values)
    return values
  }
}
