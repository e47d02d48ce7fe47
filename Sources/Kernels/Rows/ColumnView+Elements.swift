package import Columnar

/// Single values: for dictionaries, constants and tests, not for loops over rows.
extension ColumnView {
  /// The value of row `row`, which is not null.
  package func storedValue(at row: Int, domain: LogicalType.Domain) -> StoredValue {
    switch domain {
    case .integer: .integer(integer(at: row))
    case .float: .float(float(at: row))
    case .bytes: .text(text(at: row))
    }
  }

  func integer(at row: Int) -> Int128 {
    switch self {
    case .plain(let values): values.integer(at: row)
    case .scaled(let base, let offsets): Int128(base) + offsets.integer(at: row)
    case .indexed(let codes, let dictionary, _): dictionary.integer(at: codes.code(at: row))
    case .sequence(let start, let step): Int128(start) + Int128(step) * Int128(row)
    case .constant(let value): value?.integer(at: 0) ?? 0
    }
  }

  func float(at row: Int) -> Double {
    switch self {
    case .plain(.float32(let values)): Double(values[row])
    case .plain(.float64(let values)): values[row]
    case .indexed(let codes, let dictionary, _): dictionary.float(at: codes.code(at: row))
    case .constant(let value): value?.float(at: 0) ?? 0
    default: fatalError("the view holds no floating point")
    }
  }

  func text(at row: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    appendText(row: row, to: &bytes)
    return bytes
  }

  /// The integers of a dictionary.
  func integers(count: Int) -> [Int128] { (0..<count).map(integer(at:)) }
}

extension PlainValues {
  fileprivate func integer(at row: Int) -> Int128 {
    switch self {
    case .int8(let values): Int128(values[row])
    case .int16(let values): Int128(values[row])
    case .int32(let values): Int128(values[row])
    case .int64(let values): Int128(values[row])
    case .uint8(let values): Int128(values[row])
    case .uint16(let values): Int128(values[row])
    case .uint32(let values): Int128(values[row])
    case .uint64(let values): Int128(values[row])
    case .bits(let bits): Int128(bits[row >> 3] >> UInt8(row & 7) & 1)
    case .float32, .float64, .fixed, .utf8: fatalError("the view holds no integers")
    }
  }
}
