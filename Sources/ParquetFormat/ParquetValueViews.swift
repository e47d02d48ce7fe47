import CKernels
import Columnar

extension ParquetFixedValues {
  /// The values in a shape that readers know, and the memory that it points to.
  func view(
    _ type: ParquetType, _ nulls: ArrowNulls, rowCount: Int
  ) throws(PageFault) -> (ColumnView, [Buffer]) {
    switch (type.physical, type.annotation) {
    case (.boolean, _):
      let bits = Buffer(zeroedByteCount: (rowCount + 7) / 8)
      let (source, target) = (memory.pointer(as: UInt8.self), bits.pointer(as: UInt8.self))
      for row in 0..<rowCount { target[row >> 3] |= source[row] << UInt8(row & 7) }
      return (.plain(.bits(target)), [bits])
    case (.int32, .integer(32, isSigned: false)?):
      return (.plain(.uint32(memory.pointer(as: UInt32.self))), [memory])
    case (.int32, _): return (.plain(.int32(memory.pointer(as: Int32.self))), [memory])
    case (.int64, .integer(64, isSigned: false)?):
      return (.plain(.uint64(memory.pointer(as: UInt64.self))), [memory])
    case (.int64, _): return (.plain(.int64(memory.pointer(as: Int64.self))), [memory])
    case (.float, _): return (.plain(.float32(memory.pointer(as: Float.self))), [memory])
    case (.double, _): return (.plain(.float64(memory.pointer(as: Double.self))), [memory])
    case (.fixedLengthByteArray, .float16?):
      return singles(rowCount: rowCount)
    case (.fixedLengthByteArray, .uuid?):
      let bytes = UnsafePointer(memory.pointer(as: UInt8.self))
      return (
        .plain(.fixed(bytes, width: width, form: .uuid(isUppercase: false))), [memory]
      )
    case (.fixedLengthByteArray, .decimal(_, let scale)?):
      return try decimals(rowCount: rowCount, scale: scale, nulls) { row in
        UnsafeRawBufferPointer(start: memory.base + row * width, count: width)
      }
    case (.int96, _):
      return try integers(rowCount: rowCount, nulls) { (row) throws(PageFault) in
        try nanoseconds(memory.base + row * 12)
      }
    default:
      let bytes = UnsafePointer(memory.pointer(as: UInt8.self))
      for row in 0..<rowCount where !nulls.isNull(row) {
        guard diet_utf8_first_invalid(bytes + row * width, width) == width else {
          throw PageFault(
            .unsupportedInput, "row \(row) of the row group is no UTF-8: binary is not read")
        }
      }
      return (.plain(.fixed(bytes, width: width, form: .text)), [memory])
    }
  }

  private func singles(rowCount: Int) -> (ColumnView, [Buffer]) {
    let result = Buffer(uninitializedByteCount: rowCount * 4)
    let source = memory.pointer(as: UInt16.self)
    for row in 0..<rowCount {
      result.pointer(as: Float.self)[row] = single(halfBits: UInt16(littleEndian: source[row]))
    }
    return (.plain(.float32(result.pointer(as: Float.self))), [result])
  }
}

extension ParquetTextValues {
  /// The values in a shape that readers know, and the memory that it points to.
  func view(
    _ type: ParquetType, _ nulls: ArrowNulls, rowCount: Int
  ) throws(PageFault) -> (ColumnView, [Buffer]) {
    let entries = text ?? dictionary ?? Store(capacity: 0)
    if case .decimal(_, let scale)? = type.annotation {
      let codes = codes?.pointer(as: UInt32.self)
      return try decimals(rowCount: rowCount, scale: scale, nulls) { row in
        entries[codes.map { Int($0[row]) } ?? row]
      }
    }
    try entries.checkText(isText: type.annotation == .string)
    let buffer = Buffer(uninitializedByteCount: entries.bytes.count)
    buffer.base.copyMemory(from: entries.bytes.base, byteCount: entries.bytes.count)
    let view = ColumnView.plain(
      .utf8(
        bytes: buffer.pointer(as: UInt8.self), offsets: entries.offsets.pointer(as: UInt32.self)))
    guard let codes else {
      // Without rows there may be no page, and so nothing that says how they are stored.
      return (view, [buffer, entries.offsets])
    }
    return (
      .indexed(
        codes: .uint32(codes.pointer(as: UInt32.self)), dictionary: view,
        dictionaryCount: entries.count),
      [buffer, entries.offsets, codes]
    )
  }
}

