import Columnar
import TestSupport
import Testing

@testable import DelimitedText
@testable import Pipeline

/// Columns that follow from others are told, and no others are.
struct RelationTests {
  /// The notes that tell of relations, by column.
  private func relations(
    _ file: String, chunkByteCount: Int = 1 << 20, threads: Int = 1,
    typing: TypingOptions = TypingOptions()
  ) throws -> [String: String] {
    let reading = CSVReadingOptions(
      delimiter: UInt8(ascii: ","), hasHeader: true, threads: threads,
      chunkByteCount: chunkByteCount)
    let loaded = try TableLoader(
      inputs: [.bytes(Array(file.utf8), name: "test.csv")], reading: reading, typing: typing,
      keepsValues: false, countsDistinct: true
    ).load()
    var relations: [String: String] = [:]
    for column in loaded.columns {
      let told = column.profile.notes.map(\.description).filter {
        $0.hasSuffix(" in all rows") && !$0.hasPrefix("determined by ")
      }
      #expect(told.count <= 1)
      relations[column.profile.name] = told.first
    }
    return relations
  }

  /// Two columns `a` and `b`, and what is said of `b`; `nil` for nothing.
  static let cases: [(rows: String, note: String?)] = [
    ("1,1 2,2 7,7", "equals `a` in all rows"),
    ("1,1 2,2 7,8", nil),
    ("1,1 2,2", "equals `a` in all rows"),
    // Any two columns of two values lie on a line.
    ("1,5 2,9", nil),
    ("1,6 2,7 9,14", "= `a` + 5 in all rows"),
    ("6,1 7,2 14,9", "= `a` - 5 in all rows"),
    ("1,65 2,125 7,425", "= 60·`a` + 5 in all rows"),
    ("60,1 120,2 0,0", "= `a` / 60 in all rows"),
    ("-60,1 -120,2 0,0", "= -`a` / 60 in all rows"),
    ("1,-1 2,-2 0,0", "= -`a` in all rows"),
    ("1,4 2,3 0,5", "= -`a` + 5 in all rows"),
    ("3,2 6,4 0,0", "= 2·`a` / 3 in all rows"),
    ("0,1 3,3 6,5", "= (2·`a` + 3) / 3 in all rows"),
    ("1,2.50 2,5.00 4,10.00", "= 2.5·`a` in all rows"),
    ("1.50,150 2.25,225 0.01,1", "= 100·`a` in all rows"),
    ("1.5,1.50 2.25,2.25 0.1,0.10", "equals `a` in all rows"),
    ("18446744073709551615,18446744073709551615 1,1", "equals `a` in all rows"),
    ("18446744073709551615,18446744073709551614 1,1", nil),
    ("9223372036854775807,-9223372036854775808 1,1 2,2", nil),
    ("-9223372036854775808,9223372036854775807 0,-1 5,-6", "= -`a` - 1 in all rows"),
    // Nulls have to be the same, too.
    ("1,1 ,3 7,7", nil),
    ("1,1 ,  7,7", "equals `a` in all rows"),
    (",1 1,  7,7", nil),
    (",  5,6 , 6,7 9,10", "= `a` + 1 in all rows"),
    ("NA,NA 5,6 NA, 6,7 9,10", "= `a` + 1 in all rows"),
    // Constants and empty columns are told as such.
    ("5,5 5,5 5,5", nil),
    (",  , ", nil),
    ("1,5 2,5 3,5", nil),
    ("x,x y,y x,x", "equals `a` in all rows"),
    ("x,X y,y x,x", nil),
    ("x,y y,x x,y", nil),
    ("\"x\",x y,\"y\" \"a\"\"b\",\"a\"\"b\"", "equals `a` in all rows"),
    ("x,x ,\"\" y,y", nil),
    // Zeros in front are text, which no number equals.
    ("007,7 008,8 009,9", nil),
    ("1e-5,1e-5 2.5,2.5", "equals `a` in all rows"),
    ("1e-5,2e-5 2.5,5.0 1.25,2.5", nil),
    ("true,true false,false", "equals `a` in all rows"),
    ("true,false false,true true,false", "is the opposite of `a` in all rows"),
    ("true,1 false,0 true,1", nil),
    ("2024-01-31,2024-01-31 2024-02-01,2024-02-01", "equals `a` in all rows"),
    (
      "2024-01-31,2024-02-01 2024-02-29,2024-03-01 2024-03-01,2024-03-02",
      "= `a` + 1 day in all rows"
    ),
    ("2024-01-31T00:00:00,2024-01-31 2024-02-01T00:00:00,2024-02-01", "equals `a` in all rows"),
    (
      "2024-01-31T00:00:00,2024-01-31T00:01:30 2024-02-01T00:00:00,2024-02-01T00:01:30"
        + " 2024-02-01T00:00:07,2024-02-01T00:01:37", "= `a` + 90 s in all rows"
    ),
    ("10:00:00,09:59:59.5 10:00:01,10:00:00.5 11:00:00,10:59:59.5", "= `a` - 0.5 s in all rows"),
    ("2024-01-01,2024-01-01 2024-01-02,2024-01-03 2024-01-03,2024-01-05", nil),
    ("31/12/2024,31/12/2024 01/12/2024,01/12/2024", "equals `a` in all rows"),
  ]

