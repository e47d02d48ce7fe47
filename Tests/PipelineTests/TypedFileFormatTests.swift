import ArrowFormat
import Columnar
import DelimitedText
import FileIO
import Pipeline
import Testing

/// Formats that are told by how files begin or are named, those too that nobody has written yet.
struct TypedFileFormatTests {
  /// `{` and digits, a line a row: text that is refused as JSON where no format takes it.
  private struct MadeUpFormat: TypedFileFormat {
    let name = "made-up"
    let words = "a made-up file"
    var readsPacked = true

    func recognizes(_ start: [UInt8], name: String) -> Bool {
      name.hasSuffix(".madeup") && start.first == UInt8(ascii: "{")
    }

    func open(_ file: ArrowFileBytes) throws -> any ArrayTable {
      let bytes = try file.read(0..<file.count)
      let text = String(
        decoding: UnsafeRawBufferPointer(start: bytes.base, count: file.count), as: UTF8.self)
      return MadeUpTable(
        name: file.name, numbers: text.split(separator: "\n").compactMap { Int8($0.dropFirst(5)) })
    }
  }

  private struct MadeUpTable: ArrayTable {
    let name: String
    let numbers: [Int8]

    var fields: [ArrowField] { [ArrowField(name: "n", type: .integer(bits: 8, isSigned: true))] }
    var batchRowCounts: [Int] { [numbers.count] }

    func array(batch: Int, column: Int) throws -> ArrowArray {
      let buffer = Buffer(uninitializedByteCount: numbers.count)
      for (row, number) in numbers.enumerated() { buffer.pointer(as: Int8.self)[row] = number }
      return ArrowArray(
        rowCount: numbers.count, nullCount: 0, nulls: ArrowNulls(validity: nil),
        view: .plain(.int8(buffer.pointer(as: Int8.self))), memory: [buffer])
    }
  }

  private static let text = Array("{\"n\":12\n{\"n\":-7\n".utf8)
  private static let parquet = Array("PAR1".utf8) + [0x15, 0, 0, 0]

  private func load(_ input: CSVInput) throws -> [Int128?] {
    let formats = TypedFileFormats.all + [MadeUpFormat()]
    let found = try TypedFileFormats.format(of: input, among: formats)
    guard let typed = try TypedInputs([input], formats: [found]) else { return [] }
    var table = try typed.load(
      ArrayTableLoader.Options(keepsValues: true, countsDistinct: false))
    let column = table.takeColumns()[0]
    return [column.profile.integers?.minimum, column.profile.integers?.maximum]
  }

  @Test func aFormatMayBeTextThatIsTakenForJSONOtherwise() throws {
    #expect(try load(.bytes(Self.text, name: "a.madeup")) == [-7, 12])
    #expect(errorText([.bytes(Self.text, name: "a.csv")]).contains("the file is JSON"))
    #expect(try TypedFileFormats.format(of: .bytes(Self.text, name: "a.madeup")) == nil)
  }

  @Test func packedFilesAreUnpackedWhereTheFormatSaysSo() throws {
    #expect(try load(.bytes(CompressedBytes.gzip(Self.text), name: "in/a.madeup.gz")) == [-7, 12])
    let archive = CompressedBytes.zip([("a.madeup", Self.text, .deflated)])
    #expect(try load(.bytes(archive, name: "a.madeup.zip")) == [-7, 12])
    let file = try TemporaryFile(archive)
    #expect(try load(.path("\(file.path)/a.madeup")) == [-7, 12])
  }

  @Test func otherPackedFilesAreNamedForWhatTheyAre() throws {
    func message(
      _ bytes: [UInt8], _ formats: [any TypedFileFormat] = TypedFileFormats.all
    ) -> String {
      var options = CSVReadingOptions()
      options.typedFormats = TypedFileSignatures(formats)
      return errorText([.bytes(bytes, name: "a.madeup.x")], options)
    }
    #expect(
      message(CompressedBytes.zip([("a.parquet", Self.parquet, .stored)]))
        == "a.madeup.x: the file is a Parquet file, in a zip archive; unpack it first")
    #expect(
      message(CompressedBytes.gzip(Self.parquet))
        == "a.madeup.x: the file is a Parquet file, compressed as a whole; decompress it first")
    let format = MadeUpFormat(readsPacked: false)
    let text = CompressedBytes.gzip(Self.text)
    #expect(
      message(text, [format])
        == "a.madeup.x: the file is a made-up file, compressed as a whole; decompress it first")
    let input = CSVInput.bytes(text, name: "a.madeup.x")
    #expect(try TypedFileFormats.format(of: input, among: [format]) == nil)
  }

  @Test func textAndDamagedFilesAreLeftToTheReaderOfText() throws {
    for bytes in [
      Array("PAR1,b\n1,2\n".utf8), Array("ARROW1,b\n".utf8), [], CompressedBytes.gzip(Self.text),
      Array(CompressedBytes.gzip(Self.parquet).prefix(12)), Array("PK".utf8) + [3, 4, 0],
    ] {
      #expect(try TypedFileFormats.format(of: .bytes(bytes, name: "a.csv")) == nil, "\(bytes)")
    }
  }
}
