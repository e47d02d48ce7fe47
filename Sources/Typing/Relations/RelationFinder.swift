package import Columnar
import Platform

/// Finds, chunk by chunk on one thread, which columns are related: by elimination.
///
/// The first chunk of a thread sets most columns apart from all others, by what their values have in
/// common with those of a related column. From then on only columns that still have a partner are
/// looked at, and each chunk of them is held against that of the first of its group, row by row. So a
/// table without related columns costs the first chunk, and what is said in the end is exact.
package final class RelationFinder {
  package typealias Chunk = (report: ChunkReport, chunk: ColumnChunk?)
  typealias Member = RelatedColumns.Member

  private struct Group {
    /// In the order of the table.
    var members: [Member]
    /// The first one's table of strings, and how many of it were compared with those of the others. A table that was
    /// begun anew is another.
    var compared: (strings: TextTable, count: Int)?
  }

  /// `nil` before the first chunk.
  private var groups: [Group]?
  private var isTracked: [Bool] = []
  private let leader = RowIntegers()
  private let follower = RowIntegers()

  package init() {}

  /// What the chunks so far say; `nil` before the first.
  package var related: RelatedColumns? {
    groups.map { groups in
      RelatedColumns(groups: groups.map { RelatedColumns.Group(members: $0.members).atExtremes })
    }
  }

  /// Whether the values of this column's next chunk are wanted.
  package func wants(_ column: Int) -> Bool {
    groups == nil || (column < isTracked.count && isTracked[column])
  }

  /// Looks at a chunk of all columns.
  package func add(_ columns: [Chunk]) {
    var chunks: [Int: Chunk] = [:]
    for column in columns.indices where wants(column) { chunks[column] = columns[column] }
    add(chunks)
  }

  /// Looks at a chunk of all columns that are wanted, by their numbers.
  package func add(_ chunks: [Int: Chunk]) {
    var refined: [Group] = []
    if let groups {
      for var group in groups {
        // A column that only some records have is null in others: nothing is said of it.
        group.members.removeAll { chunks[$0.column] == nil }
        let (kept, others) = divide(group, chunks)
        if kept.members.count > 1 { refined.append(kept) }
        regroup(others, chunks, into: &refined)
      }
    } else {
      let members = chunks.keys.sorted().map { Member(column: $0) }
      regroup(Group(members: members), chunks, into: &refined)
      isTracked = Array(repeating: false, count: (members.last?.column ?? -1) + 1)
    }
    for column in isTracked.indices { isTracked[column] = false }
    for group in refined { for member in group.members { isTracked[member.column] = true } }
    groups = refined
  }

  /// Makes groups of columns that were related until this chunk, and are not all in it.
  private func regroup(_ group: Group, _ chunks: [Int: Chunk], into refined: inout [Group]) {
    if group.members.isEmpty { return }
    var alike: [UInt64: [Member]] = [:]
    for member in group.members {
      guard let chunk = chunks[member.column], let signature = signature(of: chunk) else {
        continue
      }
      alike[signature, default: []].append(member)
    }
    for members in alike.values {
      var pending = Group(members: members, compared: group.compared)
      while pending.members.count > 1 {
        let (kept, others) = divide(pending, chunks)
        if kept.members.count > 1 { refined.append(kept) }
        pending = others
      }
    }
  }

  /// Those of a group that are related to its first in this chunk, too, and the others as they were.
  private func divide(_ group: Group, _ chunks: [Int: Chunk]) -> (kept: Group, others: Group) {
    var kept = Group(members: [], compared: group.compared)
    var others = kept
    guard var first = group.members.first, let one = chunks[first.column],
      let samples = prepare(&first, one)
    else {
      others.members = Array(group.members.dropFirst())
      return (kept, others)
    }
    kept.members.append(first)
    var comparedCount = 0
    var strings: TextTable?
    if case .codes(let codes)? = one.chunk?.values { strings = codes.dictionary }
    if let compared = group.compared, compared.strings === strings {
      comparedCount = compared.count
    }
    for member in group.members.dropFirst() {
      guard let other = chunks[member.column],
        let related = follow(member, other, first, one, samples, comparedCount)
      else {
        others.members.append(member)
        continue
      }
      kept.members.append(related)
    }
    if let strings { kept.compared = (strings, strings.count) }
    return (kept, others)
  }

  /// The rows of a chunk whose values a group's members note.
  private struct SampleRows {
    var first: Int?
    var second: Int?
  }

  /// Makes the first of a group ready for the others; `nil` where its chunk cannot be compared.
  private func prepare(_ member: inout Member, _ column: Chunk) -> SampleRows? {
    guard let chunk = column.chunk, column.report.kind != .ambiguousDate,
      let factor = member.adopt(column.report.kind)
    else { return nil }
    var samples = SampleRows()
    guard case .integers = chunk.values else { return samples }
    leader.take(chunk, column.report, factor: factor)
    member.widen(by: column.report, factor: factor)
    if member.first == nil {
      samples.first = leader.firstRow
      member.first = leader[leader.firstRow]
    }
    let first = member.first ?? 0
    leader.fillNulls(first)
    if member.second == nil {
      samples.second = leader.row(otherThan: first)
      member.second = samples.second.map { leader[$0] }
    }
    return samples
  }

  /// The member with what this chunk shows of it; `nil` where it is not related to the first.
  private func follow(
    _ member: Member, _ column: Chunk, _ first: Member, _ one: Chunk, _ samples: SampleRows,
    _ comparedStringCount: Int
  ) -> Member? {
    var member = member
    guard let other = column.chunk, let chunk = one.chunk,
      column.report.kind.family == one.report.kind.family, chunk.hasNulls(of: other),
      let factor = member.adopt(column.report.kind)
    else { return nil }
    switch (chunk.values, other.values) {
    case (.none, .none): return member
    case (.integers, .integers):
      follower.take(other, column.report, factor: factor)
      member.widen(by: column.report, factor: factor)
      if let row = samples.first { member.first = follower[row] }
      if let row = samples.second { member.second = follower[row] }
      guard let a0 = first.first, let b0 = member.first else { return nil }
      follower.fillNulls(b0)
      guard let a1 = first.second else {
        return follower.row(otherThan: b0) == nil ? member : nil
      }
      guard let b1 = member.second, let line = ValueLine((a0, b0), (a1, b1)) else { return nil }
      return leader.lies(on: line, with: follower) ? member : nil
    case (.floats(let a), .floats(let b)):
      let (a, b) = (a.pointer(as: UInt64.self), b.pointer(as: UInt64.self))
      let isEqual = (0..<chunk.rowCount).allSatisfy { a[$0] == b[$0] || chunk.isNull($0) }
      return isEqual ? member : nil
    case (.codes(let a), .codes(let b)):
      return a.isEqual(to: b, rowCount: chunk.rowCount, comparedStringCount) ? member : nil
    case (.text(let a), .text(let b)):
      return a.isEqual(to: b, rowCount: chunk.rowCount) ? member : nil
    default: return nil
    }
  }

  /// A number that the chunks of related columns share, and hardly any others; `nil` for chunks that
  /// cannot be compared.
  private func signature(of column: Chunk) -> UInt64? {
    guard let chunk = column.chunk, column.report.kind != .ambiguousDate else { return nil }
    var hash = SignatureHash()
    hash.add(UInt64(chunk.nullCount))
    if let validity = chunk.validity { hash.add(validity, (chunk.rowCount + 63) / 64 * 8) }
    switch chunk.values {
    case .none: break
    case .integers:
      hash.add(UInt64(bitPattern: Int64(column.report.kind.family.hashValue)))
      leader.take(chunk, column.report, factor: 1)
      leader.fillNulls(leader[leader.firstRow])
      leader.addDirection(to: &hash)
    case .floats(let values):
      hash.add(1)
      let bits = values.pointer(as: UInt64.self)
      for row in 0..<min(chunk.rowCount, SignatureHash.rowLimit) where !chunk.isNull(row) {
        hash.add(bits[row])
      }
    case .codes(let codes):
      hash.add(2)
      hash.add(UInt64(codes.dictionary.byteCount))
      hash.add(codes.codes, chunk.rowCount * codes.width)
    case .text(let text):
      hash.add(3)
      hash.add(text.ends, chunk.rowCount * 4)
    // What is kept is packed after it was looked at.
    case .packed: return nil
    }
    return hash.value
  }
}

