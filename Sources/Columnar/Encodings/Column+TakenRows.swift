extension Column {
  /// Layouts that hold a row by what stands before it, or list it.
  private static let relativeEncodings: [any Encoding] = [
    PatchedEncoding(), DeltaEncoding(), RunsEncoding(),
  ]
  /// Layouts in which each row stands for itself.
  private static let directEncodings: [any Encoding] = [
    IntegerEncoding(), FrameOfReferenceEncoding(), PackedEncoding(),
  ]

  /// Whether rows are held by what stands before them, or listed.
  package var isRelative: Bool {
    layout.encoding == SequenceEncoding().name
      || Self.relativeEncodings.contains { $0.name == layout.encoding }
  }

  /// Whether rows that are far from the others are listed.
  package var listsRows: Bool { layout.encoding == PatchedEncoding().name }

  /// Other rows of this column, which is held in runs, in steps or with some rows listed, in such a layout again: the
  /// one that takes the fewest bytes, counted as for a column that is read. `nil` where these are not fewer than those
  /// of rows that stand for themselves.
  ///
  /// - Parameters:
  ///   - values: Of `count` rows, of which at least one is not null.
  ///   - range: The least and the greatest of them.
  ///   - listsRows: Whether some may be listed; by itself, where this column lists some.
  package func relaid(
    _ values: UnsafePointer<Int64>, count: Int, in range: ClosedRange<Int64>, validity: Buffer?,
    nullCount: Int, listsRows: Bool? = nil
  ) -> Column? {
    let bits = nullCount == 0 ? nil : validity.map { UnsafePointer($0.pointer(as: UInt64.self)) }
    var spread: IntegerSpread?
    if listsRows ?? self.listsRows {
      spread = IntegerSpread()
      spread?.add(values, count: count, validity: bits, in: range)
    }
    var profile = ColumnProfile(name: name, type: type, rowCount: count, nullCount: nullCount)
    profile.integers = IntegerProfile(
      minimum: Int128(range.lowerBound), maximum: Int128(range.upperBound),
      order: IntegerOrder(values, count: count, nullCount: nullCount, validity: bits),
      spread: spread)
    let policy = LayoutPolicy().storing(.packed)
    func costs(_ encoding: any Encoding) -> [LayoutCost] {
      encoding.costs(for: profile, policy: policy)
    }
    let direct = Self.directEncodings.flatMap(costs).map(\.footprint.total).min() ?? .max
    let relative = Self.relativeEncodings.flatMap { encoding in
      costs(encoding).filter {
        encoding.isIndirect
          ? $0.footprint.total <= direct / 5 * 4 : $0.footprint.total < direct
      }
    }
    guard let best = relative.min(by: { $0.footprint.total < $1.footprint.total })?.layout else {
      return nil
    }
    var chunks = ChunkedValues(
      values, count: count, validity: bits, nullCount: nullCount, of: self)
    return try? Encodings.named[best.encoding]?.encode(&chunks, layout: best)
  }
}
