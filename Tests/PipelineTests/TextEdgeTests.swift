import TestSupport
import Testing

@testable import DelimitedText
@testable import FileIO

/// Marks within a text, what stands behind it, and doubled line ends: left out, counted, and nothing
/// else changes.
struct TextEdgeTests {
  private static let lines = [
    "a,b", "1,x", "2,\"y, z\"", "\"3\",\"of\ntwo lines\"", "4,", "5,\u{FEFF}w", "6,v",
  ]
  private static let rows: [[String?]] = [
    ["1", "x"], ["2", "y, z"], ["3", "of\ntwo lines"], ["4", nil], ["5", "\u{FEFF}w"], ["6", "v"],
  ]

  @Test(arguments: [1, 5, 16, 1000])
  func whatIsNoTextIsLeftOut(_ chunkByteCount: Int) throws {
    let endings: [(bytes: [UInt8], signs: Int, zeros: Int)] = [
      ([], 0, 0), ([0x1A], 1, 0), ([0, 0, 0], 0, 3), ([0x1A, 0, 0], 1, 2), ([0x1A, 0x0A], 1, 0),
    ]
    for marks in 0..<(1 << Self.lines.count) where marks & 1 == 0 || marks < 4 {
      for (ending, signs, zeros) in endings {
        let text = Self.lines.enumerated().map { index, line in
          (marks >> index & 1 == 1 ? "\u{FEFF}" : "") + line + "\n"
        }.joined()
        let reader = try CSVChunkReader(
          inputs: [.bytes(Array(text.utf8) + ending, name: "in.csv")],
          options: CSVReadingOptions(
            delimiter: UInt8(ascii: ","), hasHeader: true, chunkByteCount: chunkByteCount))
        let table = try ReadTable(reader)
        let place = "marks \(marks), ending \(ending)"
        #expect(table.names == ["a", "b"], "\(place)")
        #expect(table.rows == Self.rows, "\(place)")
        let findings = reader.table.findings
        #expect(findings.count(of: .mark) == (marks >> 1).nonzeroBitCount, "\(place)")
        #expect(findings.count(of: .endSign) == signs, "\(place)")
        #expect(findings.count(of: .zeros) == zeros, "\(place)")
      }
    }
  }

  @Test func marksWithinFieldsAreText() throws {
    let text = "a,b\n\"x\n\u{FEFF}y\",1\n2,\u{FEFF}\n"
    for chunkByteCount in [1, 1000] {
      let table = try ReadTable(text, CSVReadingOptions(chunkByteCount: chunkByteCount))
      #expect(table.rows == [["x\n\u{FEFF}y", "1"], ["2", "\u{FEFF}"]])
    }
  }

  /// Said where they are: a file of many lines, cut anywhere.
  @Test func placesAreThoseInTheFile() throws {
    let line = "1,2\n"
    for chunkByteCount in [3, 50, 1 << 19] {
      let text = "a,b\n" + String(repeating: line, count: 99) + "\u{FEFF}" + line + "\u{1A}"
      let file = try TemporaryFile(Array(text.utf8))
      let reader = try CSVChunkReader(
        paths: [file.path], options: CSVReadingOptions(chunkByteCount: chunkByteCount))
      _ = try ReadTable(reader)
      #expect(
        reader.table.notes.map(\.description) == [
          "1 byte order mark within the text is left out, on line 101, as where files were put"
            + " together",
          "the end sign 0x1A behind the text is left out, on line 102",
        ])
    }
  }

  /// In vectors as one by one, however many there are and wherever the bytes begin.
  @Test func lineFeedsAreCounted() {
    var generator = SeededGenerator(seed: 611)
    for count in Array(0...70) + [255 * 32, 255 * 32 + 1, 20_000] {
      for share in [1, 2, 40] {
        let bytes = (0..<count + 3).map { _ in
          Int.random(in: 0..<share, using: &generator) == 0 ? UInt8(ascii: "\n") : 0x8A
        }
        bytes.withUnsafeBufferPointer { bytes in
          let part = UnsafeBufferPointer(rebasing: bytes[3...])
          #expect(
            LineEnds.countOfLineFeeds(in: part) == part.count { $0 == 0x0A },
            "\(count) bytes, one of \(share), seed 611")
        }
      }
    }
  }

  @Test func doubledLineEndsAreOne() throws {
    let plain = try ReadTable("a,b\n1,\n2,x\n")
    for wide in [0, 5000] {
      let name = "a" + String(repeating: "_", count: wide)
      let text = "\(name),b\n1,\n2,x\n".replacing("\n", with: "\r\r\n")
      let table = try ReadTable(text)
      #expect(table.rows == plain.rows)
      #expect(table.names == [name, "b"])
    }
    // One line that ends so among others is text.
    #expect(!JoinedLineEnds.areNeeded(by: Array("a,b\n1,x\r\r\n2,y\n".utf8)))
  }
}
