import Contracts
import FileIO
import Options
import TabularDiet
import TestSupport

/// A table of text that is made up, to be changed cell by cell.
struct MadeTable {
  var header: [String]
  var rows: [[String]]

  /// Orders of a month: keys, categories, amounts, a constant, a column that follows from another, dates.
  init(month: Int, seed: UInt64, rowCount: Int = 600) {
    var random = SeededGenerator(seed: seed)
    header = ["id", "year", "shop", "city", "pieces", "price", "day", "note", "lot"]
    let shops = ["Rome", "Oslo", "Bonn", "Lyon", "Kyiv"]
    rows = (0..<rowCount).map { row in
      let shop = Int.random(in: 0..<5, using: &random)
      let day = Int.random(in: 1...28, using: &random)
      return [
        "\(10_000 + month * 1_000 + row)", "2026", "S\(shop)", shops[shop],
        "\(Int.random(in: 0...90, using: &random))",
        "\(Int.random(in: 1...99, using: &random)).\(Int.random(in: 10...99, using: &random))",
        "2026-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)",
        Bool.random(using: &random) ? "" : "n\(Int.random(in: 0...9_999, using: &random))",
        "\(Int.random(in: 200...20_000, using: &random))",
      ]
    }
  }

  init(_ header: [String], _ rows: [[String]]) { (self.header, self.rows) = (header, rows) }

  func column(_ name: String) -> Int { header.firstIndex(of: name)! }

  mutating func set(_ name: String, row: Int, _ value: String) {
    rows[row][column(name)] = value
  }

  func text(delimiter: String = ",") -> String {
    ([header] + rows).map { $0.joined(separator: delimiter) + "\n" }.joined()
  }

  /// The table in as many inputs.
  func reader(
    parts: Int = 1, threads: Int? = nil, delimiter: String = ",", options: ReadingOptions? = nil
  ) -> TableReader {
    var options = options ?? ReadingOptions()
    options.text.threads = threads
    let size = max(1, (rows.count + parts - 1) / parts)
    let inputs = stride(from: 0, to: max(1, rows.count), by: size).enumerated().map {
      index, start in
      let part = MadeTable(header, Array(rows[start..<min(rows.count, start + size)]))
      return CSVInput.bytes(
        Array(part.text(delimiter: delimiter).utf8), name: "part\(index).csv")
    }
    return TableReader(inputs: inputs, options: options)
  }

  func lock(isRedacted: Bool = false) throws -> TableContract {
    try reader().lock(name: "orders", isRedacted: isRedacted)
  }

  /// The codes of findings that are denied or warned of.
  func codes(_ lock: TableContract, parts: Int = 1, threads: Int? = nil) throws -> [String] {
    try reader(parts: parts, threads: threads).check(lock).findings
      .filter { $0.level != .allow }.map(\.code.rawValue)
  }
}
