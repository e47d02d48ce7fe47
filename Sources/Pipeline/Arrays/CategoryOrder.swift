import ArrowFormat
import Columnar

/// The values of the dictionaries that a column has in its batches, in the order in which the table
/// has them: those of the first, then what the others add.
struct CategoryOrder {
  /// Longer lists have no order that someone chose.
  static let limit = 1 << 16

  /// What was found so far, by the number of the task that found it; `nil` for one that is too long.
  private var found: [(task: Int, entries: [[UInt8]]?)] = []

  mutating func add(_ entries: ColumnView, count: Int, task: Int) {
    guard count <= Self.limit, let rows = TextRows(entries) else {
      found.append((task, nil))
      return
    }
    found.append((task, (0..<count).map { rows.withText(at: $0) { Array($0) } }))
  }

  /// `nil` where there is none, or none that someone chose.
  static func joined(_ orders: [CategoryOrder]) -> [[UInt8]]? {
    let parts = orders.flatMap(\.found).sorted { $0.task < $1.task }
    var seen: Set<[UInt8]> = []
    var entries: [[UInt8]] = []
    for part in parts {
      guard let own = part.entries else { return nil }
      for entry in own where seen.insert(entry).inserted { entries.append(entry) }
    }
    return entries.isEmpty || entries.count > limit ? nil : entries
  }
}

extension ArrowArray {
  /// Whether the values of a dictionary that are no text stand in their own order, as those do that
  /// have no dictionary.
  var hasAscendingCategories: Bool {
    guard case .indexed(_, let entries, let count) = view, count > 1 else { return true }
    if let numbers = IntegerRows(entries) {
      return (1..<count).allSatisfy { row in
        let (before, value) = (numbers.value(at: row - 1), numbers.value(at: row))
        return numbers.isUnsigned
          ? UInt64(bitPattern: before) < UInt64(bitPattern: value) : before < value
      }
    }
    guard let floats = FloatRows(entries) else { return true }
    return (1..<count).allSatisfy { floats.value(at: $0 - 1) < floats.value(at: $0) }
  }
}
