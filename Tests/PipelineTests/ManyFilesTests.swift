import Platform
import Testing

@testable import DelimitedText
@testable import FileIO

struct ManyFilesTests {
  private static let inputs = [
    CSVInput.bytes([], name: "0.csv"),
    CSVInput.bytes(Array("a;b\n1;2\n".utf8), name: "1.csv"),
    CSVInput.bytes(Array("a;b".utf8), name: "2.csv"),
    CSVInput.bytes([0xEF, 0xBB, 0xBF] + Array("a;b\r\n3;4\r\n5;6".utf8), name: "3.csv"),
    CSVInput.bytes([0xFE, 0xFF] + Array("a;b\n7;8".utf8).flatMap { [0, $0] }, name: "4.csv"),
  ]

  @Test(arguments: [1, 2, 7, 1 << 20])
  func oneTable(_ chunkByteCount: Int) throws {
    let table = try ReadTable(Self.inputs, CSVReadingOptions(chunkByteCount: chunkByteCount))
    #expect(table.names == ["a", "b"])
    #expect(table.rows == [["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]])
  }

  @Test func chunksKnowTheirPlace() throws {
    let reader = try CSVChunkReader(
      inputs: Self.inputs, options: CSVReadingOptions(chunkByteCount: 4))
    let raw = RawChunk()
    var places: [[Int]] = []
    while try reader.next(into: raw) {
      let position = reader.table.position(ofRow: 0, in: raw)
      places.append([raw.ordinal, raw.fileIndex, raw.byteOffset, position.line ?? 0])
    }
    #expect(places == [[0, 1, 4, 2], [1, 3, 8, 2], [2, 3, 13, 3], [3, 4, 4, 2]])
    #expect(reader.inputsRead.map(\.name) == ["0.csv", "1.csv", "2.csv", "3.csv", "4.csv"])
    #expect(reader.inputsRead.map(\.stored.byteCount) == [0, 8, 3, 16, 16])
  }

  /// A pipe gives short reads; lines are counted on the way.
  @Test func pipes() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let text = Array("a,b\n1,2\n\"x\ny\",2\n3,\"4\n".utf8)
    #expect(write(ends[1], text, text.count) == text.count)
    close(ends[1])
    let reader = try CSVChunkReader(
      paths: ["/dev/fd/\(ends[0])"], options: CSVReadingOptions(chunkByteCount: 4))
    close(ends[0])
    let raw = RawChunk()
    var lines: [Int?] = []
    let error = #expect(throws: ReadingError.self) {
      while try reader.next(into: raw) { lines.append(raw.firstLine) }
    }
    #expect(lines == [2, 3])
    #expect(error?.line == 5)
    #expect(error?.byteOffset == 18)
    #expect(try !reader.next(into: raw))
  }

  /// Threads that share a reader get every record once.
  @Test func threadsShareAReader() async throws {
    let text = "n\n" + (1...20_000).map { "\($0)\n" }.joined()
    let reader = try CSVChunkReader(
      inputs: [.bytes(Array(text.utf8), name: "n.csv")],
      options: CSVReadingOptions(hasHeader: true, chunkByteCount: 500))
    let counts = try await withThrowingTaskGroup(of: (rows: Int, bytes: Int).self) { group in
      for _ in 0..<4 {
        group.addTask {
          let scanner = ChunkScanner(table: reader.table)
          let raw = RawChunk()
          var counts = (rows: 0, bytes: 0)
          while try reader.next(into: raw) {
            counts.rows += try scanner.scan(raw).rows
            counts.bytes += raw.byteCount
          }
          return counts
        }
      }
      return try await group.reduce((rows: 0, bytes: 0)) {
        ($0.rows + $1.rows, $0.bytes + $1.bytes)
      }
    }
    #expect(counts.rows == 20_000)
    #expect(counts.bytes == text.utf8.count - 2)
  }
}
