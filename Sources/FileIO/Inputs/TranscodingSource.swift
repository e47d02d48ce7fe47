import Columnar

/// UTF-8 made of text in another encoding. A byte order mark is dropped.
package final class TranscodingSource: ByteSource {
  private enum Decoder {
    case utf16(low: Int, high: Int)
    case page(CodePage)
    case iconv(IconvDecoder)
  }

  private let source: any ByteSource
  package let encoding: TextEncoding
  private let decoder: Decoder
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// Bytes of `input` that are not converted yet: at most part of a character between blocks.
  private var pending = 0
  /// Stored bytes converted so far.
  private var offset = 0
  /// Line ends converted so far, without those of `output`.
  private var lineCount = 0
  private var output: [UInt8] = []
  private var outputPosition = 0
  private var isAtStart = true
  private var isAtEnd = false

  /// - Throws: where there is no such encoding here, which a plan from elsewhere may name.
  package init(_ source: any ByteSource, from encoding: TextEncoding) throws(ReadingError) {
    self.source = source
    self.encoding = encoding
    if encoding == .utf16LittleEndian || encoding == .utf16BigEndian {
      let low = encoding == .utf16LittleEndian ? 0 : 1
      decoder = .utf16(low: low, high: 1 - low)
    } else if let page = CodePage.named(encoding.rawValue) {
      decoder = .page(page)
    } else if let iconv = IconvDecoder(encoding.rawValue) {
      decoder = .iconv(iconv)
    } else {
      throw ReadingError(
        .unsupportedInput, file: source.name,
        "the C library here does not know the encoding \(encoding.rawValue)",
        remedy: "convert it first, for example with `iconv -f \(encoding.rawValue) -t utf-8`")
    }
    output.reserveCapacity(3 << 16)
  }

  deinit { input.deallocate() }

  package var name: String { source.name }
  package var byteCount: Int? { nil }
  package var isRereadable: Bool { source.isRereadable }
  package var isStoredText: Bool { false }
  package var storedInput: StoredInput { source.storedInput }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while outputPosition == output.count {
      if isAtEnd || buffer.isEmpty { return 0 }
      try convertBlock()
    }
    let count = min(buffer.count, output.count - outputPosition)
    output.withUnsafeBytes {
      let block = $0[outputPosition..<outputPosition + count]
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: block))
    }
    outputPosition += count
    return count
  }

  private func convertBlock() throws {
    lineCount += lines(in: output)
    output.removeAll(keepingCapacity: true)
    outputPosition = 0
    let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: input[pending...]))
    isAtEnd = count == 0
    let available = UnsafeRawBufferPointer(rebasing: input[..<(pending + count)])
    let used: Int
    switch decoder {
    case .utf16(let low, let high): used = try convertUTF16(available, low: low, high: high)
    case .page(let page): used = try convert(available, page)
    case .iconv(let iconv): used = try convert(available, iconv)
    }
    pending = available.count - used
    for index in 0..<pending { input[index] = input[used + index] }
    offset += used
    guard isAtStart, !output.isEmpty else { return }
    isAtStart = false
    if output.starts(with: [0xEF, 0xBB, 0xBF]) { outputPosition = 3 }
  }

  private func convert(
    _ bytes: UnsafeRawBufferPointer, _ page: CodePage
  ) throws(ReadingError) -> Int {
    for (index, byte) in bytes.enumerated() {
      let scalar = page.scalar(byte)
      if scalar == 0xFFFD { throw noCharacter(at: index, byte) }
      append(scalar)
    }
    return bytes.count
  }

  private func convert(
    _ bytes: UnsafeRawBufferPointer, _ iconv: IconvDecoder
  ) throws(ReadingError) -> Int {
    do {
      return try iconv.decode(bytes, isLast: isAtEnd, to: &output)
    } catch {
      switch error {
      case .invalid(let index): throw noCharacter(at: index, bytes[index])
      case .incomplete(let index):
        throw invalid(at: index, "the text ends in the middle of a character")
      }
    }
  }

  /// Converts whole characters and returns how many bytes they took.
  private func convertUTF16(
    _ bytes: UnsafeRawBufferPointer, low: Int, high: Int
  ) throws(ReadingError) -> Int {
    func unit(_ index: Int) -> UInt32 {
      UInt32(bytes[index + high]) << 8 | UInt32(bytes[index + low])
    }
    var index = 0
    while index + 2 <= bytes.count {
      let first = unit(index)
      switch first {
      case 0xD800..<0xDC00:
        if index + 4 > bytes.count {
          guard isAtEnd else { return index }
          throw invalid(at: index, "the UTF-16 text ends in half a character")
        }
        let second = unit(index + 2)
        guard (0xDC00..<0xE000).contains(second) else {
          throw invalid(at: index, "half a character in the UTF-16 text")
        }
        append(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        index += 4
      case 0xDC00..<0xE000: throw invalid(at: index, "half a character in the UTF-16 text")
      default:
        append(first)
        index += 2
      }
    }
    if isAtEnd && index < bytes.count {
      throw invalid(at: index, "the UTF-16 text ends in half a character")
    }
    return index
  }

  private func noCharacter(at index: Int, _ byte: UInt8) -> ReadingError {
    let number = String(byte, radix: 16, uppercase: true)
    return invalid(
      at: index, "the byte 0x\(number) stands for no character in \(encoding.rawValue)")
  }

  private func invalid(at index: Int, _ message: String) -> ReadingError {
    ReadingError(
      .invalidText, file: name, line: 1 + lineCount + lines(in: output),
      byteOffset: offset + index, message,
      remedy: "check the encoding (read as \(encoding.rawValue)) or copy the file again")
  }

  private func lines(in text: [UInt8]) -> Int {
    text.reduce(0) { $0 &+ ($1 == UInt8(ascii: "\n") ? 1 : 0) }
  }

  private func append(_ scalar: UInt32) {
    switch scalar {
    case ..<0x80: output.append(UInt8(scalar))
    case ..<0x800:
      output.append(UInt8(0xC0 | scalar >> 6))
      output.append(UInt8(0x80 | scalar & 0x3F))
    case ..<0x10000:
      output.append(UInt8(0xE0 | scalar >> 12))
      output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      output.append(UInt8(0x80 | scalar & 0x3F))
    default:
      output.append(UInt8(0xF0 | scalar >> 18))
      output.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      output.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
