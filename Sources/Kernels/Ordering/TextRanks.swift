import Columnar

/// The ranks of a column's texts among its distinct ones, in byte order: for text that is stored
/// neither as codes nor in so few bytes that they are a key.
final class TextRanks: @unchecked Sendable {
  // Sound to share: `codes` leads into `buffer`, which no one changes once it is made.
  /// A rank for each row; 0 for null rows.
  let codes: PlainValues
  let count: Int
  private let buffer: Buffer
  private let table: TextTable
  /// The code in the table of each rank.
  private let order: [Int]
  private let form: FixedForm?

  init(_ rows: ColumnRows) {
    let buffer = Buffer(uninitializedByteCount: rows.count * 4)
    let ranks = buffer.pointer(as: UInt32.self)
    let table = TextTable()
    var form: FixedForm?
    switch rows.view {
    case .plain(.utf8(let bytes, let offsets)):
      let end = rows.count == 0 ? 0 : offsets[rows.count]
      for row in 0..<rows.count {
        let start = offsets[row]
        ranks[row] =
          rows.hasValue(row)
          ? table.code(
            of: bytes + Int(start), length: Int(offsets[row + 1] - start),
            hasWordAfter: offsets[row + 1] &+ 8 <= end) : 0
      }
    case .plain(.fixed(let bytes, let width, let stored)):
      form = stored
      for row in 0..<rows.count {
        ranks[row] =
          rows.hasValue(row)
          ? table.code(
            of: bytes + row * width, length: width,
            hasWordAfter: (row + 1) * width + 8 <= rows.count * width) : 0
      }
    default:
      rows.view.texts.forEach(0..<rows.count) { row, text in
        ranks[row] = rows.hasValue(row) ? table.code(of: text) : 0
      }
    }
    let texts = (0..<table.count).map { Self.text(table, $0, form) }
    let order = texts.indices.sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
    var rankOfCode = [UInt32](repeating: 0, count: max(1, order.count))
    for (rank, code) in order.enumerated() { rankOfCode[code] = UInt32(rank) }
    for row in 0..<rows.count { ranks[row] = rankOfCode[Int(ranks[row])] }
    self.buffer = buffer
    self.table = table
    self.order = order
    self.form = form
    codes = .uint32(ranks)
    count = order.count
  }

  func text(_ rank: Int) -> [UInt8] { Self.text(table, order[rank], form) }

  private static func text(_ table: TextTable, _ code: Int, _ form: FixedForm?) -> [UInt8] {
    let stored = table[code]
    guard let form, let start = stored.baseAddress else { return Array(stored) }
    var bytes: [UInt8] = []
    form.render(start, width: stored.count, to: &bytes)
    return bytes
  }
}

extension TextTable {
  /// The code of a string; `hasWordAfter` says that eight bytes after it may be read.
  func code(of bytes: UnsafePointer<UInt8>, length: Int, hasWordAfter: Bool) -> UInt32 {
    if hasWordAfter { return code(of: bytes, count: length, hash: hash(of: bytes, count: length)) }
    return code(of: UnsafeBufferPointer(start: bytes, count: length))
  }

  /// The code of a string behind which nothing may be read.
  func code(of text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let copy = Array(text) + [UInt8](repeating: 0, count: 8)
    return copy.withUnsafeBufferPointer {
      let start = $0.baseAddress!
      return code(of: start, count: text.count, hash: hash(of: start, count: text.count))
    }
  }
}
