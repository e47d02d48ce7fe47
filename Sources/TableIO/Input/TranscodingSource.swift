/// UTF-8 made of UTF-16, Latin-1 or Windows-1252. A byte order mark is dropped.
package final class TranscodingSource: ByteSource {
  private let source: any ByteSource
  package let encoding: TextEncoding
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// Bytes of `input` that are not converted yet: at most half a surrogate pair between blocks.
  private var pending = 0
  /// Stored bytes converted so far.
  private var offset = 0
  private var output: [UInt8] = []
  private var outputPosition = 0
  private var isAtEnd = false

  package init(_ source: any ByteSource, from encoding: TextEncoding) {
    self.source = source
    self.encoding = encoding
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
    output.removeAll(keepingCapacity: true)
    outputPosition = 0
    let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: input[pending...]))
    isAtEnd = count == 0
    let available = UnsafeRawBufferPointer(rebasing: input[..<(pending + count)])
    let used: Int
    switch encoding {
    case .utf8:
      output.append(contentsOf: available)
      used = available.count
    case .latin1:
      for byte in available { append(UInt32(byte)) }
      used = available.count
    case .windows1252:
      for byte in available { append(Self.windows1252(byte)) }
      used = available.count
    case .utf16LittleEndian: used = try convertUTF16(available, low: 0, high: 1)
    case .utf16BigEndian: used = try convertUTF16(available, low: 1, high: 0)
    }
    pending = available.count - used
    for index in 0..<pending { input[index] = input[used + index] }
    offset += used
  }

  /// Converts whole characters and returns how many bytes they took.
  private func convertUTF16(
    _ bytes: UnsafeRawBufferPointer, low: Int, high: Int
  ) throws(CSVReadingError) -> Int {
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
      case 0xFEFF where offset + index == 0: index += 2
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

  private func invalid(at index: Int, _ message: String) -> CSVReadingError {
    CSVReadingError(
      .invalidText, file: name, byteOffset: offset + index, message,
      advice: "check the encoding (read as \(encoding.rawValue)) or copy the file again")
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

  /// The WHATWG table: its five unassigned bytes are the C1 controls of the same number.
  private static func windows1252(_ byte: UInt8) -> UInt32 {
    guard (0x80..<0xA0).contains(byte) else { return UInt32(byte) }
    return windows1252Controls[Int(byte) - 0x80]
  }

  private static let windows1252Controls: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]
}
