import TestSupport

/// Tables in which columns say the same as others: in all rows, in all but one, or in a way that one row settles.
struct RelatedTable: CustomStringConvertible {
  /// Fields as they stand in the file, column by column.
  private(set) var columns: [[String]]
  private let rowCount: Int

  init(using generator: inout SeededGenerator) {
    rowCount = Int.random(in: 1...40, using: &generator)
    columns = []
    for _ in 0..<Int.random(in: 2...7, using: &generator) {
      let isNew = columns.isEmpty || Int.random(in: 0...3, using: &generator) == 0
      columns.append(isNew ? fresh(using: &generator) : follower(using: &generator))
    }
    for _ in 0..<Int.random(in: 0...2, using: &generator) { change(using: &generator) }
  }

  var text: String {
    var text = columns.indices.map { "c\($0)" }.joined(separator: ",") + ",end\n"
    for row in 0..<rowCount { text += columns.map { $0[row] }.joined(separator: ",") + ",e\n" }
    return text
  }

  var description: String { text }

  /// A column of its own.
  private func fresh(using generator: inout SeededGenerator) -> [String] {
    let kind = Int.random(in: 0...11, using: &generator)
    let nulls = ["", "NA"][Int.random(in: 0...1, using: &generator)]
    let nullShare = [0, 0, 0, 3, 10][Int.random(in: 0...4, using: &generator)]
    let range = [0...0, 0...1, 0...3, -500...500][Int.random(in: 0...3, using: &generator)]
    return (0..<rowCount).map { _ in
      if Int.random(in: 0..<10, using: &generator) < nullShare { return nulls }
      let value = Int.random(in: range, using: &generator)
      switch kind {
      case 0...2: return "\(value)"
      case 3: return SlowText.decimal(Int128(value), scale: 2)
      case 4: return "\(value)e-2"
      case 5: return "w\(value)"
      case 6: return SlowText.date(day: value)
      case 7: return SlowText.date(day: value) + " 00:00:0\(abs(value) % 3)"
      case 8: return "0\(1 + abs(value) % 9)/0\(1 + abs(value / 9) % 9)/2024"
      case 9: return "1\(abs(value) % 3):00:0\(abs(value / 3) % 10)"
      case 10: return value % 2 == 0 ? "true" : "false"
      default: return "\(UInt64.max - UInt64(abs(value)))"
      }
    }
  }

  /// A column that follows from another.
  private func follower(using generator: inout SeededGenerator) -> [String] {
    let other = columns[Int.random(in: columns.indices, using: &generator)]
    let factor = Int128([-3, -1, 1, 2, 60].randomElement(using: &generator)!)
    let sum = Int128([0, 1, -25, 7].randomElement(using: &generator)!)
    let way = Int.random(in: 0...4, using: &generator)
    return other.map { field in
      switch way {
      case 0: return field.isEmpty || field.hasPrefix("\"") ? field : "\"\(field)\""
      case 1: return Int128(field).map { SlowText.decimal(factor * $0 + sum, scale: 1) } ?? field
      case 2, 3:
        if field == "true" { return "false" }
        if field == "false" { return "true" }
        return Int128(field).map { "\(factor * $0 + sum)" } ?? field
      default: return field
      }
    }
  }

  /// Some row has something else: in one column, or in two that may be related.
  private mutating func change(using generator: inout SeededGenerator) {
    let field = [
      "", "NA", "word", "1e3", "0.5", "7", "007", "13/01/2024", "01/13/2024", "25:00:00",
    ]
    .randomElement(using: &generator)!
    let row = Int.random(in: 0..<rowCount, using: &generator)
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      columns[Int.random(in: columns.indices, using: &generator)][row] = field
    }
  }
}
