import Testing

@testable import FileIO

/// Compressed files and archives that are damaged, cut short, or hold more than a table.
struct ContainerTests {
  private static let text = Array("a,b\n1,2\n3,4\nfive,six\n".utf8)

  /// Formats with a checksum of their own, and how many bytes they are told by.
  static let checked: [(name: String, bytes: [UInt8], signByteCount: Int)] = [
    ("gzip", CompressedBytes.gzip(text), 2),
    ("bzip2", CompressedBytes.bzip2(text), 10),
    ("xz", CompressedBytes.xz(text), 6),
    ("zip", CompressedBytes.zip([("in.csv", text, .deflated)]), 4),
    ("stored zip", CompressedBytes.zip([("in.csv", text, .stored)]), 4),
  ]

  private func read(_ bytes: [UInt8], inBlocksOf size: Int = 100) throws -> [UInt8] {
    let source = try decodedSource(MemorySource(bytes, name: "in"), encoding: .utf8)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
    defer { block.deallocate() }
    var text: [UInt8] = []
    while true {
      let count = try source.read(into: block)
      if count == 0 { return text }
      text += block[..<count]
    }
  }

  @Test(arguments: checked.indices)
  func cutShortIsAnError(_ index: Int) throws {
    let (name, bytes, signByteCount) = Self.checked[index]
    #expect(try read(bytes) == Self.text)
    for count in signByteCount..<bytes.count {
      #expect(throws: ReadingError.self, "\(name) of \(count) bytes") {
        try read(Array(bytes.prefix(count)))
      }
    }
  }

  @Test(arguments: checked.indices)
  func aChangedByteIsAnErrorOrChangesNothing(_ index: Int) throws {
    let (name, bytes, signByteCount) = Self.checked[index]
    for place in signByteCount..<bytes.count {
      for change: UInt8 in [1, 0x10, 0x80, 0xFF] {
        var changed = bytes
        changed[place] ^= change
        let text = try? read(changed)
        #expect(text == nil || text == Self.text, "\(name): byte \(place) ^ \(change)")
      }
    }
  }

  /// What both libraries make of deflated data: the static program reads with the other one.
  @Test func zlibAndISALReadAlike() throws {
    let text = (0..<20_000).flatMap { Array("\($0),\($0 * 7919 % 1000)\n".utf8) }
    let members = CompressedBytes.gzip(text) + CompressedBytes.gzip(Self.text)
    for bytes in [members, Array(members.dropLast(3))] {
      let decoders: [@Sendable () -> any StreamDecoder] = [
        { ISALDecoder(.gzip) }, { ZlibDecoder(.gzip) },
      ]
      let answers = decoders.map { decoder in
        let format = StreamFormat(
          name: "gzip", member: "member", test: "gzip -t", recognizes: { _ in true },
          decoder: decoder)
        return outcome(of: DecompressingSource(MemorySource(bytes, name: "in"), format))
      }
      #expect(answers[0] == answers[1])
    }
  }

  /// The text, or the words of the error.
  private func outcome(of source: any ByteSource) -> String {
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    do {
      let count = try buffer.withUnsafeMutableBytes { try source.readFully(into: $0) }
      return String(decoding: buffer.prefix(count), as: UTF8.self)
    } catch {
      return "\(error)"
    }
  }

  @Test func aNamedMemberIsRead() throws {
    let archive = CompressedBytes.zip([
      ("first.csv", Array("a\n1\n".utf8), .stored), ("in/second.csv", Self.text, .deflated),
    ])
    let file = try TemporaryFile(archive)
    let table = try ReadTable([.path("\(file.path)/in/second.csv")])
    #expect(table.names == ["a", "b"])
    #expect(table.rows.count == 3)
    #expect(
      errorText([.path(file.path)])
        == "\(file.path): there are 2 files in the zip archive: `first.csv`, `in/second.csv`;"
        + " name one behind the archive: `\(file.path)/first.csv`")
    #expect(
      errorText([.path("\(file.path)/third.csv")]).contains(
        "there is no such file in the zip archive; there are `first.csv`, `in/second.csv`"))
  }

  @Test func whatIsNotReadIsNamed() {
    let csv = Array("a\n1\n".utf8)
    let cases: [(bytes: [UInt8], words: String)] = [
      (
        CompressedBytes.zip([("a.csv", csv, .stored)], isEncrypted: true),
        "`a.csv` in the zip archive is encrypted"
      ),
      (CompressedBytes.zip([("a.csv", csv, .deflate64)]), "is compressed with deflate64"),
      (CompressedBytes.zip([("[Content_Types].xml", csv, .stored)]), "an Excel workbook"),
      (CompressedBytes.zip([]), "there is no file in the zip archive"),
      (
        CompressedBytes.gzip([UInt8](repeating: 0x61, count: 257) + Array("ustar".utf8)),
        "the file is a tar archive"
      ),
    ]
    for (bytes, words) in cases {
      let text = errorText([.bytes(bytes, name: "in")])
      #expect(text.contains(words), "\(text)")
      #expect(!text.contains("--encoding"), "no encoding reads an archive")
    }
  }
}
