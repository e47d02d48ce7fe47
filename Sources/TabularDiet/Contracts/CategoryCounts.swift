import Columnar
import Contracts

/// How often the rarest value of each column of few values occurs.
struct CategoryCounts {
  /// Columns of more words are no lists of categories.
  static let wordLimit = 1024
  private static let integerLimit = 4096

  private var rarest: [String: Int] = [:]

  /// Reads the columns once more that have few values; `nil` where there are none.
  init?(_ reader: TableReader, _ facts: TableFacts) throws {
    let names = facts.columns.filter { column in
      column.isDistinctExact && !column.isConstant && column.nullCount < facts.rowCount
        && (column.words != nil
          || column.type == .integer && column.distinctCount ?? .max <= Self.integerLimit)
    }.map(\.name)
    guard !names.isEmpty else { return nil }
    var options = reader.options
    (options.columns, options.drop) = (names, [])
    let frame = try TableReader(inputs: reader.inputs, options: options).read().frame
    for column in frame.columns { rarest[column.name] = Self.rarestCount(of: column) }
  }

  private static func rarestCount(of column: Column) -> Int? {
    let text = ValueText(column)
    var counts: [[UInt8]: Int] = [:]
    var bytes: [UInt8] = []
    for row in 0..<column.count {
      bytes.removeAll(keepingCapacity: true)
      guard text.append(row: row, to: &bytes) else { continue }
      counts[bytes, default: 0] += 1
      if counts.count > integerLimit { return nil }
    }
    return counts.values.min()
  }

  func note(in facts: inout TableFacts) {
    for index in facts.columns.indices {
      facts.columns[index].rarestCount = rarest[facts.columns[index].name]
    }
  }
}
