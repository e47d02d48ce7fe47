import Columnar

/// What the order of a column's integers shows, of chunks that come in any order.
///
/// What that is, `IntegerOrder` says; here is only where chunks stand. Those that follow one another are
/// joined as soon as both are there, so a whole column is one stretch.
struct OrderEvidence: Hashable, Sendable {
  /// Rows that follow one another.
  private struct Stretch: Hashable, Sendable {
    /// Where they stand: numbers of chunks, or of rows.
    var span: Range<Int>
    var order: IntegerOrder
  }

  /// Nothing is to be had from the order, whatever else comes.
  private(set) var isBroken = false
  /// What values are counted in; `nil` while there are none.
  private var kind: FieldKind?
  /// By their places, with gaps between them.
  private var stretches: [Stretch] = []

  /// Adds a chunk; its rows are null where its span is empty, wherever they stand.
  mutating func add(_ report: ChunkReport, at span: Range<Int>) {
    guard !isBroken else { return }
    // Where some nulls stand is not known, and a cut must not be seen.
    if report.nullCount > 0 { return giveUp() }
    guard let order = report.order, let factor = adopt(report.kind) else { return giveUp() }
    insert([Stretch(span: span, order: order.multiplied(by: factor))])
  }

  /// Adds the chunks of another part of the column.
  mutating func formUnion(_ other: OrderEvidence) {
    if isBroken { return }
    if other.isBroken { return giveUp() }
    var factor: Int64 = 1
    if let kind = other.kind {
      guard let found = adopt(kind) else { return giveUp() }
      factor = found
    }
    insert(
      other.stretches.map { Stretch(span: $0.span, order: $0.order.multiplied(by: factor)) })
  }

  /// The order of a whole column of so many rows, in units of `kind`; `nil` where it shows nothing.
  func whole(kind: FieldKind, rowCount: Int) -> IntegerOrder? {
    guard !isBroken, let factor = self.kind?.factor(to: kind) else { return nil }
    var order = stretches.reduce(into: IntegerOrder()) { $0.append($1.order) }
    // Rows that no chunk has are null.
    if order.rowCount < rowCount {
      order.append(IntegerOrder(nullCount: rowCount - order.rowCount))
    }
    return order.multiplied(by: factor)
  }

  private mutating func giveUp() {
    self = OrderEvidence()
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
      for index in stretches.indices {
        stretches[index].order = stretches[index].order.multiplied(by: growth)
      }
    }
    self.kind = joined
    return kind.factor(to: joined)
  }

  /// Adds stretches that are in order of their places.
  private mutating func insert(_ others: [Stretch]) {
    var others = others
    if let start = others.first?.span.lowerBound {
      // Chunks come nearly in order: what stands before them stays as it is.
      let place = stretches.lastIndex { $0.span.lowerBound < start } ?? 0
      others = (stretches[place...] + others).sorted { $0.span.lowerBound < $1.span.lowerBound }
      stretches.removeSubrange(place...)
    }
    for other in others where !isBroken { append(other) }
  }

  /// Adds a stretch behind the others, of which it may follow the last.
  private mutating func append(_ other: Stretch) {
    guard !other.span.isEmpty else { return }
    guard let last = stretches.last, last.span.upperBound >= other.span.lowerBound else {
      return stretches.append(other)
    }
    guard last.span.upperBound == other.span.lowerBound else { return giveUp() }
    let index = stretches.endIndex - 1
    stretches[index].span = last.span.lowerBound..<other.span.upperBound
    stretches[index].order.append(other.order)
  }
}

extension OrderEvidence: ProfilePart {
  init(from reader: inout ProfileReader) throws(ProfileFault) {
    self.init()
    isBroken = try reader.readFlag()
    kind = try reader.readOptional()
    for _ in 0..<(try reader.readCount(1 << 24)) {
      let start = Int(try reader.readInt64())
      let span = start..<start + (try reader.readCount())
      guard stretches.last.map({ $0.span.upperBound < span.lowerBound }) ?? true else {
        throw reader.fault("the stretches do not ascend")
      }
      stretches.append(Stretch(span: span, order: try reader.read()))
    }
  }

  func write(to writer: inout ProfileWriter) {
    writer.write(isBroken)
    writer.write(kind)
    writer.write(count: stretches.count)
    for stretch in stretches {
      writer.write(Int64(stretch.span.lowerBound))
      writer.write(count: stretch.span.count)
      writer.write(stretch.order)
    }
  }
}
