import FileIO

/// A text without its last lines. Everything is read, so that the digest is of the whole file.
final class FooterlessSource: ByteSource {
  private let source: any ByteSource
  private let lineCount: Int
  /// What may belong to the last lines.
  private var held: [UInt8] = []
  /// What does not, and is to be given out.
  private var ready: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  private static let blockByteCount = 1 << 18

  init(_ source: any ByteSource, lineCount: Int) {
    self.source = source
    self.lineCount = lineCount
  }

  var name: String { source.name }
  var byteCount: Int? { source.byteCount }
  var isRereadable: Bool { source.isRereadable }
  var isStoredText: Bool { source.isStoredText }
  var encoding: TextEncoding { source.encoding }
  var remarks: Set<TextRemark> { source.remarks }
  var storedInput: StoredInput { source.storedInput }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while position == ready.count, !isAtEnd { try advance() }
    let count = min(buffer.count, ready.count - position)
    ready.withUnsafeBytes { bytes in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
    }
    position += count
    return count
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try source.read(at: offset, into: buffer)
  }

  private func advance() throws {
    let block = try [UInt8](unsafeUninitializedCapacity: Self.blockByteCount) { buffer, count in
      count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    isAtEnd = block.isEmpty
    held += block
    let end = isAtEnd ? footerStart : spareCount
    ready = Array(held[..<end])
    held.removeFirst(end)
    position = 0
  }

  /// How many of the bytes that are held lie before the last lines, however the text goes on: an end
  /// may be of CR and LF, and of the last line there need not be one.
  private var spareCount: Int {
    var ends = 0
    for index in held.indices.reversed() where held[index] == 0x0A || held[index] == 0x0D {
      ends += 1
      if ends > 2 * lineCount + 2 { return index + 1 }
    }
    return 0
  }

  private var footerStart: Int {
    held.withUnsafeBufferPointer { bytes in
      // What stands behind the text is no line of it.
      let text = UnsafeBufferPointer(
        rebasing: bytes[..<(TextEnding(of: bytes)?.offset ?? bytes.count)])
      var starts: [Int] = []
      var next = 0
      while next < text.count {
        starts.append(next)
        next = LineEnds.next(in: text, from: next, atEndOfInput: true) ?? text.count
      }
      return starts.count > lineCount ? starts[starts.count - lineCount] : 0
    }
  }
}
