import CKernels
import Columnar

/// A condition made ready for one column: constants are in the stored type, dictionaries have been
/// asked. What is left to do for a row is one comparison of what is stored.
package struct RowTest: @unchecked Sendable {
  // Sound to share: captured pointers lead into buffers that `rows` keeps and no one changes.
  typealias Write = (_ range: Range<Int>, _ out: UnsafeMutablePointer<UInt64>) -> Void

  enum Answer {
    case none
    case all
    /// Writes a bit for each row of a range that starts at a multiple of 64.
    case rows(path: ReductionPath = .direct, Write)
  }

  let rows: ColumnRows
  let answer: Answer
  /// The rows that do not satisfy `answer` are meant.
  let isNegated: Bool
  /// Null rows are what is asked for, not their values.
  private let asksForNulls: Bool

  /// Whether nulls are asked for or about: the answer is known for every row.
  let isOfNulls: Bool

  package init(_ condition: Condition, _ rows: ColumnRows) throws(ReductionError) {
    self.rows = rows
    asksForNulls = condition == .isNull
    isOfNulls = condition == .isNull || condition == .isNotNull
    switch condition {
    case .isNull, .isNotNull:
      isNegated = false
      answer = .all
    default:
      if case .notEqual = condition { isNegated = true } else { isNegated = false }
      if rows.valueCount == 0 {
        answer = .none
        return
      }
      answer =
        switch rows.type.domain {
        case .integer: try IntegerTest(condition, rows).answer(rows)
        case .float: try FloatTest(condition, rows).answer(rows)
        case .bytes: try TextTest(condition, rows).answer(rows)
        }
    }
  }

  /// A question to texts.
  init(_ test: TextTest, _ rows: ColumnRows) {
    self.init(rows.valueCount == 0 ? .none : test.answer(rows), rows)
  }

  /// Rows whose code is one of these, rising, of `count` that there are.
  init(_ codes: PlainValues, members: [Int], of count: Int, _ rows: ColumnRows) {
    self.init(
      rows.valueCount == 0 ? .none : .codes(codes, members: members, of: count), rows)
  }

  /// Whether a row is null.
  init(nullsIn rows: ColumnRows) { self.init(.all, rows, asksForNulls: true) }

  /// Holds for no row.
  init(noneOf rows: ColumnRows) { self.init(.none, rows) }

  private init(_ answer: Answer, _ rows: ColumnRows, asksForNulls: Bool = false) {
    self.rows = rows
    self.answer = answer
    isNegated = false
    self.asksForNulls = asksForNulls
    isOfNulls = asksForNulls
  }

  /// How the column is read.
  package var path: ReductionPath { answer.path }

  /// Writes the answers for the rows of `range`, which starts at a multiple of 64 and is read from
  /// `out` on. Bits past the range in the last word may be anything.
  func write(_ range: Range<Int>, _ out: UnsafeMutablePointer<UInt64>) {
    let wordCount = (range.count + 63) / 64
    answer.write(range, out)
    if isNegated { for word in 0..<wordCount { out[word] = ~out[word] } }
    if asksForNulls { out.update(repeating: ~0, count: wordCount) }
    if rows.nullCount > 0 { rows.clearNulls(range, in: out) }
    if asksForNulls { for word in 0..<wordCount { out[word] = ~out[word] } }
  }

  /// The answers for all rows.
  package var selection: Selection {
    let parts = ColumnRows.pieces(rows.count)
    return Selection(rowCount: rows.count) { words in
      let words = Shared(words)
      _ = parallelMap(parts.count) { index in
        // In runs that fit the cache with their answers, which are looked at three times.
        for start in stride(from: parts[index].lowerBound, to: parts[index].upperBound, by: 1 << 14)
        {
          let range = start..<min(start + 1 << 14, parts[index].upperBound)
          write(range, words.pointer + start / 64)
        }
      }
    }
  }
}

extension RowTest.Answer {
  /// How the column is read.
  var path: ReductionPath { if case .rows(let path, _) = self { path } else { .direct } }

