import CKernels
import Columnar

/// The codes of a column over a sorted dictionary. Null rows have code 0.
struct DictionaryCodes {
  let codes: PlainValues
  let dictionary: ColumnView
  let dictionaryCount: Int

  private var stored: any StoredIntegers {
    guard let stored = codes.integers else { fatalError("codes are integers") }
    return stored
  }

  /// How many rows have each code.
  func histogram(_ rows: ColumnRows) -> [UInt64] {
    var counts = [UInt64](repeating: 0, count: dictionaryCount)
    codes.forEachRun(0..<rows.count) { Self.count($2, $1, &counts) }
    counts[0] -= UInt64(rows.nullCount)
    return counts
  }

  private static func count(_ codes: PlainValues, _ rowCount: Int, _ counts: inout [UInt64]) {
    switch codes {
    case .uint8(let codes): diet_group_count_u8(codes, rowCount, &counts)
    case .uint16(let codes): diet_group_count_u16(codes, rowCount, &counts)
    case .uint32(let codes): diet_group_count_u32(codes, rowCount, &counts)
    default: fatalError("codes have no sign")
    }
  }

  /// The exact sum of the integers that the codes stand for.
  ///
  /// Each value is looked up and added, 64 at a time where the CPU can, else at half the cost of
  /// counting the codes; where a sum could exceed 64 bits codes are counted, and where there are few,
  /// each is by comparison.
  func integerSum(_ rows: ColumnRows) -> Int128 {
    let values = dictionary.integers(count: dictionaryCount)
    let greatest = values.reduce(0) { max($0, $1.magnitude) }
    if dictionaryCount <= Self.fewCodes, case .uint8(let codes) = codes {
      return sumOfFew(codes, values, rows)
    }
    guard let bound = Int128(exactly: greatest), bound * Int128(rows.count) < Int64.max else {
      return zip(values, histogram(rows)).reduce(0) { $0 + $1.0 * Int128($1.1) }
    }
    let table = values.map { Int64($0) }
    var sum: Int64 = 0
    codes.forEachRun(0..<rows.count) { sum += Self.sum(of: table, at: $2, $1) }
    // Null rows were looked up as code 0.
    return Int128(sum) - values[0] * Int128(rows.nullCount)
  }

  private static func sum(of table: [Int64], at codes: PlainValues, _ rowCount: Int) -> Int64 {
    switch codes {
    case .uint8(let codes): diet_sum_lookup_u8(codes, rowCount, table, table.count)
    case .uint16(let codes): diet_sum_lookup_u16(codes, rowCount, table)
    case .uint32(let codes): diet_sum_lookup_u32(codes, rowCount, table)
    default: fatalError("codes have no sign")
    }
  }

  /// So many comparisons, 64 rows in an instruction or four, cost less than a look at each row.
  private static let fewCodes = 6

  /// The code of most values need not be counted: the others and the rows tell.
  private func sumOfFew(
    _ codes: UnsafePointer<UInt8>, _ values: [Int128], _ rows: ColumnRows
  ) -> Int128 {
    var sum = values[0] * Int128(rows.valueCount)
    // A run stays in the first-level cache until it was looked at once a code.
    for start in stride(from: 0, to: rows.count, by: 16 << 10) {
      let count = min(16 << 10, rows.count - start)
      for code in 1..<max(1, values.count) {
        let rowCount = diet_count_eq_u8(codes + start, count, UInt8(code))
        sum += (values[code] - values[0]) * Int128(rowCount)
      }
    }
    return sum
  }

  /// The least and the greatest code that occurs.
  func minMax(_ rows: ColumnRows) -> (minimum: Int, maximum: Int) {
    let ends = stored.minMax(rows)
    return (Int(ends.minimum), Int(ends.maximum))
  }

  /// How many rows have a code in `range`.
  func count(in range: Range<Int>, _ rows: ColumnRows) -> Int {
    let (start, end) = (range.lowerBound, range.upperBound)
    if range.isEmpty { return 0 }
    if range.count == dictionaryCount { return rows.valueCount }
    if range.count == 1 { return stored.count(.equal, Int128(start), rows) }
    let before = start == 0 ? 0 : stored.count(.less, Int128(start), rows)
    if end == dictionaryCount { return rows.valueCount - before }
    return stored.count(.less, Int128(end), rows) - before
  }

  /// The first code whose value does not satisfy `precedes`, which holds for the first ones only.
  func partition(_ precedes: (Int) -> Bool) -> Int {
    var (low, high) = (0, dictionaryCount)
    while low < high {
      let middle = (low + high) / 2
      if precedes(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The codes of the integers that compare so.
  func codes(_ comparison: Comparison, _ constant: Int128) -> Range<Int> {
    let lower = partition { dictionary.integer(at: $0) < constant }
    let upper = partition { dictionary.integer(at: $0) <= constant }
    switch comparison {
    case .equal: return lower..<upper
    case .less: return 0..<lower
    case .greater: return upper..<dictionaryCount
    }
  }

  /// The codes of the floats that compare so. A dictionary is in the total order of IEEE 754: NaN
  /// with a sign first, −0.0 before 0.0, NaN without a sign last.
  func codes(_ comparison: Comparison, _ constant: Double) -> Range<Int> {
    if constant.isNaN { return 0..<0 }
    func isBefore(_ code: Int, _ holds: (Double) -> Bool) -> Bool {
      let value = dictionary.float(at: code)
      return value.isNaN ? value.sign == .minus : holds(value)
    }
    let lower = partition { isBefore($0) { $0 < constant } }
    let upper = partition { isBefore($0) { $0 <= constant } }
    switch comparison {
    case .equal: return lower..<upper
    case .less: return partition { isBefore($0) { _ in false } }..<lower
    case .greater: return upper..<partition { isBefore($0) { _ in true } }
    }
  }

  /// The code of the text, none or one.
  func codes(equalTo text: [UInt8]) -> Range<Int> {
    let lower = partition { dictionary.text(at: $0).lexicographicallyPrecedes(text) }
    let isFound = lower < dictionaryCount && dictionary.text(at: lower) == text
    return lower..<(isFound ? lower + 1 : lower)
  }
}
