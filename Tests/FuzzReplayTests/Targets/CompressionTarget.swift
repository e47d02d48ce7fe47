import CZlib
import CZstd

@testable import FileIO

/// Damaged compressed input gives an error or bytes, the same in blocks of any size; what was
/// compressed comes back.
struct CompressionTarget: FuzzTarget {
  let name = "compression"
  let byteLimit = 1 << 12

  private enum Form: CaseIterable {
    case asItIs, zstd, gzip, twoFrames, twoMembers, utf16, utf16BigEndian, utf16InGzip, bzip2, xz,
      lzma, zip
  }

  func check(_ input: FuzzInput) -> String? {
    var input = input
    let form = input.choice(Form.allCases)
    let encoding = input.choice(
      [TextEncoding?](arrayLiteral: nil, nil, .latin1, .windows1252, .utf16LittleEndian))
    let blockByteCount = input.choice([1, 2, 3, 7, 64, 1 << 12])
    let cut = Int(input.choice(Array(UInt8.min ... .max)))
    let text = Array(input.rest)
    let (stored, expected) = Self.stored(text, form, cut: cut)
    let small = Self.read(stored, encoding, blockByteCount)
    let large = Self.read(stored, encoding, 1 << 16)
    if small.bytes != large.bytes || small.error != large.error {
      return "blocks of \(blockByteCount): \(small), of 64 KB: \(large)"
    }
    guard let expected, encoding == nil else { return nil }
    return small.error == nil && small.bytes == expected
      ? nil : "\(form) of \(expected) gives \(small)"
  }

  /// The bytes in a file, and the text that must come back where that is known.
  private static func stored(
    _ text: [UInt8], _ form: Form, cut: Int
  ) -> (bytes: [UInt8], text: [UInt8]?) {
    let (head, tail) = (Array(text.prefix(cut)), Array(text.dropFirst(cut)))
    // Text that looks like an encoding's mark is read as that.
    let isPlain =
      (text.first.map { ![0xFF, 0xFE, 0].contains($0) } ?? true)
      && TextEncoding.wide(byZerosIn: text) == nil && !JoinedLineEnds.areNeeded(by: text)
    let expected = isPlain ? text : nil
    let string = String(decoding: text, as: UTF8.self)
    // A byte order mark is no text, and before a zero it is that of UTF-32.
    let first = string.unicodeScalars.first?.value
    let isText = first != 0xFEFF && first != 0 && !JoinedLineEnds.areNeeded(by: Array(string.utf8))
    let utf8 = isText ? Array(string.utf8) : nil
    switch form {
    case .asItIs: return (text, nil)
    case .zstd: return (CompressedBytes.zstd(text), expected)
    case .gzip: return (CompressedBytes.gzip(text), expected)
    case .twoFrames: return (CompressedBytes.zstd(head) + CompressedBytes.zstd(tail), expected)
    case .twoMembers:
      return (CompressedBytes.gzip(head) + CompressedBytes.gzip(tail) + [0, 0], expected)
    case .bzip2: return (CompressedBytes.bzip2(text), expected)
    case .xz: return (CompressedBytes.xz(text), expected)
    case .lzma: return (CompressedBytes.lzma(text), expected)
    case .zip: return (CompressedBytes.zip([("in.csv", text, .deflated)]), expected)
    case .utf16: return (CompressedBytes.utf16(string, bigEndian: false), utf8)
    case .utf16BigEndian: return (CompressedBytes.utf16(string, bigEndian: true), utf8)
    case .utf16InGzip:
      return (CompressedBytes.gzip(CompressedBytes.utf16(string, bigEndian: false)), utf8)
    }
  }

  private static func read(
    _ stored: [UInt8], _ encoding: TextEncoding?, _ blockByteCount: Int
  ) -> (bytes: [UInt8], error: String?) {
    var text: [UInt8] = []
    do {
      let source = try decodedSource(MemorySource(stored, name: "test"), encoding: encoding)
      let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockByteCount, alignment: 1)
      defer { block.deallocate() }
      // A few bytes may stand for a thousand times as many.
      while text.count < 1 << 20 {
        let count = try source.readFully(into: block)
        text += block[..<count]
        if count < blockByteCount { break }
      }
      return (Array(text.prefix(1 << 20)), nil)
    } catch {
      // Bytes before the damage depend on the blocks.
      // So does the byte at which it is noticed.
      return ([], "\(error)".filter { !$0.isNumber })
    }
  }
}