  /// Writes a bit for each row of `range`, which starts at a multiple of 64, as if none were null.
  func write(_ range: Range<Int>, _ out: UnsafeMutablePointer<UInt64>) {
    switch self {
    case .none: out.update(repeating: 0, count: (range.count + 63) / 64)
    case .all: out.update(repeating: ~0, count: (range.count + 63) / 64)
    case .rows(_, let write): write(range, out)
    }
  }

  /// Rows whose codes, or integers, lie in the range.
  static func between<T: LoopNumber>(_ values: UnsafePointer<T>, _ low: T, _ high: T) -> Self {
    .rows { range, out in T.loops.between(values + range.lowerBound, range.count, low, high, out) }
  }

  /// The same of packed numbers.
  static func between(_ values: PackedValues, _ low: UInt64, _ high: UInt64) -> Self {
    .rows { range, out in values.writeRows(range, from: low, through: high, out) }
  }

  /// Rows whose codes are in `range`, of `count` that there are.
  static func codes(_ codes: PlainValues, in range: Range<Int>, of count: Int) -> Self {
    if range.isEmpty { return .none }
    if range.count == count { return .all }
    switch codes {
    case .uint8(let codes):
      return .between(codes, UInt8(range.lowerBound), UInt8(range.upperBound - 1))
    case .uint16(let codes):
      return .between(codes, UInt16(range.lowerBound), UInt16(range.upperBound - 1))
    case .uint32(let codes):
      return .between(codes, UInt32(range.lowerBound), UInt32(range.upperBound - 1))
    case .packed(let codes):
      return .between(codes, UInt64(range.lowerBound), UInt64(range.upperBound - 1))
    case .decoded:
      return .rows { rows, out in
        codes.forEachRun(rows) { place, rowCount, words in
          Self.codes(words, in: range, of: count).write(0..<rowCount, out + place / 64)
        }
      }
    default: fatalError("codes have no sign")
    }
  }

  /// Rows whose code is one of these, rising, of `count` that there are.
  static func codes(_ codes: PlainValues, members: [Int], of count: Int) -> Self {
    guard let first = members.first, let last = members.last else { return .none }
    if members.count == last - first + 1 {
      return .codes(codes, in: first..<last + 1, of: count)
    }
    if members.count <= 8 {
      // A comparison answers for 64 rows in the time of a look or two in a table.
      let tests = members.map { Self.codes(codes, in: $0..<$0 + 1, of: count) }
      return .rows { range, out in
        union(range, out, tests.count) { index, out in
          if case .rows(_, let write) = tests[index] { write(range, out) }
        }
      }
    }
    var table = [UInt8](repeating: 0, count: count)
    for code in members { table[code] = 1 }
    let isMember = table
    return .rows { range, out in writeMembers(isMember, codes, range, out) }
  }

  private static func writeMembers(
    _ isMember: [UInt8], _ codes: PlainValues, _ range: Range<Int>,
    _ out: UnsafeMutablePointer<UInt64>
  ) {
    switch codes {
    case .uint8(let codes): diet_member_u8(codes + range.lowerBound, range.count, isMember, out)
    case .uint16(let codes): diet_member_u16(codes + range.lowerBound, range.count, isMember, out)
    case .uint32(let codes): diet_member_u32(codes + range.lowerBound, range.count, isMember, out)
    case .packed, .decoded:
      codes.forEachRun(range) { writeMembers(isMember, $2, 0..<$1, out + $0 / 64) }
    default: fatalError("codes have no sign")
    }
  }

  /// Rows for which `holds`, asked one at a time.
  static func each(path: ReductionPath = .direct, _ holds: @escaping (Int) -> Bool) -> Self {
    .rows(path: path) { range, out in writeEach(range, out, holds) }
  }

  /// Writes a bit for each row of `range`, asked one at a time.
  @inline(__always)
  static func writeEach(
    _ range: Range<Int>, _ out: UnsafeMutablePointer<UInt64>, _ holds: (Int) -> Bool
  ) {
    var row = range.lowerBound
    while row < range.upperBound {
      var word: UInt64 = 0
      let end = min(row + 64, range.upperBound)
      var bit: UInt64 = 0
      for row in row..<end {
        if holds(row) { word |= 1 << bit }
        bit &+= 1
      }
      out[(row - range.lowerBound) / 64] = word
      row = end
    }
  }
}
