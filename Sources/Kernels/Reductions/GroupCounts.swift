import Columnar

/// Texts and how many rows have each. The texts are written out when they are asked for.
public struct GroupCounts: Sendable {
  enum Values: Sendable {
    /// Those of a dictionary or of a constant, in its order.
    case dictionary(ColumnRows)
    /// Those of a table, stored in the form if there is one.
    case table(TextTable, FixedForm?)
    /// All those of one or two bytes, in the order of the words that they are in memory.
    case words(byteCount: Int, FixedForm)
  }

  private let counts: [UInt64]
  private let values: Values?

  init() {
    counts = []
    values = nil
  }

  init(counts: [UInt64], of values: Values) {
    self.counts = counts
    self.values = values
  }

  /// How many different texts there are.
  public var groupCount: Int { counts.count { $0 > 0 } }

  /// Every text that occurs and its rows, in byte order.
  public var sorted: [(text: [UInt8], rowCount: Int)] {
    counts.indices.filter { counts[$0] > 0 }
      .map { (text(at: $0), Int(counts[$0])) }
      .sorted { $0.text.lexicographicallyPrecedes($1.text) }
  }

  private func text(at index: Int) -> [UInt8] {
    switch values {
    case nil: return []
    case .dictionary(let rows)?:
      if case .indexed(_, let dictionary, _) = rows.view { return dictionary.text(at: index) }
      return rows.view.text(at: 0)
    case .words(let byteCount, let form)?:
      var bytes: [UInt8] = []
      form.render([UInt8(index & 255), UInt8(index >> 8)], width: byteCount, to: &bytes)
      return bytes
    case .table(let table, let form)?:
      guard let form else { return Array(table[index]) }
      var bytes: [UInt8] = []
      let stored = table[index]
      if let start = stored.baseAddress { form.render(start, width: stored.count, to: &bytes) }
      return bytes
    }
  }
}

extension GroupCounts: Equatable {
  public static func == (a: GroupCounts, b: GroupCounts) -> Bool {
    a.sorted.elementsEqual(b.sorted) { $0 == $1 }
  }
}
