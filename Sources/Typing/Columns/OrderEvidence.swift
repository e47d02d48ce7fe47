import Columnar

/// What the order of a column's integers shows, of chunks that come in any order.
///
/// What that is, `IntegerOrder` says; here is only where chunks stand. Those that follow one another are
/// joined as soon as both are there, so a whole column is one stretch.
///
/// Where nulls stand among values does not matter to an order, only how many there are. So rows that lack the
/// column need no place; but without them nobody knows that the chunks on both sides follow one another. That is
/// told once all of a part is there (`close`), so that no cut is seen.
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
    if report.valueCount == 0 {
      return insert([Stretch(span: span, order: IntegerOrder(nullCount: report.rowCount))])
    }
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

  /// Makes one stretch of each part, of which all chunks are there: rows that none of them has are null.
  ///
  /// - Parameter parts: Where they stand and how many rows they have, in order and without touching one another;
  ///   `nil` where spans do not tell which rows follow one another.
  mutating func close(_ parts: [(span: Range<Int>, rowCount: Int)]?) {
    guard !isBroken else { return }
    guard let parts else { return giveUp() }
    var rest = stretches[...]
    stretches = parts.map { span, rowCount in
      let end = rest.firstIndex { $0.span.lowerBound >= span.upperBound } ?? rest.endIndex
      defer { rest = rest[end...] }
      return Stretch(span: span, order: Self.joined(rest[..<end], rowCount: rowCount))
    }
  }

  /// The order of a whole column of so many rows, in units of `kind`; `nil` where it shows nothing.
  func whole(kind: FieldKind, rowCount: Int) -> IntegerOrder? {
    guard !isBroken, let factor = self.kind?.factor(to: kind) else { return nil }
    return Self.joined(stretches[...], rowCount: rowCount).multiplied(by: factor)
  }

  /// One after the other; of so many rows, those that no chunk has are null.
  private static func joined(_ stretches: ArraySlice<Stretch>, rowCount: Int) -> IntegerOrder {
    var order = stretches.reduce(into: IntegerOrder()) { $0.append($1.order) }
    if order.rowCount < rowCount {
      order.append(IntegerOrder(nullCount: rowCount - order.rowCount))
    }
    return order
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
      let start = try reader.readCount()
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
      writer.write(count: stretch.span.lowerBound)
      writer.write(count: stretch.span.count)
      writer.write(stretch.order)
    }
  }
}
