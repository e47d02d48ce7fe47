import CKernels

/// The place of each of some different 64-bit values among them: a list where they lie close together, a
/// hash table with linear probing where not.
struct IntegerRanks: Sendable {
  private struct Slot {
    var value: Int64 = 0
    var rank = UInt32.max
  }

  private static let blockRowCount = 256

  /// For each value from `least` on: its rank.
  private let list: [UInt32]
  private let least: Int64
  /// A power of two of slots, none where there is a list; at most half of them are taken.
  private let slots: [Slot]
  private let seed = HashSeed.ofProcess

  /// - Parameter values: Different ones, in the order of their ranks.
  init(_ values: [Int64]) {
    let least = values.min() ?? 0
    let range = UInt64(bitPattern: (values.max() ?? 0) &- least)
    self.least = least
    if range < UInt64(values.count) * 8 {
      var list = [UInt32](repeating: .max, count: Int(range) + 1)
      for (rank, value) in values.enumerated() { list[Int(value &- least)] = UInt32(rank) }
      (self.list, slots) = (list, [])
      return
    }
    var capacity = 16
    while capacity < values.count * 2 { capacity *= 2 }
    var slots = [Slot](repeating: Slot(), count: capacity)
    for (rank, value) in values.enumerated() {
      var index = seed.place(of: value) & (capacity - 1)
      while slots[index].rank != .max { index = (index + 1) & (capacity - 1) }
      slots[index] = Slot(value: value, rank: UInt32(rank))
    }
    (list, self.slots) = ([], slots)
  }

  /// Writes the rank of the value that `value` gives of each row; nothing where the row is null.
  @inline(__always)
  func write<Code: FixedWidthInteger>(
    _ chunk: ColumnChunk, to codes: UnsafeMutablePointer<Code>, _ value: (Int) -> Int64
  ) {
    if slots.isEmpty {
      list.withUnsafeBufferPointer { list in
        for row in 0..<chunk.rowCount where !chunk.isNull(row) {
          codes[row] = code(list[Int(value(row) &- least)])
        }
      }
      return
    }
    slots.withUnsafeBufferPointer { slots in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: Self.blockRowCount) { values in
        guard let slots = slots.baseAddress, let values = values.baseAddress else { return }
        for start in stride(from: 0, to: chunk.rowCount, by: Self.blockRowCount) {
          let count = min(Self.blockRowCount, chunk.rowCount - start)
          // A large table is not in the cache: all slots of the block are waited for together.
          for place in 0..<count {
            values[place] = value(start + place)
            diet_prefetch(slots + (seed.place(of: values[place]) & mask))
          }
          for place in 0..<count where !chunk.isNull(start + place) {
            codes[start + place] = code(rank(of: values[place], slots))
          }
        }
      }
    }
  }

  private var mask: Int { slots.count - 1 }

  @inline(__always)
  private func rank(of value: Int64, _ slots: UnsafePointer<Slot>) -> UInt32 {
    var index = seed.place(of: value) & mask
    while slots[index].value != value, slots[index].rank != .max { index = (index &+ 1) & mask }
    return slots[index].rank
  }

  @inline(__always)
  private func code<Code: FixedWidthInteger>(_ rank: UInt32) -> Code {
    guard rank != .max else { fatalError("a value is not among the distinct ones") }
    return Code(truncatingIfNeeded: rank)
  }
}
