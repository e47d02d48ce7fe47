import Foundation
import Testing

@testable import ArrowFormat
@testable import Columnar
@testable import DelimitedText
@testable import Pipeline
@testable import TabularDiet

/// A table that is written while it is made, in more than one block of rows.
@Suite struct WritingTableTests {
  /// Columns of every domain, with nulls and a late change of width.
  private static let text: [UInt8] = {
    var text = "id,n,price,day,word,letter,free,flag,score,ip\n"
    for row in 0..<150_000 {
      let n = row % 11 == 0 ? "" : "\(row < 140_000 ? row % 90 : row)"
      let word = row % 13 == 0 ? "" : "word \(row % 40)"
      let score = row % 5 == 0 ? "nan" : "\(row)e-5"
      text +=
        "\(row),\(n),\(row % 997).50,2024-0\(row % 9 + 1)-15,\(word),\("ANR".randomLetter(row)),"
      text += "text \(row &* 7919),\(row % 2 == 0),\(score),10.0.\(row / 256 % 256).\(row % 256)\n"
    }
    return Array(text.utf8)
  }()

  private func table(
    _ purpose: PreparedTable.Purpose, threads: Int, chunkByteCount: Int
  ) throws -> PreparedTable {
    var reading = CSVReadingOptions(
      delimiter: UInt8(ascii: ","), quoting: .enclosed(by: UInt8(ascii: "\"")), hasHeader: true)
    (reading.threads, reading.chunkByteCount) = (threads, chunkByteCount)
    var options = ReadingOptions()
    options.text = reading
    var preparation = Preparation()
    preparation.purpose = purpose
    return try TableReader(
      inputs: [.bytes(Self.text, name: "test.csv")], options: options, digest: .xxh3
    ).prepare(preparation)
  }

  @Test func oneCertificateWhateverTheWay() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("diet-writing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let frame = try table(.frame, threads: 1, chunkByteCount: 1 << 20).frame
    #expect(Set(frame.columns.map(\.layout.encoding)).count >= 6)
    let csv = try table(.frame, threads: 2, chunkByteCount: 1 << 16)
      .write(to: folder.path + "/lean.csv")
    #expect(csv.certificate.columns.map(\.digest) == frame.columns.map(\.digest))
    var bytes: Set<Data> = []
    for (threads, chunkByteCount) in [(1, 1 << 20), (2, 1 << 18), (3, 50_000)] {
      let path = folder.path + "/lean.arrow"
      let written = try table(
        ArrowLeanFormat(.file).purpose(.text), threads: threads, chunkByteCount: chunkByteCount
      ).write(to: path)
      #expect(written.certificate == csv.certificate)
      #expect(try LeanFile(contentsOf: path).certificate == csv.certificate)
      #expect(written.footprint == frame.footprint)
      let file = try ArrowFileReader(path: path)
      #expect(try ArrayComparison(file, with: frame).differences.map(\.description) == [])
      bytes.insert(try Data(contentsOf: URL(filePath: path)))
    }
    #expect(bytes.count == 1)
  }
}

extension String {
  fileprivate func randomLetter(_ row: Int) -> Character {
    self[index(startIndex, offsetBy: row % 7 % count)]
  }
}
