/// Integers of groups that are packed.
struct RadixDecoder: IntegerDecoder {
  let rowCount: Int
  let groups: RadixGroups
  let blocks: Buffer
  /// What is added to each.
  let base: Int64

  var byteCount: Int { blocks.byteCount }
  var isUnsigned: Bool { false }
  var bounds: ClosedRange<Int64>? {
    let (greatest, overflow) = base.addingReportingOverflow(Int64(groups.radix - 1))
    return overflow ? nil : base...greatest
  }

  /// The groups that are unpacked together.
  private static let pieceCount = PackedBlocks.rowCount

  private var packed: PackedValues {
    PackedValues(blocks: UnsafeRawPointer(blocks.base), bits: groups.bits)
  }

  /// One group is looked at, and no block unpacked.
  func value(at row: Int) -> Int64 {
    let (group, place) = row.quotientAndRemainder(dividingBy: groups.count)
    return Int64(truncatingIfNeeded: groups.number(at: place, of: packed.value(at: group))) &+ base
  }

  func decode(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    if rows.isEmpty { return }
    let packed = PlainValues.packed(packed)
    let end = groups.groupCount(rowCount: rows.upperBound)
    withUnsafeTemporaryAllocation(
      of: Int64.self, capacity: Self.pieceCount + groups.count
    ) { room in
      guard let scratch = room.baseAddress else { return }
      let edge = scratch + Self.pieceCount
      var first = rows.lowerBound / groups.count
      while first < end {
        let piece = first..<min(end, (first / Self.pieceCount + 1) * Self.pieceCount)
        let words = packed.words(piece, scratch)
        var group = piece.lowerBound
        while group < piece.upperBound {
          let held = group * groups.count..<(group + 1) * groups.count
          let shared = held.clamped(to: rows)
          if shared == held {
            // All groups but the outermost lie within the rows.
            let count = min(piece.upperBound, rows.upperBound / groups.count) - group
            groups.split(
              words + (group - piece.lowerBound), count: count, base: base,
              to: target + (held.lowerBound - rows.lowerBound))
            group += count
          } else {
            groups.split(words + (group - piece.lowerBound), count: 1, base: base, to: edge)
            (target + (shared.lowerBound - rows.lowerBound)).update(
              from: edge + (shared.lowerBound - held.lowerBound), count: shared.count)
            group += 1
          }
        }
        first = piece.upperBound
      }
    }
  }
}
