/// What the order of a column's integers shows, for layouts that store a row by what stands before it.
///
/// It is made of rows that follow one another, and joined with that of the rows behind them, so it is the
/// same wherever the column was cut. Chunks, evidence and profiles carry it whole: one more such fact is a
/// change of this file alone. It needs a part in `append` and `multiplied(by:)`, which law tests hold to be
/// the same for every cut, and a share in `tellsNothing`.
package struct IntegerOrder: Hashable, Sendable {
  /// The rows, null ones included.
  package private(set) var rowCount = 0
  private var nullCount = 0
  /// The first and the last value; 0 where there is none.
  private var first: Int64 = 0
  private var last: Int64 = 0
  /// The difference between all neighbours; `nil` where there are none, or it varies.
  private var step: Int64?
  /// Whether no row is null and no step is 0 or another than the rest.
  private var isEven = true

  /// No rows.
  package init() {}

  /// Rows without a value.
  package init(nullCount: Int) {
    (rowCount, self.nullCount) = (nullCount, nullCount)
    isEven = nullCount == 0
  }

  /// A row that has a value.
  package init(_ value: Int64) {
    (rowCount, first, last) = (1, value, value)
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
    rowCount = count
    self.nullCount = nullCount
    isEven = nullCount == 0 && Self.hasOneStep(values, count)
    guard isEven else { return }
    (first, last) = (values[0], values[count - 1])
    if count > 1 { step = values[1] &- values[0] }
  }

  /// Whether all neighbours differ by the same, which is not 0: a column of one value is told as that.
  private static func hasOneStep(_ values: UnsafePointer<Int64>, _ count: Int) -> Bool {
    guard count > 1 else { return true }
    let step = values[1] &- values[0]
    if step == 0 { return false }
    for row in 1..<count where values[row] &- values[row &- 1] != step { return false }
    return true
  }

  /// Whether nothing is to be had from it, whatever rows stand before or behind: no layout profits.
  package var tellsNothing: Bool { !isEven }

  /// Adds the rows that follow.
  package mutating func append(_ next: IntegerOrder) {
    if next.rowCount == 0 { return }
    if rowCount == 0 {
      self = next
      return
    }
    rowCount += next.rowCount
    nullCount += next.nullCount
    let seam = next.first &- last
    last = next.last
    isEven =
      isEven && next.isEven && seam != 0 && step ?? seam == seam && next.step ?? seam == seam
    step = seam
    if !isEven { (first, last, step) = (0, 0, nil) }
  }

  /// The order of the same rows in a smaller unit.
  package func multiplied(by factor: Int64) -> IntegerOrder {
    var order = self
    order.first = first &* factor
    order.last = last &* factor
    order.step = step.map { $0 &* factor }
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
}

extension IntegerOrder: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    rowCount = try reader.readCount()
    nullCount = try reader.readCount(rowCount)
    first = try reader.readInt64()
    last = try reader.readInt64()
    step = try reader.readFlag() ? try reader.readInt64() : nil
    isEven = try reader.readFlag()
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(count: rowCount)
    writer.write(count: nullCount)
    writer.write(first)
    writer.write(last)
    writer.write(step != nil)
    if let step { writer.write(step) }
    writer.write(isEven)
  }
}
