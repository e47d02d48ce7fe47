import Columnar

/// How the text of an input is written, as its start shows: its encoding and its line ends.
struct TextReading {
  private let encoding: TextEncoding
  private let isUnmarked: Bool

  /// - Parameters:
  ///   - start: The first bytes, decompressed.
  ///   - told: The encoding, where somebody named it.
  init(of start: [UInt8], as told: TextEncoding?) {
    let marked = told ?? TextEncoding.named(byMarkIn: start)?.encoding
    let guessed = marked == nil ? TextEncoding.wide(byZerosIn: start) : nil
    encoding = marked ?? guessed ?? .utf8
    isUnmarked = guessed != nil
  }

  /// The text as UTF-8, with whole line ends.
  func text(of source: PrefixedSource) throws -> any ByteSource {
    var text = source
    if encoding != .utf8 {
      let transcoded = try TranscodingSource(source, from: encoding)
      text = try PrefixedSource(peeking: ForeignFormat.startByteCount, at: transcoded)
      text.remarks = isUnmarked ? [.unmarkedUTF16] : []
    }
    // A long first line: what ends it lies further on.
    if text.prefix.count == ForeignFormat.startByteCount, text.prefix.count(of: 0x0A) < 2,
      text.prefix.dropLast(2).count(of: 0x0D) < 3
    {
      text = try PrefixedSource(peeking: 1 << 20, at: text)
    }
    return JoinedLineEnds.areNeeded(by: text.prefix) ? JoinedLineEnds(text) : text
  }
}

/// Text whose lines end in CR CR LF, with CRLF: programs that write CRLF themselves onto a stream
/// which makes CRLF of each LF leave it so.
final class JoinedLineEnds: ByteSource {
  private let source: any ByteSource
  private var block = [UInt8](repeating: 0, count: 1 << 16)
  private var output: [UInt8] = []
  private var position = 0
  /// How many CR the last byte is the end of, at most two.
  private var heldCount = 0
  private var isAtEnd = false

  init(_ source: any ByteSource) { self.source = source }

  var name: String { source.name }
  var byteCount: Int? { nil }
  var isRereadable: Bool { source.isRereadable }
  var isStoredText: Bool { false }
  var encoding: TextEncoding { source.encoding }
  var storedInput: StoredInput { source.storedInput }
  var remarks: Set<TextRemark> { source.remarks.union([.joinedLineEnds]) }

  /// Whether every LF stands behind two CR, and no CR stands anywhere else.
  static func areNeeded(by start: [UInt8]) -> Bool {
    var lineCount = 0
    for (index, byte) in start.enumerated() where byte == 0x0A {
      guard index >= 2, start[index - 1] == 0x0D, start[index - 2] == 0x0D else { return false }
      lineCount += 1
    }
    // The start of a longer text may end between the three.
    let isWhole = start.count < ForeignFormat.startByteCount
    return lineCount > 0 && start.dropLast(isWhole ? 0 : 2).count(of: 0x0D) <= 2 * lineCount
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while position == output.count {
      if isAtEnd || buffer.isEmpty { return 0 }
      try join()
    }
    let count = min(buffer.count, output.count - position)
    buffer.copyBytes(from: output[position..<position + count])
    position += count
    return count
  }

  private func join() throws {
    output.removeAll(keepingCapacity: true)
    position = 0
    let count = try block.withUnsafeMutableBytes { try source.read(into: $0) }
    isAtEnd = count == 0
    for byte in block[..<count] {
      if byte == 0x0D, heldCount < 2 {
        heldCount += 1
      } else if byte == 0x0D {
        output.append(byte)
      } else {
        if byte == 0x0A, heldCount == 2 { heldCount = 1 }
        release()
        output.append(byte)
      }
    }
    if isAtEnd { release() }
  }

  private func release() {
    for _ in 0..<heldCount { output.append(0x0D) }
    heldCount = 0
  }
}

extension Collection<UInt8> {
  fileprivate func count(of byte: UInt8) -> Int { reduce(0) { $0 + ($1 == byte ? 1 : 0) } }
}
