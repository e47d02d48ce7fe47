extension ChunkReport {
  /// Whether the chunk's kind says little of what most of its fields are: it is the widest of them.
  fileprivate var leavesClassOpen: Bool {
    switch kind {
    case .string, .float, .duration: true
    // Tenths may be whole numbers but for some.
    case .decimal(scale: 1): true
    case .decimal, .time, .timestamp: minimumDigits < maximumDigits
    default: false
    }
  }
}

extension ColumnParser {
  /// The fields of a chunk that are asked.
  private static let sampleCount = 32

  /// Notes what a chunk's fields are; where its kind does not tell, asks some of them, evenly spread: each
  /// speaks for as many rows as there are between two.
  package func vote(on fields: FieldSlice, _ report: ChunkReport) {
    votes.add(report)
    guard report.leavesClassOpen else { return }
    switch target {
    case .inferred, .inferredUntold: break
    default: return
    }
    let count = min(fields.rowCount, Self.sampleCount)
    for index in 0..<count {
      let found = FieldClass(fields[index * fields.rowCount / count], context)
      votes.add(found, rowCount: max(1, fields.rowCount / count))
    }
  }
}

/// What most fields of a column are, as far as its chunks tell: enough to know which narrower type is
/// worth a trial. How many fields do not fit is then counted over all rows.
///
/// It is no part of a column's evidence: a sample of each chunk shows where chunks begin.
struct ClassVotes: Hashable, Sendable {
  /// For so many rows each class speaks, other than that of nulls.
  private var counts: [FieldClass: Int] = [:]
  private var chunks: Set<FieldClass> = []

  fileprivate mutating func add(_ report: ChunkReport) {
    let found = FieldClass(of: report)
    chunks.insert(found)
    if !report.leavesClassOpen { add(found, rowCount: report.valueCount) }
  }

  fileprivate mutating func add(_ found: FieldClass, rowCount: Int) {
    if found != .null { counts[found, default: 0] += rowCount }
  }

  mutating func formUnion(_ other: ClassVotes) {
    counts.merge(other.counts) { $0 + $1 }
    chunks.formUnion(other.chunks)
  }

  /// The narrowest class that at least `share` of the votes are for, and that not all chunks fit.
  func narrowest(share: Double) -> FieldClass? {
    let total = counts.values.reduce(0, +)
    let candidates = counts.keys.filter { candidate in
      candidate != .text && support(candidate) >= share * Double(total)
        && chunks.contains { !$0.fits(candidate) }
    }
    return candidates.filter { candidate in
      candidates.allSatisfy { $0 == candidate || !$0.fits(candidate) }
    }.max { (support($0), "\($0)") < (support($1), "\($1)") }
  }

  private func support(_ candidate: FieldClass) -> Double {
    Double(counts.reduce(0) { $0 + ($1.key.fits(candidate) ? $1.value : 0) })
  }
}
