import CKernels
import TestSupport

@testable import Kernels

/// Rows of any type that steps read, as each lane sees them.
enum StoredRows {
  case int8([Int8])
  case uint8([UInt8])
  case int16([Int16])
  case uint16([UInt16])
  case int32([Int32])
  case uint32([UInt32])
  case int64([Int64])
  case float32([Float])
  case float64([Double])
  case int128([Int128])

  static let types = [
    DIET_ROWS_I8, DIET_ROWS_U8, DIET_ROWS_I16, DIET_ROWS_U16, DIET_ROWS_I32, DIET_ROWS_U32,
    DIET_ROWS_I64, DIET_ROWS_F32, DIET_ROWS_F64, DIET_ROWS_I128,
  ]

  init(_ type: diet_rows_type, _ count: Int, _ generator: inout SeededGenerator) {
    func rows<T>(_ value: (inout SeededGenerator) -> T) -> [T] {
      (0..<count).map { _ in value(&generator) }
    }
    switch type {
    case DIET_ROWS_I8: self = .int8(rows(Int8.random))
    case DIET_ROWS_U8: self = .uint8(rows(UInt8.random))
    case DIET_ROWS_I16: self = .int16(rows(Int16.random))
    case DIET_ROWS_U16: self = .uint16(rows(UInt16.random))
    case DIET_ROWS_I32: self = .int32(rows(Int32.random))
    case DIET_ROWS_U32: self = .uint32(rows(UInt32.random))
    case DIET_ROWS_I64: self = .int64(rows(Int64.random))
    case DIET_ROWS_F32: self = .float32(rows(Float.random))
    case DIET_ROWS_F64: self = .float64(rows(Double.random))
    default: self = .int128(rows(Int128.random))
    }
  }

  func withBytes<R>(_ body: (UnsafeRawPointer?) -> R) -> R {
    switch self {
    case .int8(let rows): rows.withUnsafeBytes { body($0.baseAddress) }
    case .uint8(let rows): rows.withUnsafeBytes { body($0.baseAddress) }
    case .int16(let rows): rows.withUnsafeBytes { body($0.baseAddress) }
    case .uint16(let rows): rows.withUnsafeBytes { body($0.baseAddress) }
    case .int32(let rows): rows.withUnsafeBytes { body($0.baseAddress) }
    case .uint32(let rows): rows.withUnsafeBytes { body($0.baseAddress) }
    case .int64(let rows): rows.withUnsafeBytes { body($0.baseAddress) }
    case .float32(let rows): rows.withUnsafeBytes { body($0.baseAddress) }
    case .float64(let rows): rows.withUnsafeBytes { body($0.baseAddress) }
    case .int128(let rows): rows.withUnsafeBytes { body($0.baseAddress) }
    }
  }

  func integer<T: FixedWidthInteger>(_ row: Int) -> T {
    switch self {
    case .int8(let rows): T(truncatingIfNeeded: rows[row])
    case .uint8(let rows): T(truncatingIfNeeded: rows[row])
    case .int16(let rows): T(truncatingIfNeeded: rows[row])
    case .uint16(let rows): T(truncatingIfNeeded: rows[row])
    case .int32(let rows): T(truncatingIfNeeded: rows[row])
    case .uint32(let rows): T(truncatingIfNeeded: rows[row])
    case .int64(let rows): T(truncatingIfNeeded: rows[row])
    case .int128(let rows): T(truncatingIfNeeded: rows[row])
    case .float32, .float64: fatalError("floats are of no whole lane")
    }
  }

  func float(_ row: Int) -> Double {
    switch self {
    case .float32(let rows): Double(rows[row])
    case .float64(let rows): rows[row]
    default: Double(integer(row) as Int64)
    }
  }
}

/// A lane with what its steps are to do, one value at a time.
protocol ReferenceLane: ExpressionLane {
  static func value(_ rows: StoredRows, _ row: Int) -> Self
  static func random(_ generator: inout SeededGenerator) -> Self
  static var ownSteps: [diet_step_operation] { get }
  static func result(_ operation: diet_step_operation, _ value: Self, _ operand: Self) -> Self
  /// All bits but those of NaN, of which there are many.
  static func isSame(_ a: Self, _ b: Self) -> Bool
}

extension ReferenceLane {
  static func holds(_ operation: diet_step_operation, _ value: Self, _ operand: Self) -> Bool {
    switch operation {
    case DIET_STEP_IS_EQUAL: value == operand
    case DIET_STEP_IS_LESS: value < operand
    case DIET_STEP_IS_AT_MOST: value <= operand
    case DIET_STEP_IS_GREATER: value > operand
    case DIET_STEP_IS_AT_LEAST: value >= operand
    default: fatalError("no comparison")
    }
  }
}

extension ReferenceLane where Self: FixedWidthInteger {
  static var ownSteps: [diet_step_operation] { [] }
  static func value(_ rows: StoredRows, _ row: Int) -> Self { rows.integer(row) }
  static func isSame(_ a: Self, _ b: Self) -> Bool { a == b }

  static func result(_ operation: diet_step_operation, _ value: Self, _ operand: Self) -> Self {
    switch operation {
    case DIET_STEP_LOAD: operand
    case DIET_STEP_ADD: value &+ operand
    case DIET_STEP_SUBTRACT: value &- operand
    case DIET_STEP_MULTIPLY: value &* operand
    case DIET_STEP_LESSER: Swift.min(value, operand)
    case DIET_STEP_GREATER: Swift.max(value, operand)
    case DIET_STEP_SQUARE: value &* value
    default: fatalError("no step of integers")
    }
  }
}

extension Int16: ReferenceLane {}
extension Int32: ReferenceLane {}
extension Int64: ReferenceLane {}
extension Int128: ReferenceLane {}

extension Double: ReferenceLane {
  static var ownSteps: [diet_step_operation] {
    [DIET_STEP_DIVIDE, DIET_STEP_SQUARE_ROOT, DIET_STEP_ABSOLUTE]
  }

  static func value(_ rows: StoredRows, _ row: Int) -> Double { rows.float(row) }

  static func isSame(_ a: Double, _ b: Double) -> Bool {
    a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
  }

  static func result(
    _ operation: diet_step_operation, _ value: Double, _ operand: Double
  ) -> Double {
    let isNaN = value.isNaN || operand.isNaN
    return switch operation {
    case DIET_STEP_LOAD: operand
    case DIET_STEP_ADD: value + operand
    case DIET_STEP_SUBTRACT: value - operand
    case DIET_STEP_MULTIPLY: value * operand
    case DIET_STEP_DIVIDE: value / operand
    case DIET_STEP_LESSER: isNaN ? .nan : value < operand ? value : operand
    case DIET_STEP_GREATER: isNaN ? .nan : value > operand ? value : operand
    case DIET_STEP_SQUARE: value * value
    case DIET_STEP_SQUARE_ROOT: value.squareRoot()
    case DIET_STEP_ABSOLUTE: value.magnitude
    default: fatalError("no step of floats")
    }
  }
}
