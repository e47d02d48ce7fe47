import Columnar
import Engines
import Foundation
import Testing

/// The bytes of other engines, held to the model that the real ones were checked against.
struct BaselineTests {
  /// A column whose fields take turns, and what it takes in each engine.
  struct Case: Sendable {
    let kind: String
    let nulls: String
    let fields: [String]
    /// By number of rows, in the order of `Baselines.all`.
    let sizes: [(rows: Int, bytes: [Int])]

    init(_ line: Substring) {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      kind = String(parts[0])
      nulls = String(parts[1])
      fields = parts[2].components(separatedBy: " | ").map {
        $0.replacingOccurrences(of: "\\t", with: "\t")
      }
      sizes = zip([1, 9, 64], parts[3...]).map { rows, bytes in
        (rows, bytes.split(separator: " ").map { Int($0)! })
      }
    }

    /// The column, and another one so that no line is blank.
    func table(rows: Int) -> String {
      (0..<rows).reduce(into: "c,z\n") { $0 += fields[$1 % fields.count] + ",0\n" }
    }
  }

  static let cases: [Case] = {
    let text = try! String(contentsOf: fixture("before-bytes.tsv"), encoding: .utf8)
    return text.split(separator: "\n").map(Case.init)
  }()

  @Test func namesAreThoseOfTheReport() {
    #expect(Baselines.all.map(\.name) == ["pandas", "pandas-nullable", "polars", "arrow"])
    #expect(Baselines.standard.name == "pandas")
    #expect(Baselines.named("polars")?.name == "polars")
    #expect(Baselines.named("excel") == nil)
  }

  /// Every kind of column, every way to be null, against the model (`bench/before_bytes.py`).
  @Test func bytesAreThoseOfTheModel() throws {
    #expect(Self.cases.count > 700)
    for item in Self.cases {
      for (rows, expected) in item.sizes {
        let profile = try load(item.table(rows: rows)).columns[0].profile
        #expect(
          Baselines.all.map { $0.bytes(of: profile) } == expected,
          "\(item.kind), null as \(item.nulls), \(rows) rows: \(profile.type), \(profile.source)")
      }
    }
  }
}
