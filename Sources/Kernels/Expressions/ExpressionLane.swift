import CKernels
import Columnar

/// A type in which a block of an expression is computed, and the loops over it.
protocol ExpressionLane: Sendable, Comparable {
  static var operations: LaneOperations<Self> { get }
}

/// A whole type: i32 and i64 by C for the CPU at hand, 128 bits where bounds leave no choice.
protocol ExactLane: ExpressionLane, FixedWidthInteger {
  /// The values of a column as this type; `scratch` has room for them.
  static func read(
    _ blocks: IntegerBlocks, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Self>
  ) -> UnsafePointer<Self>
}

struct LaneOperations<T: Sendable>: Sendable {
  typealias In = UnsafePointer<T>?
  typealias Out = UnsafeMutablePointer<T>?
  typealias Bits = UnsafeMutablePointer<UInt64>?
  typealias Binary = @Sendable (In, In, Int, Out) -> Void
  typealias Comparison = @Sendable (In, In, Int, Bits) -> Void

  let add: Binary
  let subtract: Binary
  let multiply: Binary
  let lesser: Binary
  let greater: Binary
  let isEqual: Comparison
  let isLess: Comparison
  let isAtMost: Comparison
  let choose: @Sendable (UnsafePointer<UInt64>?, In, In, Int, Out) -> Void
}

extension Int32: ExactLane {
  static let operations = LaneOperations<Int32>(
    add: diet_add_i32, subtract: diet_subtract_i32, multiply: diet_multiply_i32,
    lesser: diet_lesser_i32, greater: diet_greater_i32, isEqual: diet_is_equal_i32,
    isLess: diet_is_less_i32, isAtMost: diet_is_at_most_i32, choose: diet_choose_i32)

  static func read(
    _ blocks: IntegerBlocks, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Int32>
  ) -> UnsafePointer<Int32> {
    let (start, count) = (range.lowerBound, range.count)
    switch blocks.rows.view {
    case .plain(.int32(let values)): return values + start
    case .plain(.int8(let values)): diet_widen32_i8(values + start, count, scratch)
    case .plain(.int16(let values)): diet_widen32_i16(values + start, count, scratch)
    case .plain(.uint8(let values)): diet_widen32_u8(values + start, count, scratch)
    case .plain(.uint16(let values)): diet_widen32_u16(values + start, count, scratch)
    default:
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: count) { room in
        let words = blocks.read(range, room.baseAddress!)
        let offset = Int32(truncatingIfNeeded: blocks.offset)
        for row in 0..<count { scratch[row] = Int32(truncatingIfNeeded: words[row]) &+ offset }
      }
    }
    return UnsafePointer(scratch)
  }
}

extension Int64: ExactLane {
  static let operations = LaneOperations<Int64>(
    add: diet_add_i64, subtract: diet_subtract_i64, multiply: diet_multiply_i64,
    lesser: diet_lesser_i64, greater: diet_greater_i64, isEqual: diet_is_equal_i64,
    isLess: diet_is_less_i64, isAtMost: diet_is_at_most_i64, choose: diet_choose_i64)

  static func read(
    _ blocks: IntegerBlocks, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<Int64> {
    let words = blocks.read(range, scratch)
    if blocks.offset == 0 { return words }
    let offset = Int64(truncatingIfNeeded: blocks.offset)
    for row in 0..<range.count { scratch[row] = words[row] &+ offset }
    return UnsafePointer(scratch)
  }
}

extension Int128: ExactLane {
  static let operations = LaneOperations<Int128>(
    add: { binary($0, $1, $2, $3) { $0 &+ $1 } },
    subtract: { binary($0, $1, $2, $3) { $0 &- $1 } },
    multiply: { binary($0, $1, $2, $3) { $0 &* $1 } },
    lesser: { binary($0, $1, $2, $3) { Swift.min($0, $1) } },
    greater: { binary($0, $1, $2, $3) { Swift.max($0, $1) } },
    isEqual: { compare($0, $1, $2, $3) { $0 == $1 } },
    isLess: { compare($0, $1, $2, $3) { $0 < $1 } },
    isAtMost: { compare($0, $1, $2, $3) { $0 <= $1 } },
    choose: { bits, a, b, count, out in
      for row in 0..<count {
        out![row] = bits![row >> 6] >> UInt64(row & 63) & 1 == 1 ? a![row] : b![row]
      }
    })

  private static func binary(
    _ a: UnsafePointer<Int128>?, _ b: UnsafePointer<Int128>?, _ count: Int,
    _ out: UnsafeMutablePointer<Int128>?, _ operation: (Int128, Int128) -> Int128
  ) { for row in 0..<count { out![row] = operation(a![row], b![row]) } }

  private static func compare(
    _ a: UnsafePointer<Int128>?, _ b: UnsafePointer<Int128>?, _ count: Int,
    _ out: UnsafeMutablePointer<UInt64>?, _ holds: (Int128, Int128) -> Bool
  ) {
    for word in 0..<(count + 63) / 64 { out![word] = 0 }
    for row in 0..<count where holds(a![row], b![row]) {
      out![row >> 6] |= 1 << UInt64(row & 63)
    }
  }

  static func read(
    _ blocks: IntegerBlocks, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Int128>
  ) -> UnsafePointer<Int128> {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: range.count) { room in
      let words = blocks.read(range, room.baseAddress!)
      for row in 0..<range.count { scratch[row] = Int128(words[row]) + blocks.offset }
    }
    return UnsafePointer(scratch)
  }
}

extension Double: ExpressionLane {
  static let operations = LaneOperations<Double>(
    add: diet_add_f64, subtract: diet_subtract_f64, multiply: diet_multiply_f64,
    lesser: diet_lesser_f64, greater: diet_greater_f64, isEqual: diet_is_equal_f64,
    isLess: diet_is_less_f64, isAtMost: diet_is_at_most_f64, choose: diet_choose_f64)
}
