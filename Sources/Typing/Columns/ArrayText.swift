package import Columnar

/// The text of an array: each row's own, or that of the entry that the row's code stands for.
package struct ArrayText {
  let bytes: UnsafePointer<UInt8>
  let offsets: UnsafePointer<UInt32>
  /// How many texts there are: rows, or entries.
  let count: Int
  let codes: PlainValues?
  /// Tells one dictionary from another, and keeps it.
  let owner: Buffer?
  private let memory: [Buffer]

  /// - Parameters:
  ///   - rowCount: The rows of the view.
  ///   - owner: Tells its dictionary, if it has one, from others, and keeps it.
  /// - Returns: `nil` where the view has no text.
  package init?(_ view: ColumnView, rowCount: Int, owner: Buffer?) {
    switch view {
    case .plain(.utf8(let bytes, let offsets)):
      self.init(bytes, offsets, rowCount, codes: nil, owner: nil)
    case .indexed(let codes, .plain(.utf8(let bytes, let offsets)), let count):
      self.init(bytes, offsets, count, codes: codes, owner: owner)
    case .indexed(let codes, let entries, let count):
      guard let rows = TextRows(entries) else { return nil }
      self.init(gathering: rows, count: count, codes: codes)
    default:
      guard let rows = TextRows(view) else { return nil }
      self.init(gathering: rows, count: rowCount, codes: nil)
    }
  }

  /// Text that lies in other forms, such as UUIDs of 16 bytes, made text with offsets; `nil` where it
  /// is too long for these.
  private init?(gathering rows: TextRows, count: Int, codes: PlainValues?) {
    guard let text = WrittenText(rows, 0..<count, ArrowNulls(validity: nil)) else { return nil }
    self.init(
      text.bytes, text.offsets, count, codes: codes, owner: text.memory[0], memory: text.memory)
  }

  /// The text of a dictionary's entries.
  package init?(entries: ColumnView, count: Int) {
    guard case .plain(.utf8(let bytes, let offsets)) = entries else { return nil }
    self.init(bytes, offsets, count, codes: nil, owner: nil)
  }

  private init(
    _ bytes: UnsafePointer<UInt8>, _ offsets: UnsafePointer<UInt32>, _ count: Int,
    codes: PlainValues?, owner: Buffer?, memory: [Buffer] = []
  ) {
    self.memory = memory
    self.bytes = bytes
    self.offsets = offsets
    self.count = count
    self.codes = codes
    self.owner = owner
  }

  /// The text of a row, or of an entry.
  @inline(__always)
  subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(offsets[index])
    return UnsafeBufferPointer(start: bytes + start, count: Int(offsets[index + 1]) - start)
  }

  /// How many of the first texts have 8 readable bytes behind them, which hashing and comparing touch.
  var safeCount: Int {
    guard count > 0 else { return 0 }
    let end = offsets[count]
    var safe = count
    while safe > 0, offsets[safe] + 8 > end { safe -= 1 }
    return safe
  }

  /// The bytes of all entries, and of those longer than 12.
  package var byteCounts: (all: Int, long: Int) {
    guard count > 0 else { return (0, 0) }
    var long = 0
    for index in 0..<count where self[index].count > 12 { long += self[index].count }
    return (Int(offsets[count] - offsets[0]), long)
  }
}