extension ParquetTextValues.Store {
  /// - Parameter isText: Whether the file says that it is text; else it may be.
  fileprivate func checkText(isText: Bool) throws(PageFault) {
    let offsets = offsets.pointer(as: UInt32.self)
    let invalid = diet_utf8_first_invalid(bytes.base, bytes.count)
    var isValid = invalid == bytes.count
    // No value may begin within a character.
    for index in 0..<count where Int(offsets[index]) < bytes.count {
      isValid = isValid && bytes.base[Int(offsets[index])] & 0xC0 != 0x80
    }
    if isValid { return }
    if isText { throw PageFault("text is not UTF-8") }
    throw PageFault(.unsupportedInput, "the values are no UTF-8: binary is not read")
  }
}

/// Integers of 64 bits, made one by one; nulls are 0.
private func integers(
  rowCount: Int, _ nulls: ArrowNulls, _ value: (Int) throws(PageFault) -> Int64
) throws(PageFault) -> (ColumnView, [Buffer]) {
  let result = Buffer(uninitializedByteCount: rowCount * 8)
  let target = result.pointer(as: Int64.self)
  for row in 0..<rowCount { target[row] = nulls.isNull(row) ? 0 : try value(row) }
  return (.plain(.int64(target)), [result])
}

/// Decimals as 64-bit integers; without a sign where one is past 2^63 − 1, as whole numbers may be.
private func decimals(
  rowCount: Int, scale: Int, _ nulls: ArrowNulls, _ bytes: (Int) -> UnsafeRawBufferPointer
) throws(PageFault) -> (ColumnView, [Buffer]) {
  var (hasLarge, hasNegative) = (false, false)
  let result = try integers(rowCount: rowCount, nulls) { (row) throws(PageFault) in
    let (isNegative, value) = try bigEndianInteger(bytes(row))
    hasNegative = hasNegative || isNegative
    hasLarge = hasLarge || (!isNegative && value < 0)
    return value
  }
  guard hasLarge else { return result }
  guard scale == 0, !hasNegative, let memory = result.1.first else { throw decimalIsTooWide }
  return (.plain(.uint64(memory.pointer(as: UInt64.self))), result.1)
}

private var decimalIsTooWide: PageFault {
  PageFault(.unsupportedInput, "a decimal needs more than 64 bits")
}

/// Two's complement, the highest byte first: the sign, and the lowest 64 bits.
private func bigEndianInteger(
  _ bytes: UnsafeRawBufferPointer
) throws(PageFault) -> (isNegative: Bool, bits: Int64) {
  guard let first = bytes.first else { throw PageFault("a decimal has no bytes") }
  let sign = Int64(Int8(bitPattern: first)) >> 7
  let higher = bytes.prefix(max(0, bytes.count - 8))
  var value = sign
  for byte in bytes { value = value << 8 | Int64(byte) }
  guard higher.allSatisfy({ $0 == UInt8(truncatingIfNeeded: sign) }), sign == 0 || value < 0
  else { throw decimalIsTooWide }
  return (sign < 0, value)
}

/// Nanoseconds of a day and a Julian day number, as nanoseconds since 1970.
private func nanoseconds(_ bytes: UnsafeRawPointer) throws(PageFault) -> Int64 {
  let time = Int64(littleEndian: bytes.loadUnaligned(as: Int64.self))
  let day = Int64(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int32.self)))
  let (days, overflows) = (day - 2_440_588).multipliedReportingOverflow(
    by: 86_400_000_000_000)
  let (sum, isBeyond) = days.addingReportingOverflow(time)
  guard !overflows, !isBeyond else {
    throw PageFault(.unsupportedInput, "a timestamp is beyond the 64 bits of nanoseconds")
  }
  return sum
}

/// IEEE 754 binary16 as binary32: exact.
private func single(halfBits bits: UInt16) -> Float {
  let sign = UInt32(bits & 0x8000) << 16
  let exponent = UInt32(bits >> 10 & 0x1F)
  let fraction = UInt32(bits & 0x3FF)
  switch exponent {
  case 0:
    let magnitude = Float(fraction) * 0x1p-24
    return Float(bitPattern: magnitude.bitPattern | sign)
  case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
  default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
  }
}
