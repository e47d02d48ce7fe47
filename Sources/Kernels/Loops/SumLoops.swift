import CKernels

/// A type of integer that a column stores.
protocol LoopInteger: LoopNumber, FixedWidthInteger {
  /// The exact sum of the rows, of those that `valid` names if it is there.
  static func sum(
    _ values: UnsafePointer<Self>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Int128
}

/// A type of floating point that a column stores.
protocol LoopFloat: LoopNumber, BinaryFloatingPoint {
  static func sum(
    _ values: UnsafePointer<Self>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Double

  /// The same with NaN left out; adds the rows that are none to `numbers`.
  static func sumSkippingNaN(
    _ values: UnsafePointer<Self>, _ valid: UnsafePointer<UInt64>?, _ count: Int,
    _ numbers: inout Int
  ) -> Double
}

/// The rows that one call to a narrow sum may cover; its 64-bit total holds twice as many.
private let narrowRowLimit = 1 << 30

/// Adds `sum` over runs of rows that are short enough for it.
private func sumInRuns(_ count: Int, _ sum: (_ start: Int, _ count: Int) -> Int64) -> Int128 {
  var total: Int128 = 0
  for start in stride(from: 0, to: count, by: narrowRowLimit) {
    total += Int128(sum(start, min(narrowRowLimit, count - start)))
  }
  return total
}

extension Int8: LoopInteger {
  static func sum(
    _ values: UnsafePointer<Int8>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Int128 {
    sumInRuns(count) {
      valid == nil
        ? diet_sum_i8(values + $0, $1) : diet_sum_masked_i8(values + $0, valid! + $0 / 64, $1)
    }
  }
}

extension Int16: LoopInteger {
  static func sum(
    _ values: UnsafePointer<Int16>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Int128 {
    sumInRuns(count) {
      valid == nil
        ? diet_sum_i16(values + $0, $1) : diet_sum_masked_i16(values + $0, valid! + $0 / 64, $1)
    }
  }
}

extension Int32: LoopInteger {
  static func sum(
    _ values: UnsafePointer<Int32>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Int128 {
    sumInRuns(count) {
      valid == nil
        ? diet_sum_i32(values + $0, $1) : diet_sum_masked_i32(values + $0, valid! + $0 / 64, $1)
    }
  }
}

extension UInt8: LoopInteger {
  static func sum(
    _ values: UnsafePointer<UInt8>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Int128 {
    sumInRuns(count) {
      valid == nil
        ? diet_sum_u8(values + $0, $1) : diet_sum_masked_u8(values + $0, valid! + $0 / 64, $1)
    }
  }
}

extension UInt16: LoopInteger {
  static func sum(
    _ values: UnsafePointer<UInt16>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Int128 {
    sumInRuns(count) {
      valid == nil
        ? diet_sum_u16(values + $0, $1) : diet_sum_masked_u16(values + $0, valid! + $0 / 64, $1)
    }
  }
}

extension UInt32: LoopInteger {
  static func sum(
    _ values: UnsafePointer<UInt32>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Int128 {
    sumInRuns(count) {
      valid == nil
        ? diet_sum_u32(values + $0, $1) : diet_sum_masked_u32(values + $0, valid! + $0 / 64, $1)
    }
  }
}

extension Int64: LoopInteger {
  static func sum(
    _ values: UnsafePointer<Int64>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Int128 {
    var high: Int64 = 0
    var low: UInt64 = 0
    if let valid {
      diet_sum_masked_i64(values, valid, count, &high, &low)
    } else {
      diet_sum_i64(values, count, &high, &low)
    }
    return Int128(high) << 64 | Int128(low)
  }
}

extension UInt64: LoopInteger {
  static func sum(
    _ values: UnsafePointer<UInt64>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Int128 {
    var high: Int64 = 0
    var low: UInt64 = 0
    if let valid {
      diet_sum_masked_u64(values, valid, count, &high, &low)
    } else {
      diet_sum_u64(values, count, &high, &low)
    }
    return Int128(high) << 64 | Int128(low)
  }
}

extension Float: LoopFloat {
  static func sum(
    _ values: UnsafePointer<Float>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Double {
    valid == nil ? diet_sum_f32(values, count) : diet_sum_masked_f32(values, valid, count)
  }

  static func sumSkippingNaN(
    _ values: UnsafePointer<Float>, _ valid: UnsafePointer<UInt64>?, _ count: Int,
    _ numbers: inout Int
  ) -> Double {
    var found = 0
    defer { numbers += found }
    return diet_nansum_f32(values, valid, count, &found)
  }
}

extension Double: LoopFloat {
  static func sum(
    _ values: UnsafePointer<Double>, _ valid: UnsafePointer<UInt64>?, _ count: Int
  ) -> Double {
    valid == nil ? diet_sum_f64(values, count) : diet_sum_masked_f64(values, valid, count)
  }

  static func sumSkippingNaN(
    _ values: UnsafePointer<Double>, _ valid: UnsafePointer<UInt64>?, _ count: Int,
    _ numbers: inout Int
  ) -> Double {
    var found = 0
    defer { numbers += found }
    return diet_nansum_f64(values, valid, count, &found)
  }
}
