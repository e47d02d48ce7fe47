/// Integers in the narrowest width that holds them all: i8, i16, i32, i64, and u64 past 2^63 − 1.
///
///     values  [ 12 | -7 | 0 | 118 ]   int8
struct IntegerEncoding: Encoding {
  let name = "integer"
  let isPlainInteger = true

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard profile.type.domain == .integer, let range = profile.integers else { return [] }
    if range.maximum > Int64.max { return [Layout(encoding: name, width: 8, isUnsigned: true)] }
    let room = profile.takesRoom ? policy.room : .none
    func layout(isSigned: Bool) -> Layout {
      let bits = room.bits(
        for: range.minimum...range.maximum, valueCount: profile.valueCount, isSigned: isSigned)
      return Layout(encoding: name, width: bits / 8, isUnsigned: isSigned ? nil : true)
    }
    let hasSigns = range.minimum < 0
    if profile.stored?.declared?.isUnsigned == true, !hasSigns { return [layout(isSigned: false)] }
    let signed = layout(isSigned: true)
    guard policy.allowsUnsigned, !hasSigns else { return [signed] }
    let unsigned = layout(isSigned: false)
    // 64 bits without a sign are for what has no other place.
    return unsigned.width == 8 ? [signed] : [signed, unsigned]
  }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    guard type.domain == .integer, let width = layout.width else { return false }
    return [1, 2, 4, 8].contains(width)
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    var footprint = Footprint()
    footprint.add(profile.rowCount * (layout.width ?? 8), to: \.values)
    if profile.validityByteCount > 0 { footprint.add(profile.validityByteCount, to: \.validity) }
    return footprint
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    try chunks.encodeIntegers(layout: layout, base: 0)
  }

  func view(of column: Column) -> ColumnView { .plain(column.integerValues) }

  func shape(of layout: Layout) -> ViewShape {
    .integers(width: layout.width ?? 8, isSigned: layout.isUnsigned != true)
  }

  func describe(_ layout: Layout) -> String {
    (layout.isUnsigned == true ? "uint" : "int") + "\((layout.width ?? 8) &* 8)"
  }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    guard let range = profile.integers else { return "whole numbers" }
    let scaled = profile.type.scale.map { ", held as integers of 10^-\($0)" } ?? ""
    return "\(range.minimum) to \(range.maximum) fits \(layout)\(scaled)"
  }

  func headroom(of layout: Layout, profile: ColumnProfile) -> Double? {
    guard let range = profile.integers, let width = layout.width else { return nil }
    let bits = width * 8
    if layout.isUnsigned == true {
      return 1 - Double(range.maximum) / Double((Int128(1) << bits) - 1)
    }
    // What counts is the end that comes nearer: −100…5 in an int8 is nearly full.
    let used = max(Double(range.maximum), -Double(range.minimum) - 1, 0)
    return 1 - used / Double((Int128(1) << (bits - 1)) - 1)
  }
}

extension ChunkedValues {
  /// The column whose values are the chunks' integers less `base`, in the layout's width.
  mutating func encodeIntegers(layout: Layout, base: Int64) throws(LayoutError) -> Column {
    let width = layout.width ?? 8
    let validity = makeValidity()
    let buffer = makeBuffer(rowCount * width)
    let name = name
    let description = layout.description
    let forbidsSignBit = self.forbidsSignBit(layout, base: base, width: width)
    try consume { (firstRow, chunk) throws(LayoutError) in
      if forbidsSignBit, let bad = chunk.firstRow(where: { $0 < 0 }) {
        throw LayoutError(column: name, row: firstRow + bad, layout: description)
      }
      // Only so near the end can a difference wrap around and seem to fit.
      if base > Int64.max - 1 << 32, let bad = chunk.firstRow(where: { $0 < base }) {
        throw LayoutError(column: name, row: firstRow + bad, layout: description)
      }
      let bad: Int? =
        switch (width, layout.isUnsigned == true) {
        case (1, false):
          transferIntegers(chunk, base: base, to: buffer.pointer(as: Int8.self) + firstRow)
        case (2, false):
          transferIntegers(chunk, base: base, to: buffer.pointer(as: Int16.self) + firstRow)
        case (4, false):
          transferIntegers(chunk, base: base, to: buffer.pointer(as: Int32.self) + firstRow)
        case (1, true):
          transferIntegers(chunk, base: base, to: buffer.pointer(as: UInt8.self) + firstRow)
        case (2, true):
          transferIntegers(chunk, base: base, to: buffer.pointer(as: UInt16.self) + firstRow)
        case (4, true):
          transferIntegers(chunk, base: base, to: buffer.pointer(as: UInt32.self) + firstRow)
        case (_, false):
          transferIntegers(chunk, base: base, to: buffer.pointer(as: Int64.self) + firstRow)
        case (_, true):
          transferIntegers(chunk, base: base, to: buffer.pointer(as: UInt64.self) + firstRow)
        }
      if let bad {
        throw LayoutError(column: name, row: firstRow + bad, layout: description)
      }
    }
    return Column(
      name: name, type: type, layout: layout, count: rowCount, nullCount: nullCount,
      validity: validity, values: buffer)
  }
}

extension ChunkedValues {
  /// Whether bits with the sign set stand for a number that the layout does not hold, although the
  /// bits would fit: 2^63 and more where the layout has a sign, −1 and less where it has none.
  private func forbidsSignBit(_ layout: Layout, base: Int64, width: Int) -> Bool {
    let hasUnsignedWords = width == 8 && layout.isUnsigned == true && base == 0
    return isUnsigned != hasUnsignedWords
  }
}

extension ColumnChunk {
  /// The first row with an integer for which `isFound` holds.
  func firstRow(where isFound: (Int64) -> Bool) -> Int? {
    guard case .integers(let integers) = values else { return nil }
    return (0..<rowCount).first { !isNull($0) && isFound(integers.value(at: $0)) }
  }
}

extension Column {
  /// The values buffer, typed by the layout's width and sign.
  var integerValues: PlainValues {
    guard let values else { fatalError("an integer column holds values") }
    return switch (layout.width ?? 8, layout.isUnsigned == true) {
    case (1, false): .int8(values.pointer(as: Int8.self))
    case (2, false): .int16(values.pointer(as: Int16.self))
    case (4, false): .int32(values.pointer(as: Int32.self))
    case (1, true): .uint8(values.pointer(as: UInt8.self))
    case (2, true): .uint16(values.pointer(as: UInt16.self))
    case (4, true): .uint32(values.pointer(as: UInt32.self))
    case (_, false): .int64(values.pointer(as: Int64.self))
    case (_, true): .uint64(values.pointer(as: UInt64.self))
    }
  }
}
