import Columnar
import FileIO

/// Checks the buffers of one array, and reads them as values.
struct ArrowArrayReader {
  let field: ArrowField
  let rowCount: Int
  let buffers: [Buffer]
  let origin: ArrowArrayOrigin

  /// The start of buffer `index`, which must have `count` elements.
  func memory<Element>(
    _ index: Int, count: Int, as type: Element.Type
  ) throws(ReadingError) -> UnsafePointer<Element> {
    guard index < buffers.count else {
      throw corrupt(0, "buffer \(index) is missing")
    }
    let buffer = buffers[index]
    let width = MemoryLayout<Element>.stride
    guard buffer.byteCount / width >= count else {
      throw corrupt(
        index, "buffer \(index) has \(buffer.byteCount) bytes, \(rowCount) rows need more")
    }
    return UnsafePointer(buffer.pointer(as: type))
  }

  /// The bitmap, `nil` in it where every row has a value, and how many have none.
  func nulls(stated: Int?) throws(ReadingError) -> (ArrowNulls, count: Int) {
    if stated == 0 || stated == nil, buffers.first?.byteCount ?? 0 == 0 {
      return (ArrowNulls(validity: nil), 0)
    }
    let nulls = ArrowNulls(validity: try memory(0, count: (rowCount + 7) / 8, as: UInt8.self))
    let count = nulls.count(0..<rowCount)
    guard stated == nil || count == stated else {
      throw corrupt(0, "the bitmap has \(count) nulls, the metadata says \(stated ?? 0)")
    }
    return (count == 0 ? ArrowNulls(validity: nil) : nulls, count)
  }

  /// The values, and the memory that was made for them.
  func values(_ nulls: ArrowNulls) throws(ReadingError) -> (PlainValues, [Buffer]) {
    switch field.storage {
    case .usual: break
    case .half: return try halves()
    case .decimal(let bits): return (try integers(bits, true), [])
    case .milliseconds: return try days(nulls)
    case .largeOffsets: return try largeText()
    case .views: return try viewedText(nulls)
    case .uuid:
      let bytes = try memory(1, count: rowCount * 16, as: UInt8.self)
      return (.fixed(bytes, width: 16, form: .uuid(isUppercase: false)), [])
    case .foreign(let type): throw unsupported(type)
    }
    switch field.type {
    case .integer(let bits, let isSigned): return (try integers(bits, isSigned), [])
    case .date: return (try integers(32, true), [])
    case .time(let unit): return (try integers(unit <= .millisecond ? 32 : 64, true), [])
    case .timestamp, .duration: return (try integers(64, true), [])
    case .float(32): return (.float32(try memory(1, count: rowCount, as: Float.self)), [])
    case .float: return (.float64(try memory(1, count: rowCount, as: Double.self)), [])
    case .boolean: return (.bits(try memory(1, count: (rowCount + 7) / 8, as: UInt8.self)), [])
    case .decimal(_, let scale): return try decimals(scale: scale, nulls)
    case .utf8: return (try plainText(), [])
    case .null: throw corrupt(0, "the values of a dictionary are of the type null")
    }
  }

  private func integers(_ bits: Int, _ isSigned: Bool) throws(ReadingError) -> PlainValues {
    switch (bits, isSigned) {
    case (8, true): .int8(try memory(1, count: rowCount, as: Int8.self))
    case (16, true): .int16(try memory(1, count: rowCount, as: Int16.self))
    case (32, true): .int32(try memory(1, count: rowCount, as: Int32.self))
    case (_, true): .int64(try memory(1, count: rowCount, as: Int64.self))
    case (8, false): .uint8(try memory(1, count: rowCount, as: UInt8.self))
    case (16, false): .uint16(try memory(1, count: rowCount, as: UInt16.self))
    case (32, false): .uint32(try memory(1, count: rowCount, as: UInt32.self))
    case (_, false): .uint64(try memory(1, count: rowCount, as: UInt64.self))
    }
  }

  private func halves() throws(ReadingError) -> (PlainValues, [Buffer]) {
    let source = try memory(1, count: rowCount, as: UInt16.self)
    let values = try room(rowCount * 4)
    let target = values.pointer(as: Float.self)
    for row in 0..<rowCount { target[row] = Float(binary16: source[row]) }
    return (.float32(target), [values])
  }

  /// Decimals as 64-bit integers; without a sign where one is past 2^63 − 1, as integers may be.
  private func decimals(
    scale: Int, _ nulls: ArrowNulls
  ) throws(ReadingError) -> (PlainValues, [Buffer]) {
    let source = try memory(1, count: rowCount * 2, as: UInt64.self)
    let values = try room(rowCount * 8)
    let target = values.pointer(as: Int64.self)
    var firstLarge: Int?
    var firstNegative: Int?
    for row in 0..<rowCount {
      target[row] = Int64(bitPattern: source[2 * row])
      if nulls.isNull(row) { continue }
      let high = Int64(bitPattern: source[2 * row + 1])
      guard high == 0 || (high == -1 && target[row] < 0) else { throw tooWide(row) }
      if high == 0, target[row] < 0 { firstLarge = firstLarge ?? row }
      if high == -1 { firstNegative = firstNegative ?? row }
    }
    guard let firstLarge else { return (.int64(target), [values]) }
    guard scale == 0, firstNegative == nil else { throw tooWide(firstLarge) }
    return (.uint64(UnsafePointer(values.pointer(as: UInt64.self))), [values])
  }

