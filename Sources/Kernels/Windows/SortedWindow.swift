import CKernels
import Platform

/// The numbers of a window in order. Replacing one moves only those between its place and the new
/// one's, eight at a time: for windows of some hundred rows that is less than any tree costs.
struct SortedWindow: ~Copyable {
  // Sound: memory of its own. It holds `capacity` numbers, infinity for those that are missing, which
  // are the last; -infinity lies before them and infinity behind.
  private let memory: UnsafeMutablePointer<Double>
  private let numbers: UnsafeMutablePointer<Double>
  private let capacity: Int
  private(set) var count = 0
  private var last = Double.nan

  /// In wider windows, both places are found faster by halving.
  private static let scannedCapacity = 1024

  init(capacity: Int) {
    self.capacity = (capacity + 7) & ~7
    memory = .allocate(capacity: self.capacity + 16)
    memory.initialize(repeating: .infinity, count: self.capacity + 16)
    numbers = memory + 8
    numbers[-1] = -.infinity
  }

  deinit { memory.deallocate() }

  var median: Double? {
    if count == 0 { return nil }
    let middle = count / 2
    return count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2
  }

  /// The rank of the number that came last, the mean of equal ones; `nil` where none came.
  var rankOfLast: Double? {
    if last.isNaN { return nil }
    let before = place(of: last)
    var end = before
    while end < count, numbers[end] == last { end += 1 }
    return Double(before + 1 + end) / 2
  }

  /// How many numbers are less: halving without a branch.
  @inline(__always)
  private func place(of number: Double) -> Int {
    var base = 0
    var length = capacity
    while length > 1 {
      let half = length &>> 1
      base = numbers[base &+ half &- 1] < number ? base &+ half : base
      length &-= half
    }
    return length == 1 && numbers[base] < number ? base + 1 : base
  }

  /// Takes `new` in and `old` out; NaN is no number.
  mutating func move(in new: Double, out old: Double) {
    last = new
    count &+= (new == new ? 1 : 0) &- (old == old ? 1 : 0)
    // A zero is +0.0: zeros of both signs would have no order.
    let coming = new == new ? new + 0 : .infinity
    let leaving = old == old ? old + 0 : .infinity
    if capacity <= Self.scannedCapacity {
      diet_sorted_replace(numbers, capacity / 8, leaving, coming)
      return
    }
    let (from, to) = (place(of: leaving), place(of: coming))
    if from < to {
      memmove(numbers + from, numbers + from + 1, (to - 1 - from) * 8)
      numbers[to - 1] = coming
    } else {
      memmove(numbers + to + 1, numbers + to, (from - to) * 8)
      numbers[to] = coming
    }
  }
}
