import CKernels

/// The binary floating point values of a view, whatever its shape.
package struct FloatRows {
  package enum Storage {
    case float32(UnsafePointer<Float>)
    case float64(UnsafePointer<Double>)
    case constant(Double)
    case indexed(codes: PlainValues, values: [Double])
    case decoded(any FloatDecoder, firstRow: Int)
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
    case .decoded(let view):
      guard case .floats(let decoder) = view.decoder else { return nil }
      storage = .decoded(decoder, firstRow: view.firstRow)
      width = decoder.width
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
    case .decoded(let decoder, let firstRow): decoder.value(at: firstRow &+ row)
    }
  }

  /// The numbers of `rows`: in `scratch`, which has room for them, or where they are stored. Those of
  /// null rows mean nothing.
  package func read(
    _ rows: Range<Int>, _ scratch: UnsafeMutablePointer<Double>
  ) -> UnsafePointer<Double> {
    switch storage {
    case .float64(let values): return values + rows.lowerBound
    case .float32(let values): diet_widen_f32(values + rows.lowerBound, rows.count, scratch)
    case .constant(let value): scratch.update(repeating: value, count: rows.count)
    case .indexed(let codes, let values):
      values.withUnsafeBufferPointer {
        guard let table = $0.baseAddress else {
          // Without entries there is no value in any row.
          return scratch.update(repeating: 0, count: rows.count)
        }
        codes.lookUp(rows, in: table.asWords, scratch.asWords)
      }
    case .decoded(let decoder, let firstRow):
      decoder.decode(rows.shifted(by: firstRow), to: scratch)
    }
    return UnsafePointer(scratch)
  }

  package func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    let numbers = read(rows, target)
    if numbers != UnsafePointer(target) { target.update(from: numbers, count: rows.count) }
  }

  /// The values as binary32; exact where `width` is 4.
  package func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    switch storage {
    case .float32(let values): target.update(from: values + rows.lowerBound, count: rows.count)
    case .decoded(let decoder, let firstRow):
      decoder.forEachBlock(rows.shifted(by: firstRow)) { place, numbers in
        for (index, number) in numbers.enumerated() { target[place + index] = Float(number) }
      }
    default: for (index, row) in rows.enumerated() { target[index] = Float(value(at: row)) }
    }
  }
}
