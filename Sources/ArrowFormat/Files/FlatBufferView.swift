package import Columnar
package import FileIO

/// A FlatBuffers buffer from within a file. Every access is checked: whatever the
/// bytes are, the answer is a value or an error.
package struct FlatBufferView {
  private let memory: Buffer
  /// Where the buffer starts in the file, and the file's path: for errors.
  let offset: Int
  let file: String
  private let effort: Effort

  /// What was followed so far. Offsets may all lead to one place, and from there to one again: a few
  /// bytes could mean more tables than there is time for.
  private final class Effort {
    var rest: Int
    init(_ rest: Int) { self.rest = rest }
  }

  package init(bytes: Buffer, offset: Int, file: String) {
    memory = bytes
    self.offset = offset
    self.file = file
    // Every table and every byte of a string is looked at a few times at the most.
    effort = Effort(16 * bytes.byteCount + 1024)
  }

  /// Accounts for following an offset to `byteCount` bytes.
  fileprivate func spend(_ byteCount: Int, at position: Int) throws(ReadingError) {
    effort.rest -= byteCount + 4
    if effort.rest < 0 {
      throw ReadingError.arrow(
        .corruptInput, file: file, byteOffset: offset + position,
        "metadata points to the same place over and over")
    }
  }

  /// Lives as long as this view.
  fileprivate var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: memory.base, count: memory.byteCount)
  }

  package var root: FlatTableView {
    get throws(ReadingError) { try table(pointedToFrom: 0) }
  }

  func number<Number: FixedWidthInteger>(
    at position: Int, as type: Number.Type
  ) throws(ReadingError) -> Number {
    guard position >= 0, position <= bytes.count - MemoryLayout<Number>.size else {
      throw outside(position)
    }
    return bytes.loadUnaligned(fromByteOffset: position, as: Number.self)
  }

  /// The position that the offset at `position` leads to.
  func target(of position: Int) throws(ReadingError) -> Int {
    position + Int(try number(at: position, as: UInt32.self))
  }

  func table(pointedToFrom position: Int) throws(ReadingError) -> FlatTableView {
    let start = try target(of: position)
    let vtable = start - Int(try number(at: start, as: Int32.self))
    let byteCount = Int(try number(at: vtable, as: UInt16.self))
    guard byteCount >= 4 else { throw outside(vtable) }
    try spend(0, at: position)
    return FlatTableView(buffer: self, start: start, vtable: vtable, vtableByteCount: byteCount)
  }

  /// The first element and the number of elements of the vector that is pointed to from `position`.
  func vector(
    pointedToFrom position: Int, elementByteCount: Int
  ) throws(ReadingError) -> (first: Int, count: Int) {
    let start = try target(of: position)
    let count = Int(try number(at: start, as: UInt32.self))
    guard count * elementByteCount <= bytes.count - start - 4 else { throw outside(start) }
    return (start + 4, count)
  }

  func outside(_ position: Int) -> ReadingError {
    ReadingError.arrow(
      .corruptInput, file: file, byteOffset: offset + position, "metadata points outside itself")
  }
}

/// One table of such a buffer; fields by their number, `nil` or a default where they are absent.
package struct FlatTableView {
  let buffer: FlatBufferView
  fileprivate let start: Int
  fileprivate let vtable: Int
  fileprivate let vtableByteCount: Int

  fileprivate init(buffer: FlatBufferView, start: Int, vtable: Int, vtableByteCount: Int) {
    self.buffer = buffer
    self.start = start
    self.vtable = vtable
    self.vtableByteCount = vtableByteCount
  }

  /// Where the table starts in the file.
  var fileOffset: Int { buffer.offset + start }

  private func position(_ slot: Int) throws(ReadingError) -> Int? {
    let entry = 4 + slot * 2
    guard entry + 2 <= vtableByteCount else { return nil }
    let offset = Int(try buffer.number(at: vtable + entry, as: UInt16.self))
    return offset == 0 ? nil : start + offset
  }

  func number<Number: FixedWidthInteger>(
    _ slot: Int, default value: Number
  ) throws(ReadingError) -> Number {
    guard let position = try position(slot) else { return value }
    return try buffer.number(at: position, as: Number.self)
  }

  func bool(_ slot: Int) throws(ReadingError) -> Bool {
    try number(slot, default: UInt8(0)) != 0
  }

  package func table(_ slot: Int) throws(ReadingError) -> FlatTableView? {
    guard let position = try position(slot) else { return nil }
    return try buffer.table(pointedToFrom: position)
  }

  func string(_ slot: Int) throws(ReadingError) -> String? {
    guard let position = try position(slot) else { return nil }
    let (first, count) = try buffer.vector(pointedToFrom: position, elementByteCount: 1)
    try buffer.spend(count, at: position)
    return String(decoding: buffer.bytes[first..<first + count], as: UTF8.self)
  }

  func tables(_ slot: Int) throws(ReadingError) -> [FlatTableView] {
    guard let position = try position(slot) else { return [] }
    let (first, count) = try buffer.vector(pointedToFrom: position, elementByteCount: 4)
    var tables: [FlatTableView] = []
    for index in 0..<count { tables.append(try buffer.table(pointedToFrom: first + index * 4)) }
    return tables
  }

  /// The 64-bit integers of a vector.
  func numbers(_ slot: Int) throws(ReadingError) -> [Int64] {
    try structs(slot, wordCount: 1).map { $0[0] }
  }

  /// The structs of a vector, each as `wordCount` 64-bit words.
  func structs(_ slot: Int, wordCount: Int) throws(ReadingError) -> [[Int64]] {
    guard let position = try position(slot) else { return [] }
    let (first, count) = try buffer.vector(
      pointedToFrom: position, elementByteCount: wordCount * 8)
    return (0..<count).map { element in
      (0..<wordCount).map { word in
        buffer.bytes.loadUnaligned(
          fromByteOffset: first + (element * wordCount + word) * 8, as: Int64.self)
      }
    }
  }
}
