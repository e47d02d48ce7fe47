import Columnar
import Testing

@testable import DelimitedText

struct ByteSourceTests {
  private static let text = "a,b\n" + String(repeating: "1,ä\n", count: 50_000)
  private static let rowCount = 50_000

  /// Ways to store the same text.
  static let stored: [(name: String, bytes: [UInt8])] = [
    ("plain", Array(text.utf8)),
    ("mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8)),
    ("zstd", CompressedBytes.zstd(Array(text.utf8))),
    (
      "frames",
      CompressedBytes.zstd(Array(text.utf8.prefix(1001))) + CompressedBytes.zstd([])
        + CompressedBytes.zstd(Array(text.utf8.dropFirst(1001)))
    ),
    ("gzip", CompressedBytes.gzip(Array(text.utf8))),
    (
      "members",
      CompressedBytes.gzip(Array(text.utf8.prefix(1001)))
        + CompressedBytes.gzip(Array(text.utf8.dropFirst(1001))) + [0, 0]
    ),
    ("utf-16le", CompressedBytes.utf16(text, bigEndian: false)),
    ("utf-16be", CompressedBytes.utf16(text, bigEndian: true)),
    ("utf-16le without a mark", CompressedBytes.utf16(text, bigEndian: false, mark: false)),
    ("utf-16be without a mark", CompressedBytes.utf16(text, bigEndian: true, mark: false)),
    ("utf-32", CompressedBytes.utf32(text)),
    ("utf-32 without a mark", Array(CompressedBytes.utf32(text).dropFirst(4))),
    ("cr cr lf", Array(text.replacing("\n", with: "\r\r\n").utf8)),
    (
      "mark within",
      Array(text.replacing("\n1,ä\n", with: "\n\u{FEFF}1,ä\n", maxReplacements: 3).utf8)
    ),
    ("end sign", Array(text.utf8) + [0x1A]),
    ("zeros behind", Array(text.utf8) + [UInt8](repeating: 0, count: 5000)),
    ("bzip2", CompressedBytes.bzip2(Array(text.utf8))),
    (
      "streams of bzip2",
      CompressedBytes.bzip2([]) + CompressedBytes.bzip2(Array(text.utf8.prefix(1001)))
        + CompressedBytes.bzip2(Array(text.utf8.dropFirst(1001))) + [0]
    ),
    ("xz", CompressedBytes.xz(Array(text.utf8))),
    (
      "streams of xz",
      CompressedBytes.xz(Array(text.utf8.prefix(1001))) + [0, 0, 0, 0]
        + CompressedBytes.xz(Array(text.utf8.dropFirst(1001)))
    ),
    ("lzma", CompressedBytes.lzma(Array(text.utf8))),
    ("zip", CompressedBytes.zip([("in.csv", Array(text.utf8), .stored)])),
    ("deflated in zip", CompressedBytes.zip([("in.csv", Array(text.utf8), .deflated)])),
    (
      "zip of macOS",
      CompressedBytes.zip([
        ("data/", [], .stored), ("data/in.csv", Array(text.utf8), .deflated),
        ("__MACOSX/data/._in.csv", [1, 2], .stored), ("data/.DS_Store", [3], .stored),
      ])
    ),
    (
      "gzip in zip",
      CompressedBytes.zip([("in.csv.gz", CompressedBytes.gzip(Array(text.utf8)), .stored)])
    ),
    ("utf-16 in gzip", CompressedBytes.gzip(CompressedBytes.utf16(text, bigEndian: false))),
  ]

  @Test(arguments: stored.indices)
  func sameTextHoweverStored(_ index: Int) throws {
    let (name, bytes) = Self.stored[index]
    let file = try TemporaryFile(bytes)
    let options = CSVReadingOptions(chunkByteCount: 10_000, digestAlgorithm: .xxh3)
    let reader = try CSVChunkReader(paths: [file.path], options: options)
    let scanner = ChunkScanner(table: reader.table)
    let raw = RawChunk()
    var rows = 0
    while try reader.next(into: raw) { rows += try scanner.scan(raw).rows }
    #expect(rows == Self.rowCount, "\(name)")
    #expect(reader.table.columnNames == ["a", "b"], "\(name)")
    #expect(reader.inputsRead.map(\.stored.byteCount) == [bytes.count], "\(name)")
    #expect(reader.inputsRead.map(\.stored.digest) == [digest(bytes)], "\(name)")
  }

  private func digest(_ bytes: [UInt8]) -> String {
    let hash = ByteHash(.xxh3)
    hash.add(bytes, bytes.count)
    return hexadecimal(hash.digest)
  }

  @Test func digestIsThatOfXxhsum() {
    #expect(digest([]) == "99aa06d3014798d86001c324468d497f")
    #expect(digest(Array("abc".utf8)) == "06b05ab6733a618578af5f94892f3950")
  }

  @Test func transcoding() throws {
    let text = "€,😀\nx,ä\n"
    let rows: [[String?]] = [["€", "😀"], ["x", "ä"]]
    var options = CSVReadingOptions(hasHeader: false, chunkByteCount: 3)
    for bigEndian in [false, true] {
      options.encoding = bigEndian ? .utf16BigEndian : .utf16LittleEndian
      let bytes = CompressedBytes.utf16(text, bigEndian: bigEndian, mark: false)
      #expect(try ReadTable([.bytes(bytes, name: "u.csv")], options).rows == rows)
    }
    options.encoding = .windows1252
    let windows: [UInt8] = [0x80, 0x2C, 0xE4, 0x0A]
    #expect(try ReadTable([.bytes(windows, name: "w.csv")], options).rows == [["€", "ä"]])
    options.encoding = .latin1
    #expect(try ReadTable([.bytes(windows, name: "w.csv")], options).rows == [["\u{80}", "ä"]])
  }

  @Test func truncatedCompression() {
    let zstd = CompressedBytes.zstd(Array(Self.text.utf8))
    let cutZstd = Array(zstd.dropLast(10))
    #expect(
      errorText([.bytes(cutZstd, name: "x.csv.zst")])
        == "x.csv.zst, byte \(cutZstd.count): the zstd data ends in the middle of a frame;"
        + " the file was cut short: copy or compress it again")
    let cutGzip = Array(CompressedBytes.gzip(Array(Self.text.utf8)).dropLast(10))
    #expect(
      errorText([.bytes(cutGzip, name: "x.csv.gz")])
        == "x.csv.gz, byte \(cutGzip.count): the gzip data ends in the middle of a member;"
        + " the file was cut short: copy or compress it again")
  }

  @Test func damagedCompression() {
    let zstd = CompressedBytes.zstd(Array(Self.text.utf8)) + Array("garbage".utf8)
    #expect(
      errorText([.bytes(zstd, name: "x.zst")]).contains("the zstd data is damaged"))
    var gzip = CompressedBytes.gzip(Array(Self.text.utf8))
    gzip[gzip.count - 6] ^= 1
    #expect(
      errorText([.bytes(gzip, name: "x.gz")])
        == "x.gz, byte \(gzip.count): the gzip data is damaged: incorrect data check;"
        + " `gzip -t` tests the file; copy or compress it again")
  }

  @Test func halfCharacters() {
    let odd = CompressedBytes.utf16("a,b\n", bigEndian: false) + [0x31]
    #expect(
      errorText([.bytes(odd, name: "u.csv")])
        == "u.csv, line 2, byte 10: the UTF-16 text ends in half a character;"
        + " check the encoding (read as utf-16le) or copy the file again")
    let lone = CompressedBytes.utf16("a", bigEndian: false) + [0x00, 0xDC, 0x0A, 0x00]
    #expect(
      errorText([.bytes(lone, name: "u.csv")])
        == "u.csv, line 1, byte 4: half a character in the UTF-16 text;"
        + " check the encoding (read as utf-16le) or copy the file again")
  }

}
