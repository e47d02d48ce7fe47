import Columnar

/// Integers as they are stored, their type known below this line only: one such value is made for a
/// column, and the loops under it are over one type.
protocol StoredIntegers {
  func sum(_ rows: ColumnRows) -> Int128
  func minMax(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128)
  func count(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int
}

/// Floating point as it is stored.
protocol StoredFloats {
  func sum(_ rows: ColumnRows) -> Double
  func sumSkippingNaN(_ rows: ColumnRows) -> FloatSum
  func minMax(_ rows: ColumnRows) -> (minimum: Double, maximum: Double)?
  func count(_ comparison: Comparison, _ constant: Double, _ rows: ColumnRows) -> Int
}

extension PlainValues {
  /// The integers of a view that holds any but bits.
  var integers: (any StoredIntegers)? {
    switch self {
    case .int8(let values): Integers(values: values)
    case .int16(let values): Integers(values: values)
    case .int32(let values): Integers(values: values)
    case .int64(let values): Integers(values: values)
    case .uint8(let values): Integers(values: values)
    case .uint16(let values): Integers(values: values)
    case .uint32(let values): Integers(values: values)
    case .uint64(let values): Integers(values: values)
    case .packed(let values): PackedNumbers(values: values)
    case .decoded: DecodedIntegers(integers: ColumnView.plain(self).integers)
    case .bits(let bits): Bits(bits: bits)
    case .float32, .float64, .fixed, .utf8: nil
    }
  }

  var floats: (any StoredFloats)? {
    switch self {
    case .float32(let values): Floats(values: values)
    case .float64(let values): Floats(values: values)
    default: nil
    }
  }
}

extension ColumnView {
  /// The integers: as they are stored where there is one a row, else decoded a block at a time.
  var storedIntegers: any StoredIntegers {
    switch self {
    case .plain(let values): if let stored = values.integers { return stored }
    case .scaled(let base, let offsets): return OffsetNumbers(base: base, offsets: offsets)
    case .decoded(let view):
      guard case .integers(let decoder) = view.decoder else { break }
      if let runs = decoder as? RunsDecoder {
        return RunNumbers(runs: runs, firstRow: view.firstRow)
      }
      if let patched = decoder as? PatchedDecoder {
        return PatchedNumbers(patched: patched, firstRow: view.firstRow)
      }
    default: break
    }
    return DecodedIntegers(integers: integers)
  }

  /// The floating point, in the same way.
  var storedFloats: any StoredFloats {
    if case .plain(let values) = self, let stored = values.floats { return stored }
    return DecodedFloats()
  }
}

private struct Integers<T: LoopInteger>: StoredIntegers {
  let values: UnsafePointer<T>

  func sum(_ rows: ColumnRows) -> Int128 { T.sum(values, rows.valid, rows.count) }

  func minMax(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128) {
    guard let ends = T.minMax(values, rows) else {
      fatalError("rows without a value have no least value")
    }
    return (Int128(ends.0), Int128(ends.1))
  }

  func count(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int {
    guard let constant = T(exactly: constant) else {
      // Past an end of the type, all rows compare alike.
      return comparison.holds(constant < 0 ? 1 : 0, constant < 0 ? 0 : 1) ? rows.valueCount : 0
    }
    return T.count(values, comparison, constant, rows)
  }
}

private struct Floats<T: LoopFloat>: StoredFloats {
  let values: UnsafePointer<T>

  func sum(_ rows: ColumnRows) -> Double { T.sum(values, rows.valid, rows.count) }

  func sumSkippingNaN(_ rows: ColumnRows) -> FloatSum {
    var count = 0
    let total = T.sumSkippingNaN(values, rows.valid, rows.count, &count)
    return FloatSum(total: total, count: count)
  }

  func minMax(_ rows: ColumnRows) -> (minimum: Double, maximum: Double)? {
    T.minMax(values, rows).map { (Double($0.0), Double($0.1)) }
  }

  func count(_ comparison: Comparison, _ constant: Double, _ rows: ColumnRows) -> Int {
    if constant.isNaN { return 0 }
    var bound = T(constant)
    if Double(bound) != constant {
      // Between two narrow values: no row is equal, and the next one on the far side of the
      // constant cuts the rows where it does.
      switch comparison {
      case .equal: return 0
      case .less: if Double(bound) < constant { bound = bound.nextUp }
      case .greater: if Double(bound) > constant { bound = bound.nextDown }
      }
    }
    return T.count(values, comparison, bound, rows)
  }
}
