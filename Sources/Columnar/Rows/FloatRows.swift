/// The binary floating point values of a view, whatever its shape.
package struct FloatRows {
  package enum Storage {
    case float32(UnsafePointer<Float>)
    case float64(UnsafePointer<Double>)
    case constant(Double)
    case indexed(codes: PlainValues, values: [Double])
  }

  package let storage: Storage
  /// Bytes that hold every value bit for bit: 4 or 8.
  package let width: Int

  /// `nil` where the view does not hold floating point values.
  package init?(_ view: ColumnView) {
    switch view {
    case .plain(.float32(let values)):
      storage = .float32(values)
      width = 4
    case .plain(.float64(let values)):
      storage = .float64(values)
      width = 8
    case .indexed(let codes, let dictionary, let count):
      guard let values = FloatRows(dictionary) else { return nil }
      storage = .indexed(codes: codes, values: (0..<count).map { values.value(at: $0) })
      width = values.width
    case .constant(let value?):
      guard let values = FloatRows(value) else { return nil }
      storage = .constant(values.value(at: 0))
      width = values.width
    case .constant(nil):
      storage = .constant(0)
      width = 8
    case .plain, .scaled, .sequence: return nil
    }
  }

  @inlinable @inline(__always)
  package func value(at row: Int) -> Double {
    switch storage {
    case .float32(let values): Double(values[row])
    case .float64(let values): values[row]
    case .constant(let value): value
    case .indexed(let codes, let values): values[Int(codes.integer(at: row))]
    }
  }

  package func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    if case .float64(let values) = storage {
      target.update(from: values + rows.lowerBound, count: rows.count)
    } else {
      for (index, row) in rows.enumerated() { target[index] = value(at: row) }
    }
  }

  /// The values as binary32; exact where `width` is 4.
  package func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    for (index, row) in rows.enumerated() { target[index] = Float(value(at: row)) }
  }
}
