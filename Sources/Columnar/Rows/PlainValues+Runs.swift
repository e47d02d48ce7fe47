extension PlainValues {
  /// The same from row `row` on: of bits, a multiple of 8.
  package func advanced(by row: Int) -> PlainValues {
    switch self {
    case .int8(let values): .int8(values + row)
    case .int16(let values): .int16(values + row)
    case .int32(let values): .int32(values + row)
    case .int64(let values): .int64(values + row)
    case .uint8(let values): .uint8(values + row)
    case .uint16(let values): .uint16(values + row)
    case .uint32(let values): .uint32(values + row)
    case .uint64(let values): .uint64(values + row)
    case .packed(let values): .packed(values.advanced(by: row))
    case .decoded(let values): .decoded(values.advanced(by: row))
    case .float32(let values): .float32(values + row)
    case .float64(let values): .float64(values + row)
    case .bits(let bits): .bits(bits + row / 8)
    case .fixed(let bytes, let width, let form):
      .fixed(bytes + row * width, width: width, form: form)
    case .utf8(let bytes, let offsets): .utf8(bytes: bytes, offsets: offsets + row)
    }
  }

  /// Calls `body` with runs of `rows`: the place of each within them, its length, and its numbers in words of whole
  /// bytes, which are valid only during the call. Those that lie so are one run; of others, all but the last are of a
  /// multiple of 64 rows, where blocks begin with the first.
  package func forEachRun(_ rows: Range<Int>, _ body: (Int, Int, PlainValues) -> Void) {
    switch self {
    case .packed(let numbers): numbers.forEachRun(rows, body)
    case .decoded(let numbers): numbers.forEachRun(rows, body)
    default: body(0, rows.count, advanced(by: rows.lowerBound))
    }
  }
}