  private func tooWide(_ row: Int) -> ReadingError {
    ReadingError(
      .unsupportedInput, file: origin.name, byteOffset: offset(1).map { $0 + row * 16 },
      column: field.name, "a decimal needs more than 64 bits",
      remedy: "leave the column out with \(option: "drop", columns: [field.name])")
  }

  private func days(_ nulls: ArrowNulls) throws(ReadingError) -> (PlainValues, [Buffer]) {
    let source = try memory(1, count: rowCount, as: Int64.self)
    let values = try room(rowCount * 8)
    let target = values.pointer(as: Int64.self)
    for row in 0..<rowCount {
      let (days, rest) = source[row].quotientAndRemainder(dividingBy: 86_400_000)
      guard rest == 0 || nulls.isNull(row) else {
        throw corrupt(1, "a date of \(source[row]) ms is no whole day", row: row, width: 8)
      }
      target[row] = days
    }
    return (.int64(target), [values])
  }

  // MARK: - Codes

  /// The codes, each less than `count`, those of nulls too.
  func codes(
    below count: Int, _ nulls: ArrowNulls
  ) throws(ReadingError) -> (PlainValues, [Buffer]) {
    let bits = field.dictionary?.codeBits ?? 32
    // Read without a sign, a negative code is past any dictionary.
    let codes = try integers(bits, false)
    guard rowCount > 0, let largest = codes.accept(LargestCode(count: rowCount)),
      largest >= UInt64(count)
    else { return (codes, []) }
    // Rows that are null may have any code: pandas writes −1.
    let width = bits / 8
    let copy = try room(rowCount * width)
    copy.base.copyMemory(from: buffers[1].base, byteCount: rowCount * width)
    for row in 0..<rowCount {
      let code = UInt64(bitPattern: codes.integer(at: row))
      if code < UInt64(count) { continue }
      guard nulls.isNull(row) else {
        throw corrupt(
          1, "a code is \(code), the dictionary has \(count) entries", row: row, width: width)
      }
      (copy.base + row * width).initializeMemory(as: UInt8.self, repeating: 0, count: width)
    }
    return (
      try ArrowArrayReader(
        field: field, rowCount: rowCount, buffers: [buffers[0], copy], origin: origin
      ).integers(bits, false), [copy]
    )
  }

  /// The rows that have a value and a code of an entry that is one.
  func validity(of codes: PlainValues, _ nulls: ArrowNulls, entries: ArrowNulls) -> Buffer {
    let bitmap = Buffer(zeroedByteCount: (rowCount + 7) / 8)
    let bits = bitmap.pointer(as: UInt8.self)
    for row in 0..<rowCount where !nulls.isNull(row) {
      if !entries.isNull(Int(codes.integer(at: row))) { bits[row >> 3] |= 1 << UInt8(row & 7) }
    }
    return bitmap
  }

  // MARK: - Errors

  /// Memory that may be more than there is, since a file claimed so.
  func room(_ byteCount: Int) throws(ReadingError) -> Buffer {
    guard let buffer = Buffer(availableByteCount: byteCount) else {
      throw corrupt(0, "\(byteCount) bytes for \(rowCount) rows cannot be had")
    }
    return buffer
  }

  func offset(_ buffer: Int) -> Int? {
    origin.bufferOffsets.indices.contains(buffer) ? origin.bufferOffsets[buffer] : nil
  }

  /// - Parameter width: The bytes that a row takes in the buffer.
  func corrupt(
    _ buffer: Int, _ message: String, row: Int = 0, width: Int = 0
  ) -> ReadingError {
    ReadingError.arrow(
      .corruptInput, file: origin.name, byteOffset: offset(buffer).map { $0 + row * width },
      column: field.name, message)
  }

  func unsupported(_ type: ArrowForeignType) -> ReadingError {
    ReadingError(
      .unsupportedInput, file: origin.name, byteOffset: offset(0), column: field.name,
      "columns of the type \(type.name) cannot go on a diet",
      remedy: "leave it out with \(option: "drop", columns: [field.name])"
        + (type.name.hasPrefix("duration") ? ", or cast it to int64 first" : ""))
  }
}

extension ArrowArrayReader {
  fileprivate struct LargestCode: IntegerVisitor {
    let count: Int

    func visit<Code: FixedWidthInteger>(_ codes: UnsafePointer<Code>) -> UInt64 {
      var largest: Code = 0
      var index = 0
      while index < count {
        largest = codes[index] > largest ? codes[index] : largest
        index &+= 1
      }
      return UInt64(truncatingIfNeeded: largest)
    }
  }
}

extension Float {
  /// The value of an IEEE 754 binary16. Written out since `Float16` is not on every platform.
  init(binary16 bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1F
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    // Below 2^−14: the fraction in steps of 2^−24, exact in binary32.
    case 0: self = Float(fraction) * 0x1p-24 * (sign == 0 ? 1 : -1)
    case 0x1F: self.init(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: self.init(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
