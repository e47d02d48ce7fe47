import FileIO

/// What is wrong with a page; where that is, the reader of pages knows.
struct PageFault: Error {
  var code = ReadingError.Code.corruptInput
  var message: String

  init(_ message: String) { self.message = message }

  init(_ code: ReadingError.Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// The bytes of a page that are still to be read. Every access is checked.
struct PageCursor {
  /// Bytes that may be read behind the last one, so that words can be loaded whole.
  static let slackByteCount = 16

  private let base: UnsafeRawPointer
  private let count: Int
  private var position = 0

  /// - Parameter base: `slackByteCount` more bytes follow.
  init(_ base: UnsafeRawPointer, count: Int) {
    self.base = base
    self.count = count
  }

  var remaining: Int { count - position }

  /// The next bytes.
  mutating func take(_ byteCount: Int) throws(PageFault) -> UnsafeRawPointer {
    guard byteCount >= 0, byteCount <= remaining else {
      throw PageFault("\(byteCount) bytes are wanted where \(remaining) follow")
    }
    defer { position += byteCount }
    return base + position
  }

  /// `count` items of `width` bytes.
  mutating func take(_ count: Int, of width: Int) throws(PageFault) -> UnsafeRawPointer {
    guard count <= remaining / max(width, 1) else {
      throw PageFault(
        "\(count) values of \(width) bytes are wanted where \(remaining) bytes follow")
    }
    return try take(count * width)
  }

  /// The next bytes as a cursor of their own.
  mutating func part(_ byteCount: Int) throws(PageFault) -> PageCursor {
    PageCursor(try take(byteCount), count: byteCount)
  }

  /// Four bytes, the lowest first, as a length within what follows.
  mutating func length() throws(PageFault) -> Int {
    let length = Int(UInt32(littleEndian: try take(4).loadUnaligned(as: UInt32.self)))
    guard length <= remaining else {
      throw PageFault("a length of \(length) bytes is more than the \(remaining) that follow")
    }
    return length
  }

  /// Holds the page to its end. Bits may be filled up with zeros to a word.
  func checkEnd(ofBits: Bool) throws(PageFault) {
    if remaining == 0 { return }
    let rest = UnsafeRawBufferPointer(start: base + position, count: remaining)
    guard ofBits, remaining < 8, rest.allSatisfy({ $0 == 0 }) else {
      throw PageFault("\(remaining) bytes are left over in a page")
    }
  }

  mutating func byte() throws(PageFault) -> UInt8 { try take(1).load(as: UInt8.self) }

  /// Seven bits a byte, the lowest first.
  mutating func varint() throws(PageFault) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
    }
    throw PageFault("a number has more than ten bytes")
  }

  /// A number with a sign.
  mutating func zigzag() throws(PageFault) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(value & 1)
  }
}
