import Columnar

/// Whether neighbours differ by the same step throughout, of chunks that come in any order.
///
/// Chunks that follow one another are joined as soon as both are there, so a whole column is one run,
/// and a column that is no sequence is nothing but that.
struct SequenceEvidence: Hashable, Codable, Sendable {
  /// Rows that follow one another.
  private struct Run: Hashable, Codable, Sendable {
    /// Where they stand: numbers of chunks, or of rows.
    var span: Range<Int>
    /// The first and the last value; `nil` where there are no rows.
    var ends: Ends?
  }

  private struct Ends: Hashable, Codable, Sendable {
    var first: Int64
    var last: Int64
  }

  /// Some row is null, or some step another: nothing that follows changes that.
  private(set) var isBroken = false
  /// What values and step are counted in; `nil` while there are none.
  private var kind: FieldKind?
  /// `nil` while no two neighbours are there.
  private var step: Int64?
  /// In order, with gaps between them.
  private var runs: [Run] = []

  private enum CodingKeys: String, CodingKey {
    case kind, step, runs
    case isBroken = "is_broken"
  }

  /// Adds a chunk.
  mutating func add(_ report: ChunkReport, at span: Range<Int>) {
    guard !isBroken, !span.isEmpty else { return }
    if report.rowCount == 0 {
      insert(Run(span: span))
      return
    }
    guard report.nullCount == 0, let step = report.step, let factor = adopt(report.kind) else {
      return giveUp()
    }
    if report.rowCount > 1 { note(step: step &* factor) }
    insert(
      Run(span: span, ends: Ends(first: report.first &* factor, last: report.last &* factor)))
  }

  /// Adds the chunks of another part of the column.
  mutating func formUnion(_ other: SequenceEvidence) {
    if isBroken { return }
    if other.isBroken { return giveUp() }
    var factor: Int64 = 1
    if let kind = other.kind {
      guard let found = adopt(kind) else { return giveUp() }
      factor = found
    }
    if let step = other.step { note(step: step &* factor) }
    for var run in other.runs where !isBroken {
      run.ends = run.ends.map { Ends(first: $0.first &* factor, last: $0.last &* factor) }
      insert(run)
    }
  }

  /// The start and step of a whole column, which has so many rows between these integers in units of
  /// `kind`; `nil` where it is no sequence.
  func sequence(
    kind: FieldKind, rowCount: Int, range: ClosedRange<Int128>
  ) -> IntegerProfile.Sequence? {
    guard !isBroken, rowCount > 1, runs.count == 1, let ends = runs[0].ends, let step,
      let factor = self.kind?.factor(to: kind)
    else { return nil }
    let start = ends.first &* factor
    let stride = step &* factor
    // Bits alone do not tell: steps may have wrapped, and values be without a sign.
    let end = Int128(start) + Int128(stride) * Int128(rowCount - 1)
    let spanned = stride > 0 ? (Int128(start), end) : (end, Int128(start))
    // Columns without a sign have bits that no sequence of signed integers ends in.
    guard stride != 0, range.upperBound <= Int64.max else { return nil }
    return spanned == (range.lowerBound, range.upperBound)
      ? IntegerProfile.Sequence(start: start, step: stride) : nil
  }

  private mutating func giveUp() {
    self = SequenceEvidence()
    isBroken = true
  }

  /// Counts in a unit that holds values of `kind`, too; returns the factor that brings these to it,
  /// `nil` where they do not go together.
  private mutating func adopt(_ kind: FieldKind) -> Int64? {
    guard let own = self.kind else {
      self.kind = kind
      return 1
    }
    guard let joined = own.joined(with: kind), let growth = own.factor(to: joined) else {
      return nil
    }
    if growth != 1 {
      step = step.map { $0 &* growth }
      for index in runs.indices {
        runs[index].ends = runs[index].ends.map {
          Ends(first: $0.first &* growth, last: $0.last &* growth)
        }
      }
    }
    self.kind = joined
    return kind.factor(to: joined)
  }

  private mutating func note(step other: Int64) {
    // A column of one value is told as that.
    if other == 0 || step.map({ $0 != other }) ?? false { return giveUp() }
    step = other
  }

  private mutating func insert(_ run: Run) {
    if isBroken { return }
    var place = runs.endIndex
    while place > 0, runs[place - 1].span.lowerBound > run.span.lowerBound { place -= 1 }
    if place > 0, runs[place - 1].span.upperBound > run.span.lowerBound { return giveUp() }
    if place < runs.endIndex, runs[place].span.lowerBound < run.span.upperBound { return giveUp() }
    runs.insert(run, at: place)
    if place + 1 < runs.endIndex { joinNext(at: place) }
    if !isBroken, place > 0 { joinNext(at: place - 1) }
  }

  /// Joins a run with the next, where that follows it.
  private mutating func joinNext(at place: Int) {
    let (run, next) = (runs[place], runs[place + 1])
    guard run.span.upperBound == next.span.lowerBound else { return }
    var ends = run.ends ?? next.ends
    if let own = run.ends, let theirs = next.ends {
      note(step: theirs.first &- own.last)
      if isBroken { return }
      ends?.last = theirs.last
    }
    runs[place] = Run(span: run.span.lowerBound..<next.span.upperBound, ends: ends)
    runs.remove(at: place + 1)
  }
}
