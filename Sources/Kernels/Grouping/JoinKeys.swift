import Columnar

/// The keys of two columns brought into one numbering, so that rows match where numbers are equal.
///
/// Dictionaries are unified: each text, or number, of one is looked up in the other once, not once
/// a row. Keys within a small range are numbers as they are; others are hashed. Nulls match nothing;
/// NaN matches NaN.
struct JoinKeys {
  /// A number for each row; `noRow` where no row of the other side can match.
  let left: [UInt32]
  let right: [UInt32]
  /// Numbers lie below this.
  let count: Int

  init(_ left: ColumnRows, _ right: ColumnRows) {
    let (a, b) = (OrderKeys(left), OrderKeys(right))
    guard let bounds = b.bounds else {
      self.left = [UInt32](repeating: noRow, count: left.count)
      self.right = [UInt32](repeating: noRow, count: right.count)
      count = 0
      return
    }
    let span = UInt64(bitPattern: bounds.upperBound &- bounds.lowerBound)
    if span < max(1 << 16, min(1 << 28, (left.count + right.count) * 4)) {
      let least = bounds.lowerBound
      count = Int(span) + 1
      self.right = b.numbered { UInt32(truncatingIfNeeded: $0 &- least) }
      self.left = a.numbered(as: b) { key in
        bounds.contains(key) ? UInt32(truncatingIfNeeded: key &- least) : nil
      }
    } else {
      // The right side's keys are numbered; the left side's are found among them.
      var table = KeyTable(capacity: 1 << 12)
      var numbers = [UInt32](repeating: noRow, count: right.count)
      b.forEach(0..<right.count) { row, key in numbers[row] = table.number(key) }
      self.right = numbers
      let found = table
      self.left = a.numbered(as: b) { found.find($0) }
      count = found.count
    }
  }

  /// Joins the numbers of one pair of columns with those of the next.
  private init(_ a: JoinKeys, _ b: JoinKeys) {
    var table = KeyTable(capacity: 1 << 12)
    func key(_ x: UInt32, _ y: UInt32) -> Int64? {
      x == noRow || y == noRow ? nil : Int64(x) * Int64(b.count) + Int64(y)
    }
    right = zip(a.right, b.right).map { x, y in
      if let key = key(x, y) { table.number(key) } else { noRow }
    }
    let numbers = table
    left = zip(a.left, b.left).map { x, y in
      if let key = key(x, y), let number = numbers.find(key) { number } else { noRow }
    }
    count = numbers.count
  }

  /// The numbers of several pairs of columns together.
  static func joining(_ pairs: [(ColumnRows, ColumnRows)]) -> JoinKeys {
    var keys = JoinKeys(pairs[0].0, pairs[0].1)
    for pair in pairs.dropFirst() { keys = JoinKeys(keys, JoinKeys(pair.0, pair.1)) }
    return keys
  }

  /// Which numbers stand in a side's rows.
  func occurring(in side: [UInt32]) -> [Bool] {
    var occurs = [Bool](repeating: false, count: count)
    for number in side where number != noRow { occurs[Int(number)] = true }
    return occurs
  }

  /// The one row of the right side with each number, `noRow` for none; `nil` where a number has several.
  var onlyRightRows: [UInt32]? {
    var rows = [UInt32](repeating: noRow, count: count)
    for (row, number) in right.enumerated() where number != noRow {
      if rows[Int(number)] != noRow { return nil }
      rows[Int(number)] = UInt32(truncatingIfNeeded: row)
    }
    return rows
  }

  /// The rows of the right side by number: those of number k are `rows[starts[k]..<starts[k + 1]]`.
  var rightRows: (rows: [UInt32], starts: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for number in right where number != noRow { starts[Int(number) + 1] += 1 }
    for number in 0..<count { starts[number + 1] += starts[number] }
    var next = starts
    var rows = [UInt32](repeating: 0, count: starts[count])
    for (row, number) in right.enumerated() where number != noRow {
      rows[next[Int(number)]] = UInt32(row)
      next[Int(number)] += 1
    }
    return (rows, starts)
  }
}

extension OrderKeys {
  /// The number of each row's key; `noRow` where it is null or has none.
  fileprivate func numbered(_ number: @Sendable (Int64) -> UInt32?) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: rows.count) { buffer, initialized in
      initialized = rows.count
      guard let base = buffer.baseAddress else { return }
      let target = Shared(base)
      let ranges = ColumnRows.parts(rows.count)
      _ = parallelMap(ranges.count) { part in
        forEachRow(ranges[part]) { row, key in
          target.pointer[row] = key.flatMap(number) ?? noRow
        }
      }
    }
  }

  /// The number of each row's key, numbers being those of `other`'s keys.
  fileprivate func numbered(
    as other: OrderKeys, _ number: @Sendable (Int64) -> UInt32?
  ) -> [UInt32] {
    if let first = valueOffset, let second = other.valueOffset {
      guard let distance = Int64(exactly: first - second) else {
        return [UInt32](repeating: noRow, count: rows.count)
      }
      if distance == 0 { return numbered(number) }
      return numbered { key in
        let (sum, overflow) = key.addingReportingOverflow(distance)
        return overflow ? nil : number(sum)
      }
    }
    // Values are compared once for each that there is, not once a row.
    if let own = enumerated, let others = other.enumerated, let least = bounds?.lowerBound {
      var numbers = [UInt32](repeating: noRow, count: own.count)
      var key = others.lowerBound
      var candidate = other.storedValue(of: key)
      for (index, ownKey) in own.enumerated() {
        let value = storedValue(of: ownKey)
        while key < others.upperBound, candidate.precedes(value) {
          key += 1
          candidate = other.storedValue(of: key)
        }
        if candidate == value { numbers[index] = number(key) ?? noRow }
      }
      let found = numbers
      return numbered { found[Int($0 &- least)] }
    }
    var values: [StoredValue: UInt32] = [:]
    other.forEach(0..<other.rows.count) { _, key in
      let value = other.storedValue(of: key)
      if values[value] == nil { values[value] = number(key) }
    }
    var found: [Int64: UInt32] = [:]
    var numbers = [UInt32](repeating: noRow, count: rows.count)
    forEach(0..<rows.count) { row, key in
      let number = found[key] ?? values[storedValue(of: key)] ?? noRow
      found[key] = number
      numbers[row] = number
    }
    return numbers
  }

  /// All keys that there may be, in the order of their values, where they count the values of a list.
  private var enumerated: ClosedRange<Int64>? { countsValues ? bounds : nil }
}

extension StoredValue {
  /// The order in which keys are counted: of numbers, and of the bytes of text.
  fileprivate func precedes(_ other: StoredValue) -> Bool {
    switch (self, other) {
    case (.integer(let a), .integer(let b)): a < b
    case (.text(let a), .text(let b)): a.lexicographicallyPrecedes(b)
    case (.float(let a), .float(let b)): a < b
    default: false
    }
  }
}
