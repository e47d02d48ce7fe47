import Columnar

/// The keys of the rows that have a value, group after group: what medians and distinct counts of groups
/// read. Eight bytes a row.
struct GroupedKeys: @unchecked Sendable {
  // Sound to share: each group's keys are changed by the one thread that has the group.
  private let buffer: Buffer
  /// The keys of group *g* are at `starts[g]..<starts[g + 1]`.
  let starts: [Int]

  init(_ index: GroupIndex, _ keys: OrderKeys, skipsNaN: Bool) {
    let parts = index.parts
    let tableCount = index.slotCount + 1
    @Sendable @inline(__always) func forEach(
      _ part: Range<Int>, _ body: (_ slot: Int, _ key: Int64) -> Void
    ) {
      index.forEachBlock(part) { range, slots in
        keys.forEach(range) { row, key in
          if skipsNaN && key == OrderKeys.nanKey { return }
          body(Int(slots[row &- range.lowerBound]), key)
        }
      }
    }
    var places = parallelMap(parts.count) { part in
      var counts = [UInt32](repeating: 0, count: tableCount)
      counts.withUnsafeMutableBufferPointer { counts in
        let counts = counts.baseAddress!
        forEach(parts[part]) { slot, _ in counts[slot] &+= 1 }
      }
      return counts
    }
    var starts = [0]
    starts.reserveCapacity(tableCount)
    var next: UInt32 = 0
    for slot in 0..<tableCount {
      for part in places.indices { (places[part][slot], next) = (next, next + places[part][slot]) }
      if slot < index.slotCount { starts.append(Int(next)) }
    }
    self.starts = starts
    buffer = Buffer(uninitializedByteCount: Int(next) * 8)
    let target = Shared(buffer.pointer(as: Int64.self))
    let firsts = places
    _ = parallelMap(parts.count) { part in
      var next = firsts[part]
      next.withUnsafeMutableBufferPointer { next in
        let next = next.baseAddress!
        forEach(parts[part]) { slot, key in
          target.pointer[Int(next[slot])] = key
          next[slot] &+= 1
        }
      }
    }
  }

  /// `body` of the keys of each of these groups, which it may bring into another order; in parallel.
  func map<T: Sendable>(
    _ groups: GroupOrder, _ body: @Sendable (UnsafeMutableBufferPointer<Int64>) -> T
  ) -> [T] {
    let keys = Shared(buffer.pointer(as: Int64.self))
    let step = max(1, groups.count / 256)
    return Columnar.parallelMap(groups.count, threads: KernelThreads.count, stepCount: step) {
      let (start, end) = (starts[groups[$0]], starts[groups[$0] + 1])
      return body(UnsafeMutableBufferPointer(start: keys.pointer + start, count: end - start))
    }
  }
}

extension UnsafeMutableBufferPointer<Int64> {
  /// The element of this rank, with no greater one before and no lesser one behind it (Hoare's
  /// quickselect). Where pivots fail, as on arrays made to defeat it, the rest is sorted.
  func select(_ rank: Int) -> Int64 {
    var (low, high) = (0, count - 1)
    var rounds = 2 * (Int.bitWidth - count.leadingZeroBitCount)
    while low < high {
      if rounds == 0 {
        var rest = UnsafeMutableBufferPointer(rebasing: self[low...high])
        rest.sort()
        break
      }
      rounds -= 1
      let pivot = median(self[low], self[low &+ (high &- low) / 2], self[high])
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left &+= 1 }
        while self[right] > pivot { right &-= 1 }
        if left <= right {
          swapAt(left, right)
          left &+= 1
          right &-= 1
        }
      }
      if rank <= right { high = right } else if rank >= left { low = left } else { break }
    }
    return self[rank]
  }

  private func median(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 {
    Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
  }

  /// How many different elements there are; they are sorted.
  func sortedDistinctCount() -> Int {
    if isEmpty { return 0 }
    var elements = self
    elements.sort()
    var (distinct, place) = (1, 1)
    while place < count {
      if self[place] != self[place &- 1] { distinct &+= 1 }
      place &+= 1
    }
    return distinct
  }
}
