import Columnar
import Contracts
import Kernels

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
    for column in frame.columns {
      // The rarest comes last.
      let counts = column.valueCounts().columns[1]
      if counts.count <= Self.integerLimit {
        rarest[column.name] = counts.view.integers(count: counts.count).last.map(Int.init)
      }
    }
  }

  func note(in facts: inout TableFacts) {
    for index in facts.columns.indices {
      facts.columns[index].rarestCount = rarest[facts.columns[index].name]
    }
  }
}
