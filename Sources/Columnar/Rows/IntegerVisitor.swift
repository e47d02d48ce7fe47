/// Work on integers of any width: called once, with the type that the values have.
package protocol IntegerVisitor {
  associatedtype Result
  func visit<Value: FixedWidthInteger>(_ values: UnsafePointer<Value>) -> Result
}

extension PlainValues {
  /// Hands the integers to `visitor`; `nil` where these are no integers, or such as have to be unpacked.
  @inlinable @inline(__always)
  @discardableResult
  package func accept<Visitor: IntegerVisitor>(_ visitor: Visitor) -> Visitor.Result? {
    switch self {
    case .int8(let values): visitor.visit(values)
    case .int16(let values): visitor.visit(values)
    case .int32(let values): visitor.visit(values)
    case .int64(let values): visitor.visit(values)
    case .uint8(let values): visitor.visit(values)
    case .uint16(let values): visitor.visit(values)
    case .uint32(let values): visitor.visit(values)
    case .uint64(let values): visitor.visit(values)
    case .packed, .decoded, .float32, .float64, .bits, .fixed, .utf8: nil
    }
  }

  /// Whether these are integers of more than a bit.
  var isInteger: Bool {
    switch self {
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .packed, .decoded: true
    case .float32, .float64, .bits, .fixed, .utf8: false
    }
  }

  /// The integer in a row, modulo 2^64; 0 where these are no integers.
  @inlinable @inline(__always)
  package func integer(at row: Int) -> Int64 {
    switch self {
    case .int8(let values): Int64(values[row])
    case .int16(let values): Int64(values[row])
    case .int32(let values): Int64(values[row])
    case .int64(let values): values[row]
    case .uint8(let values): Int64(values[row])
    case .uint16(let values): Int64(values[row])
    case .uint32(let values): Int64(values[row])
    case .uint64(let values): Int64(bitPattern: values[row])
    case .packed(let values): Int64(values.value(at: row))
    case .decoded(let values): values.value(at: row)
    case .float32, .float64, .bits, .fixed, .utf8: 0
    }
  }
}

extension PlainValues {
  /// Where integers lie, and how wide they are; `nil` where these are no
  /// integers, or such as have to be unpacked.
  package var integerMemory: (width: Int, isSigned: Bool, base: UnsafeRawPointer)? {
    switch self {
    case .int8(let values): (1, true, UnsafeRawPointer(values))
    case .int16(let values): (2, true, UnsafeRawPointer(values))
    case .int32(let values): (4, true, UnsafeRawPointer(values))
    case .int64(let values): (8, true, UnsafeRawPointer(values))
    case .uint8(let values): (1, false, UnsafeRawPointer(values))
    case .uint16(let values): (2, false, UnsafeRawPointer(values))
    case .uint32(let values): (4, false, UnsafeRawPointer(values))
    case .uint64(let values): (8, false, UnsafeRawPointer(values))
    case .packed, .decoded, .float32, .float64, .bits, .fixed, .utf8: nil
    }
  }
}
