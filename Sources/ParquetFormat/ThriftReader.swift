import FileIO

/// Reads structs of Thrift's compact protocol. Every access is checked: whatever the bytes are, the
/// answer is a value or an error.
///
/// Fields come one after the other; those that no one knows are skipped:
///
///     var last = 0
///     while let field = try reader.nextField(&last) {
///       switch (field.id, field.type) {
///       case (1, .int32): version = try reader.integer()
///       default: try reader.skip(field.type)
///       }
///     }
struct ThriftReader {
  /// Must live as long as this reader.
  let bytes: UnsafeRawBufferPointer
  /// Where the bytes start in the file, and the file's path: for errors.
  let offset: Int
  let file: String
  private(set) var position = 0

  /// Deeper than any struct of Parquet's.
  private static let maximumDepth = 32

  init(_ bytes: UnsafeRawBufferPointer, offset: Int, file: String) {
    self.bytes = bytes
    self.offset = offset
    self.file = file
  }

  /// Where in the file the next byte lies.
  var fileOffset: Int { offset + position }

  /// The next field of the struct; `nil` where the struct ends.
  ///
  /// - Parameter last: The id of the field before, 0 at first.
  mutating func nextField(
    _ last: inout Int
  ) throws(ReadingError) -> (id: Int, type: ThriftType)? {
    let head = try byte()
    if head == 0 { return nil }
    let type = try type(head & 15)
    let step = Int(head >> 4)
    let id = step > 0 ? last + step : try integer()
    guard id >= 0, id <= Int(Int16.max) else { throw corrupt("a field has the number \(id)") }
    last = id
    return (id, type)
  }

  /// A number of any width.
  mutating func integer() throws(ReadingError) -> Int {
    let value = try varint()
    return Int(bitPattern: UInt(value >> 1)) ^ -Int(value & 1)
  }

  mutating func byteArray() throws(ReadingError) -> UnsafeRawBufferPointer {
    let count = try varint()
    guard count <= UInt64(bytes.count - position) else {
      throw corrupt("\(count) bytes of text are more than follow")
    }
    let start = position
    position += Int(count)
    return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
  }

  mutating func string() throws(ReadingError) -> String {
    String(decoding: try byteArray(), as: UTF8.self)
  }

  /// The number and the type of a list's elements, each of which has a byte at least.
  mutating func listHeader() throws(ReadingError) -> (count: Int, type: ThriftType) {
    let head = try byte()
    let type = try type(head & 15)
    let count = head >> 4 == 15 ? try varint() : UInt64(head >> 4)
    guard count <= UInt64(bytes.count - position) else {
      throw corrupt("a list has \(count) elements, more than bytes follow")
    }
    return (Int(count), type)
  }

  /// A list of elements of one type, each of which `body` reads.
  mutating func list<Element>(
    of type: ThriftType, _ body: (inout ThriftReader) throws(ReadingError) -> Element
  ) throws(ReadingError) -> [Element] {
    let header = try listHeader()
    guard header.type == type || header.count == 0 else {
      throw corrupt("a list has elements of type \(header.type), not \(type)")
    }
    var elements: [Element] = []
    for _ in 0..<header.count { elements.append(try body(&self)) }
    return elements
  }

  mutating func skip(_ type: ThriftType) throws(ReadingError) { try skip(type, depth: 0) }

  private mutating func skip(_ type: ThriftType, depth: Int) throws(ReadingError) {
    guard depth < Self.maximumDepth else { throw corrupt("structs are nested too deeply") }
    switch type {
    case .yes, .no: break
    case .int8: _ = try byte()
    case .int16, .int32, .int64: _ = try varint()
    case .double:
      guard bytes.count - position >= 8 else { throw ending }
      position += 8
    case .bytes: _ = try byteArray()
    case .list, .set:
      let header = try listHeader()
      for _ in 0..<header.count { try skipElement(header.type, depth: depth) }
    case .map:
      let count = try varint()
      if count == 0 { return }
      let types = try byte()
      let (key, value) = (try self.type(types >> 4), try self.type(types & 15))
      guard count <= UInt64(bytes.count - position) else {
        throw corrupt("a map has \(count) entries, more than bytes follow")
      }
      for _ in 0..<count {
        try skipElement(key, depth: depth)
        try skipElement(value, depth: depth)
      }
    case .structure:
      var last = 0
      while let field = try nextField(&last) { try skip(field.type, depth: depth + 1) }
    }
  }

  /// In lists and maps, booleans have a byte each.
  private mutating func skipElement(_ type: ThriftType, depth: Int) throws(ReadingError) {
    if type == .yes || type == .no {
      _ = try byte()
    } else {
      try skip(type, depth: depth + 1)
    }
  }

  mutating func byte() throws(ReadingError) -> UInt8 {
    guard position < bytes.count else { throw ending }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func varint() throws(ReadingError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
    }
    throw corrupt("a number has more than ten bytes")
  }

  private func type(_ number: UInt8) throws(ReadingError) -> ThriftType {
    guard let type = ThriftType(rawValue: number) else {
      throw corrupt("there is no type \(number)")
    }
    return type
  }

  private var ending: ReadingError { corrupt("the metadata end in the middle of a struct") }

  func corrupt(_ message: String) -> ReadingError {
    ReadingError.parquet(.corruptInput, file: file, byteOffset: fileOffset, message)
  }
}
