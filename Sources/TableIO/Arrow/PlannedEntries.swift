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
    let text = Array(entries.joined())
    let textStart = (entries.count + 1) * 4
    let memory = Buffer(uninitializedByteCount: textStart + text.count)
    let offsets = memory.pointer(as: UInt32.self)
    offsets[0] = 0
    for (index, entry) in entries.enumerated() {
      offsets[index + 1] = offsets[index] + UInt32(entry.count)
    }
    text.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(start: memory.base + textStart, count: text.count)
        .copyMemory(from: $0)
    }
    dictionary = ArrowColumn.Dictionary(
      values: .text(bytes: memory.pointer(as: UInt8.self) + textStart, offsets: offsets),
      count: entries.count, memory: memory)
  }
}
