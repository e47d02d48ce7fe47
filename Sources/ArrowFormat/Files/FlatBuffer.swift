/// A FlatBuffers table that is still to be serialised: values by the number of their field.
///
/// Serialisation goes forward, a table before what it points to, so that every offset is positive
/// and alignment means rounding up the end of what has been written:
///
///     root offset │ vtable │ table: scalars, offsets ─┐ │ child vtable │ child table │ …
///                                                     └────────────────▲
package struct FlatTable {
  indirect enum Value {
    /// `width` little-endian bytes of a number.
    case number(UInt64, width: Int)
    case string(String)
    case table(FlatTable)
    case tables([FlatTable])
    /// `count` structs that lie one after the other and need 8-byte alignment.
    case structs([UInt64], count: Int)
  }

  private(set) var fields: [(slot: Int, value: Value)] = []

  /// A table with the given values; a field's number is its place among them.
  init(_ values: Value?...) {
    for (slot, value) in values.enumerated() {
      if let value { fields.append((slot, value)) }
    }
  }

  /// The table as the root of a buffer, which must be placed at a multiple of 8 bytes.
  func serialized() -> [UInt8] {
    var writer = FlatWriter()
    writer.append(0, width: 4)
    writer.append(self, pointedToFrom: 0)
    return writer.bytes
  }
}

extension FlatTable.Value {
  static func bool(_ value: Bool) -> Self { .number(value ? 1 : 0, width: 1) }
  static func uint8(_ value: UInt8) -> Self { .number(UInt64(value), width: 1) }
  static func int16(_ value: Int) -> Self { .number(UInt64(bitPattern: Int64(value)), width: 2) }
  static func int32(_ value: Int) -> Self { .number(UInt64(bitPattern: Int64(value)), width: 4) }
  static func int64(_ value: Int) -> Self { .number(UInt64(bitPattern: Int64(value)), width: 8) }
}

private struct FlatWriter {
  var bytes: [UInt8] = []

  mutating func append(_ value: UInt64, width: Int) {
    for index in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(index * 8))) }
  }

  private mutating func align(_ alignment: Int, ahead: Int = 0) {
    while (bytes.count + ahead) % alignment != 0 { bytes.append(0) }
  }

  private mutating func patch(_ position: Int, _ value: Int) {
    for index in 0..<4 { bytes[position + index] = UInt8(truncatingIfNeeded: value >> (index * 8)) }
  }

  mutating func append(_ table: FlatTable, pointedToFrom reference: Int) {
    // Where each field lies behind the table's start, whose first four bytes lead to the vtable.
    var positions: [Int] = []
    var size = 4
    for (_, value) in table.fields {
      size = (size + value.inlineWidth - 1) / value.inlineWidth * value.inlineWidth
      positions.append(size)
      size += value.inlineWidth
    }
    let slotCount = (table.fields.last?.slot ?? -1) + 1
    let vtableByteCount = 4 + slotCount * 2
    align(8, ahead: vtableByteCount)
    let start = bytes.count + vtableByteCount
    append(UInt64(vtableByteCount), width: 2)
    append(UInt64(size), width: 2)
    var index = 0
    for slot in 0..<slotCount {
      if table.fields[index].slot == slot {
        append(UInt64(positions[index]), width: 2)
        index += 1
      } else {
        append(0, width: 2)
      }
    }
    patch(reference, start - reference)
    append(UInt64(vtableByteCount), width: 4)
    for (index, field) in table.fields.enumerated() {
      while bytes.count < start + positions[index] { bytes.append(0) }
      if case .number(let number, let width) = field.value {
        append(number, width: width)
      } else {
        append(0, width: 4)
      }
    }
    for (index, field) in table.fields.enumerated() {
      append(field.value, pointedToFrom: start + positions[index])
    }
  }

  private mutating func append(_ value: FlatTable.Value, pointedToFrom reference: Int) {
    switch value {
    case .number: break
    case .table(let table): append(table, pointedToFrom: reference)
    case .string(let text):
      align(4)
      patch(reference, bytes.count - reference)
      append(UInt64(text.utf8.count), width: 4)
      bytes.append(contentsOf: text.utf8)
      bytes.append(0)
    case .tables(let tables):
      align(4)
      patch(reference, bytes.count - reference)
      append(UInt64(tables.count), width: 4)
      let first = bytes.count
      for _ in tables { append(0, width: 4) }
      for (index, table) in tables.enumerated() {
        append(table, pointedToFrom: first + index * 4)
      }
    case .structs(let words, let count):
      // The first struct is aligned, so the count before it is not.
      align(8, ahead: 4)
      patch(reference, bytes.count - reference)
      append(UInt64(count), width: 4)
      for word in words { append(word, width: 8) }
    }
  }
}

extension FlatTable.Value {
  /// The bytes within the table: the number itself, or the way to what it points to.
  fileprivate var inlineWidth: Int {
    if case .number(_, let width) = self { width } else { 4 }
  }
}
