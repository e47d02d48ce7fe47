/// What stands behind a text and is no part of it: the end sign of CP/M and DOS, and zeros that fill
/// up a block.
struct TextEnding {
  /// Where it begins in the text.
  let offset: Int
  let endSignCount: Int
  let zeroCount: Int

  private static let endSign: UInt8 = 0x1A

  /// `nil` where there is none, and where there is nothing else.
  ///
  /// - Parameter place: Where in the text `bytes` begin.
  init?(of bytes: UnsafeBufferPointer<UInt8>, at place: Int = 0) {
    var start = bytes.count
    // A line end may follow the sign where it has a line of its own.
    while start > 0, Self.isLineEnd(bytes[start - 1]) { start -= 1 }
    let end = start
    while start > 0, bytes[start - 1] == 0 || bytes[start - 1] == Self.endSign { start -= 1 }
    guard start > 0, start < end else { return nil }
    if end < bytes.count {
      guard bytes[start] == Self.endSign, Self.isLineEnd(bytes[start - 1]) else { return nil }
    }
    offset = place + start
    zeroCount = bytes[start..<end].count { $0 == 0 }
    endSignCount = end - start - zeroCount
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
