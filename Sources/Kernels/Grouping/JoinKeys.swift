import Columnar

/// The keys of two columns brought into one numbering, so that rows match where numbers are equal.
///
/// Dictionaries are unified: each text, or number, of one is looked up in the other once, not once
/// a row. Nulls match nothing; NaN matches NaN.
struct JoinKeys {
  /// A number for each row; `noRow` where no row of the other side can match.
  let left: [UInt32]
  let right: [UInt32]
  /// Numbers lie below this.
  let count: Int

  init(_ left: ColumnRows, _ right: ColumnRows) {
    let (a, b) = (OrderKeys(left), OrderKeys(right))
    // The right side's keys are numbered; the left side's are found among them.
    var table = KeyTable(capacity: 1 << 12)
    var rightNumbers = [UInt32](repeating: noRow, count: right.count)
    b.forEach(0..<right.count) { row, key in rightNumbers[row] = table.number(key) }
    var leftNumbers = [UInt32](repeating: noRow, count: left.count)
    if let translation = Translation(from: a, to: b) {
      a.forEach(0..<left.count) { row, key in
        if let key = translation.key(key), let number = table.find(key) {
          leftNumbers[row] = number
        }
      }
    } else {
      // Every key of the left side is looked up by its value, once.
      var found: [Int64: UInt32] = [:]
      let values = Dictionary(
        uniqueKeysWithValues: table.all.enumerated().map { (b.storedValue(of: $1), UInt32($0)) })
      a.forEach(0..<left.count) { row, key in
        let number = found[key] ?? values[a.storedValue(of: key)] ?? noRow
        found[key] = number
        leftNumbers[row] = number
      }
    }
    self.left = leftNumbers
    self.right = rightNumbers
    count = table.count
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

/// How a key of one column becomes that of the same value in another, where a sum tells.
private struct Translation {
  private let distance: Int64

  init?(from a: OrderKeys, to b: OrderKeys) {
    guard let first = a.valueOffset, let second = b.valueOffset,
      let distance = Int64(exactly: first - second)
    else { return nil }
    self.distance = distance
  }

  func key(_ key: Int64) -> Int64? {
    let (sum, overflow) = key.addingReportingOverflow(distance)
    return overflow ? nil : sum
  }
}