/// Words of a signature, mixed: the seed is the process's, so no file can be made to collide.
struct SignatureHash {
  /// So many rows tell most columns apart; all of them are looked at afterwards.
  static let rowLimit = 1024

  private static let multiplier = HashSeed.ofProcess.multiplier
  private(set) var value = HashSeed.ofProcess.offset

  @inline(__always)
  mutating func add(_ word: UInt64) { value = fold(value ^ word, Self.multiplier) &+ word }

  mutating func add(_ slice: SlabSlice, _ byteCount: Int) {
    let words = byteCount / 8
    for index in 0..<words { add(slice.pointer(as: UInt64.self)[index]) }
    for index in words * 8..<byteCount { add(UInt64(slice.pointer(as: UInt8.self)[index])) }
  }
}

extension ColumnChunk {
  /// Whether the same rows are null in both.
  fileprivate func hasNulls(of other: ColumnChunk) -> Bool {
    guard nullCount == other.nullCount, rowCount == other.rowCount else { return false }
    guard nullCount > 0, nullCount < rowCount else { return true }
    guard let validity, let theirs = other.validity else { return false }
    return memcmp(validity.base, theirs.base, (rowCount + 63) / 64 * 8) == 0
  }
}

extension CodeChunk {
  /// Whether the rows have the same texts. Codes are given in the order in which a thread first sees
  /// texts, so columns that were equal all along have the same codes and equal tables.
  fileprivate func isEqual(to other: CodeChunk, rowCount: Int, _ comparedStringCount: Int) -> Bool {
    guard width == other.width, dictionary.count == other.dictionary.count,
      memcmp(codes.base, other.codes.base, rowCount * width) == 0
    else { return false }
    return (min(comparedStringCount, dictionary.count)..<dictionary.count).allSatisfy { code in
      let (a, b) = (dictionary[code], other.dictionary[code])
      return a.count == b.count && memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0
    }
  }
}

extension TextChunk {
  fileprivate func isEqual(to other: TextChunk, rowCount: Int) -> Bool {
    guard memcmp(ends.base, other.ends.base, rowCount * 4) == 0 else { return false }
    let end = rowCount == 0 ? 0 : Int(ends.pointer(as: UInt32.self)[rowCount - 1])
    return memcmp(bytes.base, other.bytes.base, end) == 0
  }
}
