import CKernels
import Columnar

/// Rows that steps read: as they are stored, or in a register of the block.
struct StepOperand {
  let type: diet_rows_type
  let read: (ExpressionBlock) -> (rows: UnsafeRawPointer, valid: UnsafePointer<UInt64>?)
}

extension ColumnRows {
  /// The rows as steps read them, where they are stored so.
  var stepOperand: StepOperand? {
    if case .plain(let values) = view { return stepOperand(values) }
    return nil
  }

  /// The values or offsets of these rows.
  func stepOperand(_ values: PlainValues) -> StepOperand? {
    func operand<V>(_ type: diet_rows_type, _ start: UnsafePointer<V>) -> StepOperand {
      StepOperand(type: type) { block in
        let row = block.range.lowerBound
        return (UnsafeRawPointer(start + row), words(from: row))
      }
    }
    return switch values {
    case .int8(let start): operand(DIET_ROWS_I8, start)
    case .uint8(let start): operand(DIET_ROWS_U8, start)
    case .int16(let start): operand(DIET_ROWS_I16, start)
    case .uint16(let start): operand(DIET_ROWS_U16, start)
    case .int32(let start): operand(DIET_ROWS_I32, start)
    case .uint32(let start): operand(DIET_ROWS_U32, start)
    case .int64(let start): operand(DIET_ROWS_I64, start)
    case .float32(let start): operand(DIET_ROWS_F32, start)
    case .float64(let start): operand(DIET_ROWS_F64, start)
    case .uint64, .packed, .decoded, .bits, .fixed, .utf8: nil
    }
  }
}

extension diet_rows_type {
  /// The narrowest that holds these numbers, and its bytes; `nil` where 64 bits do not.
  static func narrowest(_ range: ClosedRange<Int128>) -> (type: diet_rows_type, byteCount: Int)? {
    func holds<T: FixedWidthInteger>(_ type: T.Type) -> Bool {
      T(exactly: range.lowerBound) != nil && T(exactly: range.upperBound) != nil
    }
    if holds(Int8.self) { return (DIET_ROWS_I8, 1) }
    if holds(UInt8.self) { return (DIET_ROWS_U8, 1) }
    if holds(Int16.self) { return (DIET_ROWS_I16, 2) }
    if holds(UInt16.self) { return (DIET_ROWS_U16, 2) }
    if holds(Int32.self) { return (DIET_ROWS_I32, 4) }
    if holds(UInt32.self) { return (DIET_ROWS_U32, 4) }
    return holds(Int64.self) ? (DIET_ROWS_I64, 8) : nil
  }

  /// That of a column of these integers, which have a sign.
  static func integers<T: FixedWidthInteger>(_ type: T.Type) -> diet_rows_type {
    switch T.bitWidth {
    case 8: DIET_ROWS_I8
    case 16: DIET_ROWS_I16
    case 32: DIET_ROWS_I32
    default: DIET_ROWS_I64
    }
  }
}

extension ExpressionProgram {
  /// The values of a column that lie in no whole bytes, as the narrowest operand that holds them, in the register:
  /// steps widen it, as they widen whole bytes. `nil` where these are no such column.
  func unpacked<T: ExpressionLane>(
    _ value: Exact, in lane: T.Type, _ register: Int
  ) -> StepOperand? {
    guard case .column(let rows) = value.node,
      let (type, width) = diet_rows_type.narrowest(value.low...value.high), T.loads(type)
    else { return nil }
    let blocks = IntegerBlocks(rows)
    guard blocks.isPacked else { return nil }
    keeps(register, byteCount: width)
    return StepOperand(type: type) { block in
      let target = UnsafeMutableRawPointer(block.numbers(register, as: UInt8.self))
      blocks.copy(block.range, to: target, width: width)
      return (UnsafeRawPointer(target), rows.words(from: block.range.lowerBound))
    }
  }
}