  @Test(arguments: cases) func whatIsToldOfTwoColumns(rows: String, note: String?) throws {
    let file = "a,b\n" + rows.split(separator: " ").map { "\($0)\n" }.joined()
    for chunkByteCount in [16, 1 << 20] {
      for threads in [1, 3] {
        let found = try relations(file, chunkByteCount: chunkByteCount, threads: threads)
        #expect(found["a"] == nil && found["b"] == note, "\(file), chunks of \(chunkByteCount)")
      }
    }
  }

  @Test func theFirstColumnOfSeveralIsNamed() throws {
    let found = try relations("x,y,a,b,c\n1,u,2,u,9\n2,v,4,v,9\n5,u,10,u,9\n")
    #expect(found == ["a": "= 2·`x` in all rows", "b": "equals `y` in all rows"])
  }

  @Test func nothingIsSaidOfColumnsThatOnlySomeRecordsHave() throws {
    #expect(try relations("a,b\n1,x,1\n2,y,2\n3,z\n").isEmpty)
    #expect(try relations("a,b\n3,z\n1,x,1\n2,y,2\n", chunkByteCount: 16).isEmpty)
  }

  @Test func aColumnLeftOutIsNotNamed() throws {
    let loaded = try TableLoader(
      inputs: [.bytes(Array("a,b,c\n1,1,1\n2,2,2\n".utf8), name: "test.csv")],
      reading: CSVReadingOptions(), typing: TypingOptions(), keepsValues: false,
      countsDistinct: true, only: ["b", "c"]
    ).load()
    #expect(
      loaded.columns.map { $0.profile.notes.map(\.description) } == [
        [], ["equals `b` in all rows"],
      ])
  }

  /// Past a million strings, tables take no more, and texts go on without.
  @Test func textsThatAllDifferAreComparedToTheEnd() throws {
    var bytes = Array("a,b,c\n".utf8)
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    let last = TextTable.maximumCount + 1000
    for row in 0...last {
      var rest = row
      let text = (0..<4).map { _ in
        defer { rest /= 52 }
        return letters[rest % 52]
      }
      for end in [UInt8(ascii: ","), UInt8(ascii: ","), UInt8(ascii: "\n")] {
        bytes += text
        if row == last, end == UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "x")) }
        bytes.append(end)
      }
    }
    let loaded = try TableLoader(
      inputs: [.bytes(bytes, name: "test.csv")], reading: CSVReadingOptions(threads: 1),
      typing: TypingOptions(), keepsValues: false, countsDistinct: true
    ).load()
    let notes = loaded.columns.map { $0.profile.notes.map(\.description) }
    #expect(notes == [[], ["equals `a` in all rows"], []])
  }

  // MARK: - Against the definition

  /// A column as hundredths, or as text; `nil` is null.
  private enum Model: Equatable {
    case numbers([Int?])
    case texts([String?])

    func field(_ row: Int) -> String {
      switch self {
      case .numbers(let values):
        guard let value = values[row] else { return "" }
        if value % 100 == 0 { return "\(value / 100)" }
        let digits = String(value.magnitude % 100 + 100).dropFirst()
        return "\(value < 0 ? "-" : "")\(value.magnitude / 100).\(digits)"
      case .texts(let values): return values[row] ?? ""
      }
    }

    var variety: Int {
      switch self {
      case .numbers(let values): Set(values.compactMap { $0 }).count
      case .texts(let values): Set(values.compactMap { $0 }).count
      }
    }

    /// By the definition, pair against pair.
    func isRelated(to other: Model) -> Bool {
      switch (self, other) {
      case (.texts(let a), .texts(let b)): return a == b
      case (.numbers(let a), .numbers(let b)):
        guard a.map({ $0 == nil }) == b.map({ $0 == nil }) else { return false }
        let pairs = zip(a, b).compactMap { a, b in a.map { ($0, b!) } }
        guard let p = pairs.first, let q = pairs.first(where: { $0.0 != p.0 }), q.1 != p.1 else {
          return false
        }
        return pairs.allSatisfy { ($0.1 - p.1) * (q.0 - p.0) == (q.1 - p.1) * ($0.0 - p.0) }
      default: return false
      }
    }
  }

  private func table(
    rowCount: Int, using generator: inout SeededGenerator
  ) -> [Model] {
    var columns: [Model] = []
    for _ in 0..<Int.random(in: 2...9, using: &generator) {
      let kind = columns.isEmpty ? 0 : Int.random(in: 0...5, using: &generator)
      switch (kind, columns.randomElement(using: &generator)) {
      case (1, let other?): columns.append(other)
      case (2...3, .numbers(let values)?):
        let factor = [-3, -1, 1, 2, 60].randomElement(using: &generator)!
        let sum = [0, 100, -250, 7].randomElement(using: &generator)!
        columns.append(.numbers(values.map { $0.map { $0 * factor + sum } }))
      case (4, .numbers(var values)?):
        let row = Int.random(in: 0..<rowCount, using: &generator)
        values[row] = values[row].map { $0 + 100 }
        columns.append(.numbers(values))
      case (4, .texts(var values)?):
        values[Int.random(in: 0..<rowCount, using: &generator)] = "z"
        columns.append(.texts(values))
      default:
        let nulls = [0, 0, 3].randomElement(using: &generator)!
        func value<T>(_ value: T) -> T? {
          Int.random(in: 0..<10, using: &generator) < nulls ? nil : value
        }
        if Bool.random(using: &generator) {
          let range = [0...0, 0...1, 0...3, -500...500].randomElement(using: &generator)!
          let unit = [1, 10, 100].randomElement(using: &generator)!
          columns.append(
            .numbers(
              (0..<rowCount).map { _ in value(Int.random(in: range, using: &generator) * unit) }))
        } else {
          columns.append(
            .texts(
              (0..<rowCount).map { _ in
                value(["u", "v", "w", "long text of more bytes"].randomElement(using: &generator)!)
              }))
        }
      }
    }
    return columns
  }

  @Test(arguments: 0..<40 as Range<UInt64>) func agreesWithTheDefinition(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<10 {
      let rowCount = Int.random(in: 1...60, using: &generator)
      let columns = table(rowCount: rowCount, using: &generator)
      var file = columns.indices.map { "c\($0)" }.joined(separator: ",") + ",end\n"
      for row in 0..<rowCount {
        file += columns.map { $0.field(row) }.joined(separator: ",") + ",e\n"
      }
      var expected: [String: String?] = [:]
      for (index, column) in columns.enumerated() {
        guard let first = columns[..<index].firstIndex(where: { column.isRelated(to: $0) }),
          column.variety > 1
        else { continue }
        if columns[first] == column {
          expected["c\(index)"] = "equals `c\(first)` in all rows"
        } else if column.variety > 2 {
          expected["c\(index)"] = .some(nil)
        }
      }
      for _ in 0..<3 {
        let chunkByteCount = [16, 48, 200, 1 << 20].randomElement(using: &generator)!
        let threads = Int.random(in: 1...4, using: &generator)
        let found = try relations(file, chunkByteCount: chunkByteCount, threads: threads)
        let summary = "seed \(seed), round \(round), \(chunkByteCount), \(threads)\n\(file)"
        #expect(Set(found.keys) == Set(expected.keys), "\(summary)")
        for case (let name, let text?) in expected { #expect(found[name] == text, "\(summary)") }
      }
    }
  }
}
