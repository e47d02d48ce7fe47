import CKernels
import Columnar

/// A type in which a part of an expression is computed, and its loops: C for the CPU at hand, but
/// Swift for 128 bits.
protocol ExpressionLane: Sendable, Comparable {
  typealias Steps = UnsafePointer<diet_step>
  typealias Answers = UnsafeMutablePointer<UInt64>

  /// The type as that of an operand.
  static var rowsType: diet_rows_type { get }

  /// Whether a step loads rows of this type.
  static func loads(_ type: diet_rows_type) -> Bool

  /// Takes steps for `count` rows: see `lane_steps.h`. Bits are written where a step compares.
  static func take(_ steps: Steps, _ count: Int, _ bits: Answers?, _ room: UnsafeMutableRawPointer)

  /// `a` where the bit is set, else `b`. The result may take the place of either.
  static func choose(
    _ bits: UnsafePointer<UInt64>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ count: Int,
    _ out: UnsafeMutablePointer<Self>)
}

extension ExpressionLane {
  static func loads(_ type: diet_rows_type) -> Bool {
    type.rawValue <= max(rowsType.rawValue, DIET_ROWS_I64.rawValue)
  }

  /// Whether a step has operands of this type, so that they need not be loaded before.
  static func takes(_ operation: diet_step_operation, _ type: diet_rows_type) -> Bool {
    if operation == DIET_STEP_LOAD || type == rowsType { return true }
    let isOrdering =
      operation.rawValue >= DIET_STEP_LESSER.rawValue
      && operation.rawValue <= DIET_STEP_IS_AT_LEAST.rawValue
    return type.rawValue <= rowsType.rawValue && !(isOrdering && MemoryLayout<Self>.stride == 8)
  }
}

/// A whole type: the narrowest whose bounds hold what is computed.
protocol ExactLane: ExpressionLane, FixedWidthInteger {}

extension ExactLane {
  /// The values of a column in any shape: in `scratch`, which has room for them, or where they are
  /// stored.
  static func read(
    _ blocks: IntegerBlocks, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Self>
  ) -> UnsafePointer<Self> {
    if blocks.isPacked {
      blocks.copy(range, to: scratch, width: MemoryLayout<Self>.size)
      return UnsafePointer(scratch)
    }
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: range.count) { room in
      let words = blocks.read(range, room.baseAddress!)
      let offset = Self(truncatingIfNeeded: blocks.offset)
      for row in 0..<range.count { scratch[row] = Self(truncatingIfNeeded: words[row]) &+ offset }
    }
    return UnsafePointer(scratch)
  }
}

extension Int16: ExactLane {
  static var rowsType: diet_rows_type { DIET_ROWS_I16 }

  static func take(_ steps: Steps, _ count: Int, _ bits: Answers?, _ room: UnsafeMutableRawPointer)
  {
    diet_take_steps_i16(steps, count, bits, room)
  }

  static func choose(
    _ bits: UnsafePointer<UInt64>, _ a: UnsafePointer<Int16>, _ b: UnsafePointer<Int16>,
    _ count: Int, _ out: UnsafeMutablePointer<Int16>
  ) { diet_choose_i16(bits, a, b, count, out) }
}

extension Int32: ExactLane {
  static var rowsType: diet_rows_type { DIET_ROWS_I32 }

  static func take(_ steps: Steps, _ count: Int, _ bits: Answers?, _ room: UnsafeMutableRawPointer)
  {
    diet_take_steps_i32(steps, count, bits, room)
  }

  static func choose(
    _ bits: UnsafePointer<UInt64>, _ a: UnsafePointer<Int32>, _ b: UnsafePointer<Int32>,
    _ count: Int, _ out: UnsafeMutablePointer<Int32>
  ) { diet_choose_i32(bits, a, b, count, out) }
}

extension Int64: ExactLane {
  static var rowsType: diet_rows_type { DIET_ROWS_I64 }

  static func take(_ steps: Steps, _ count: Int, _ bits: Answers?, _ room: UnsafeMutableRawPointer)
  {
    diet_take_steps_i64(steps, count, bits, room)
  }

  static func choose(
    _ bits: UnsafePointer<UInt64>, _ a: UnsafePointer<Int64>, _ b: UnsafePointer<Int64>,
    _ count: Int, _ out: UnsafeMutablePointer<Int64>
  ) { diet_choose_i64(bits, a, b, count, out) }
}

extension Double: ExpressionLane {
  static var rowsType: diet_rows_type { DIET_ROWS_F64 }

  static func take(_ steps: Steps, _ count: Int, _ bits: Answers?, _ room: UnsafeMutableRawPointer)
  {
    diet_take_steps_f64(steps, count, bits, room)
  }

  static func choose(
    _ bits: UnsafePointer<UInt64>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    _ count: Int, _ out: UnsafeMutablePointer<Double>
  ) { diet_choose_f64(bits, a, b, count, out) }
}
