import CKernels

/// What the order of a column's integers shows, for layouts that store a row by what stands before it.
///
/// It is made of rows that follow one another, and joined with that of the rows behind them, so it is the
/// same wherever the column was cut. Chunks, evidence and profiles carry it whole: one more such fact is a
/// change of this file alone. It needs a part in `append` and `multiplied(by:)`, which law tests hold to be
/// the same for every cut. It holds how many rows are null, and not where: wherever nulls are put among the
/// rest, the order is the same.
package struct IntegerOrder: Hashable, Sendable {
  /// The rows, null ones included.
  package private(set) var rowCount = 0
  private var nullCount = 0
  /// How many runs of equal values there are; a null belongs to the run before it.
  package private(set) var runCount = 0
  /// The first and the last value; 0 where there is none.
  private var first: Int64 = 0
  private var last: Int64 = 0
  /// The difference between all neighbours; `nil` where there are none, or it varies.
  private var step: Int64?
  /// Whether no row is null and no step is 0 or another than the rest.
  private var isEven = true
  /// The least and the greatest difference between runs that follow one another; `nil` where there are
  /// none, or some do not fit 64 bits.
  private var steps: ClosedRange<Int64>?
  private var hasWideSteps = false

  /// No rows.
  package init() {}

  /// Rows without a value.
  package init(nullCount: Int) {
    (rowCount, self.nullCount) = (nullCount, nullCount)
    isEven = nullCount == 0
  }

  /// A row that has a value.
  package init(_ value: Int64) {
    (rowCount, runCount, first, last) = (1, 1, value, value)
  }

  /// Rows in order, of which `nil` is null.
  package init(_ rows: some Sequence<Int64?>) {
    for value in rows { append(value.map { IntegerOrder($0) } ?? IntegerOrder(nullCount: 1)) }
  }

  /// The rows of a chunk, of which there is at least one.
  ///
  /// - Parameters:
  ///   - nullCount: How many of them are null.
  ///   - validity: Bit `i` is 1 where row `i` has a value; `nil` where all have or none has.
  package init(
    _ values: UnsafePointer<Int64>, count: Int, nullCount: Int, validity: UnsafePointer<UInt64>?
  ) {
    guard let validity else {
      self =
        nullCount == 0 ? IntegerOrder(values, count: count) : IntegerOrder(nullCount: nullCount)
      return
    }
    self = withUnsafeTemporaryAllocation(of: Int64.self, capacity: count + 1) { room in
      // Each row is written where the next value stands, whether it has one or not: no branch to foretell.
      let present = room.baseAddress!
      var place = 0
      for row in 0..<count {
        present[place] = values[row]
        place &+= Int(truncatingIfNeeded: validity[row >> 6] >> UInt64(row & 63) & 1)
      }
      return IntegerOrder(present, count: place)
    }
    append(IntegerOrder(nullCount: nullCount))
  }

  /// Rows that all have a value, of which there is at least one.
  private init(_ values: UnsafePointer<Int64>, count: Int) {
    var seen = diet_order()
    diet_order_i64(values, count, &seen)
    rowCount = count
    runCount = Int(seen.changes) + 1
    (first, last) = (values[0], values[count - 1])
    hasWideSteps = seen.is_wide != 0
    if runCount > 1, !hasWideSteps { steps = seen.least...seen.greatest }
    isEven = runCount == count && (count == 1 || seen.has_one_step != 0)
    if isEven, count > 1 { step = values[1] &- values[0] }
  }

  private mutating func add(step: (partialValue: Int64, overflow: Bool)) {
    if step.overflow { hasWideSteps = true }
    if hasWideSteps {
      steps = nil
    } else {
      add(steps: step.partialValue...step.partialValue)
    }
  }

  private mutating func add(steps others: ClosedRange<Int64>) {
    steps =
      steps.map {
        min($0.lowerBound, others.lowerBound)...max($0.upperBound, others.upperBound)
      } ?? others
  }

  /// Adds the rows that follow.
  package mutating func append(_ next: IntegerOrder) {
    if next.rowCount == 0 { return }
    if rowCount == 0 {
      self = next
      return
    }
    let seam = next.first &- last
    let staysEven =
      isEven && next.isEven && seam != 0 && step ?? seam == seam && next.step ?? seam == seam
    rowCount += next.rowCount
    nullCount += next.nullCount
    (isEven, step) = (staysEven, staysEven ? seam : nil)
    if next.runCount == 0 { return }
    let known = runCount
    hasWideSteps = hasWideSteps || next.hasWideSteps
    if known > 0, next.first != last { add(step: next.first.subtractingReportingOverflow(last)) }
    if hasWideSteps { steps = nil } else if let others = next.steps { add(steps: others) }
    runCount = known + next.runCount - (known > 0 && next.first == last ? 1 : 0)
    if known == 0 { first = next.first }
    last = next.last
  }

  /// The order of the same rows in a smaller unit.
  package func multiplied(by factor: Int64) -> IntegerOrder {
    var order = self
    order.first = first &* factor
    order.last = last &* factor
    order.step = step.map { $0 &* factor }
    if let steps {
      let low = steps.lowerBound.multipliedReportingOverflow(by: factor)
      let high = steps.upperBound.multipliedReportingOverflow(by: factor)
      order.hasWideSteps = low.overflow || high.overflow
      order.steps = order.hasWideSteps ? nil : low.partialValue...high.partialValue
    }
    return order
  }

  /// The start and step of rows that lie between these integers, where each differs from the one before
  /// by the same; `nil` where they do not.
  package func sequence(in range: ClosedRange<Int128>) -> IntegerProfile.Sequence? {
    // Columns without a sign have bits that no sequence of signed integers ends in.
    guard isEven, rowCount > 1, let step, range.upperBound <= Int64.max else { return nil }
    // Bits alone do not tell: steps may have wrapped, and values be without a sign.
    let end = Int128(first) + Int128(step) * Int128(rowCount - 1)
    let spanned = step > 0 ? (Int128(first), end) : (end, Int128(first))
    return spanned == (range.lowerBound, range.upperBound)
      ? IntegerProfile.Sequence(start: first, step: step) : nil
  }

  /// The least and the greatest difference between neighbouring rows, where a null repeats the row before
  /// it; `nil` where some do not fit 64 bits, and where there is no value.
  package var rowSteps: ClosedRange<Int64>? {
    if hasWideSteps || runCount == 0 { return nil }
    guard let steps else { return 0...0 }
    if runCount == rowCount { return steps }
    return min(steps.lowerBound, 0)...max(steps.upperBound, 0)
  }

  /// The order of the values of runs, a row a run.
  package var ofRuns: IntegerOrder {
    var order = self
    (order.rowCount, order.nullCount) = (runCount, 0)
    let step = steps.flatMap { $0.lowerBound == $0.upperBound ? $0.lowerBound : nil }
    (order.isEven, order.step) = (runCount < 2 || step != nil, step)
    return order
  }
}

extension IntegerOrder: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    rowCount = try reader.readCount()
    nullCount = try reader.readCount(rowCount)
    runCount = try reader.readCount(rowCount - nullCount)
    first = try reader.readInt64()
    last = try reader.readInt64()
    step = try reader.readFlag() ? try reader.readInt64() : nil
    isEven = try reader.readFlag()
    if try reader.readFlag() {
      let (low, high) = (try reader.readInt64(), try reader.readInt64())
      guard low <= high else { throw reader.fault("the least step is more than the greatest") }
      steps = low...high
    }
    hasWideSteps = try reader.readFlag()
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(count: rowCount)
    writer.write(count: nullCount)
    writer.write(count: runCount)
    writer.write(first)
    writer.write(last)
    writer.write(step != nil)
    if let step { writer.write(step) }
    writer.write(isEven)
    writer.write(steps != nil)
    if let steps {
      writer.write(steps.lowerBound)
      writer.write(steps.upperBound)
    }
    writer.write(hasWideSteps)
  }
}
