import Platform

/// A block in which byte order marks stand at the start of records, as where files were put together;
/// its parts between them.
struct MarkedBlock {
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let bytes: [UInt8]
  /// The parts before each mark, the next one last.
  private var parts: [Range<Int>]
  /// What follows the last mark.
  private let rest: Range<Int>

  /// - Parameter isRecordEnd: Whether records end where a part of the block does.
  /// - Returns: `nil` where there are no marks.
  init?(
    _ block: UnsafeBufferPointer<UInt8>, upTo end: Int,
    isRecordEnd: (UnsafeBufferPointer<UInt8>) -> Bool
  ) {
    var parts: [Range<Int>] = []
    var start = 0
    // In a quoted field of many lines they are text.
    var textCount = 0
    var place = 0
    while textCount < 64, let found = Self.place(in: block, from: place, to: end) {
      place = found + 3
      if isRecordEnd(UnsafeBufferPointer(rebasing: block[start..<found])) {
        parts.append(start..<found)
        start = place
        textCount = 0
      } else {
        textCount += 1
      }
    }
    guard !parts.isEmpty else { return nil }
    bytes = Array(block)
    self.parts = parts.reversed()
    rest = start..<block.count
  }

  /// The next mark at the start of a line.
  static func place(
    in block: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Int? {
    var position = start
    while position + 3 <= end, let base = block.baseAddress,
      let byte = memchr(base + position, Int32(mark[0]), end - position)
    {
      let found = UnsafeRawPointer(byte) - UnsafeRawPointer(base)
      if block[found...].starts(with: mark),
        found == 0 || block[found - 1] == 0x0A || block[found - 1] == 0x0D
      {
        return found
      }
      position = found + 1
    }
    return nil
  }

  /// Appends the next part to `buffer`; false where only the rest is left.
  mutating func appendNext(to buffer: inout ChunkBuffer) -> Bool {
    guard let part = parts.popLast() else { return false }
    append(part, to: &buffer)
    return true
  }

  func appendRest(to buffer: inout ChunkBuffer) { append(rest, to: &buffer) }

  private func append(_ part: Range<Int>, to buffer: inout ChunkBuffer) {
    bytes.withUnsafeBufferPointer { buffer.append(UnsafeBufferPointer(rebasing: $0[part])) }
  }
}
