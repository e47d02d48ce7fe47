extension ChunkReport {
  /// Whether the chunk's kind says little of what most of its fields are: it is the widest of them.
  package var leavesClassOpen: Bool {
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

  /// Asks some fields, evenly spread, what they are; each speaks for as many rows as there are
  /// between two.
  package func vote(on fields: FieldSlice) {
    switch target {
    case .inferred, .inferredUntold: break
    default: return
    }
    let count = min(fields.rowCount, Self.sampleCount)
    for index in 0..<count {
      let found = FieldClass(fields[index * fields.rowCount / count], context)
      votes[found, default: 0] += max(1, fields.rowCount / count)
    }
  }
}

/// What most fields of a column are, as far as its chunks tell: enough to know which narrower type is
/// worth a trial. How many fields do not fit is then counted over all rows.
struct ClassVotes {
  private var counts: [FieldClass: Int] = [:]
  private var total = 0
  private let chunks: Set<FieldClass>

  init(_ column: LoadedColumn) {
    var counts: [FieldClass: Int] = [:]
    for report in column.reports where !report.leavesClassOpen {
      counts[FieldClass(of: report), default: 0] += report.valueCount
    }
    for parser in column.parsers { counts.merge(parser.votes) { $0 + $1 } }
    counts[.null] = nil
    self.counts = counts
    total = counts.values.reduce(0, +)
    chunks = Set(column.reports.map { FieldClass(of: $0) })
  }

  /// The narrowest class that at least `share` of the votes are for, and that not all chunks fit.
  func narrowest(share: Double) -> FieldClass? {
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
