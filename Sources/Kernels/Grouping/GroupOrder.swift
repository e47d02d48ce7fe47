/// The slots that have rows, in the order of the groups.
enum GroupOrder: RandomAccessCollection, Sendable {
  /// Slot after slot: each has rows, and they are in that order.
  case all(Int)
  case some([UInt32])

  var startIndex: Int { 0 }

  var endIndex: Int {
    switch self {
    case .all(let count): count
    case .some(let slots): slots.count
    }
  }

  @inline(__always)
  subscript(group: Int) -> Int {
    switch self {
    case .all: group
    case .some(let slots): Int(slots[group])
    }
  }

  /// `values` of the slots, in the order of the groups.
  func of<T>(_ values: [T]) -> [T] {
    if case .all(let count) = self, values.count == count { return values }
    return map { values[$0] }
  }
}
