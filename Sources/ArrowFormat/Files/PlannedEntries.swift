import Columnar

/// The dictionary of a column of a plan: the plan's words in the plan's order, then those that are
/// new, in the order of the column's own.
struct PlannedEntries {
  let dictionary: ArrowColumn.Dictionary
  /// The column's own code → the one in this dictionary.
  let codes: [Int64]

  init(_ words: [[UInt8]], _ own: TextRows, count: Int) {
    var entries = words
    var known: [[UInt8]: Int64] = [:]
    for (code, word) in words.enumerated() { known[word] = Int64(code) }
    var codes: [Int64] = []
    for entry in 0..<count {
      let word = own.withText(at: entry) { Array($0) }
      codes.append(known[word] ?? Int64(entries.count))
      if known[word] == nil { entries.append(word) }
    }
    self.codes = codes
    dictionary = ArrowColumn.Dictionary(texts: entries)
  }
}

extension ArrowColumn.Dictionary {
  /// The dictionary of rows that are all null: the words that there are without any row, or nothing of `type`.
  init(of words: [[UInt8]], type: ArrowType) {
    if type == .utf8 {
      self.init(texts: words)
    } else {
      let memory = Buffer(zeroedByteCount: 8)
      self.init(
        values: .fixed(memory.base, width: type.byteWidth ?? 8), count: 0, memory: memory)
    }
  }
}
