import Columnar
import Kernels

/// Values of a column, one way to ask for them in every layout that holds them.
struct ColumnSample: CustomStringConvertible {
  let kind: String
  let type: LogicalType
  let values: [StoredValue?]
  let seed: UInt64

  var description: String {
    "\(kind), \(values.count) rows, \(values.count { $0 == nil }) null, seed \(seed)"
  }

  var present: [StoredValue] { values.compactMap { $0 } }

  /// The column in every layout of every encoding that offers one.
  func columns() throws -> [Column] {
    let profile = profile
    let policies = [LayoutPolicy(allowsUnsigned: true), LayoutPolicy().storing(.smallest)]
    let plain = chunkedValues()
    var distinct = chunkedValues()
    distinct.findDistinct()
    return try Encodings.all.flatMap { encoding in
      // In an order that is the same in every run.
      let offered = policies.flatMap { encoding.layouts(for: profile, policy: $0) }
      return try (offered + grouped(profile, encoding, offered)).uniqued.map { layout in
        var values = layout.values == nil ? plain : distinct
        return try encoding.encode(&values, layout: layout)
      }
    }
  }

  /// Groups of a radix, which few rows would not be worth.
  private func grouped(
    _ profile: ColumnProfile, _ encoding: any Encoding, _ offered: [Layout]
  ) -> [Layout] {
    func layout(radix: Int128, base: Int64?, values: Layout? = nil) -> [Layout] {
      guard let step = Int64(exactly: max(3, radix)), step < 1 << 31 else { return [] }
      let layout = Layout(
        encoding: encoding.name, isUnsigned: base == nil ? true : nil, base: base, step: step,
        bits: 62, values: values)
      return encoding.isSound(layout, for: type) ? [layout] : []
    }
    switch encoding.name {
    case "radix":
      guard let range = profile.integers, let base = Int64(exactly: range.minimum) else {
        return []
      }
      return layout(radix: range.maximum - range.minimum + 1, base: base)
    case "dictionary":
      return offered.filter { $0.bits == nil }.flatMap {
        layout(
          radix: Int128(profile.dictionaryCount ?? 0), base: nil, values: $0.values?.first)
      }
    default: return []
    }
  }

  private var profile: ColumnProfile {
    let present = present
    var profile = ColumnProfile(
      name: kind, type: type, rowCount: values.count, nullCount: values.count - present.count)
    switch type.domain {
    case .integer:
      let integers = present.map(\.integer)
      profile.dictionaryCount = Set(integers).count
      if let minimum = integers.min(), let maximum = integers.max() {
        profile.integers = IntegerProfile(
          minimum: minimum, maximum: maximum,
          order: IntegerOrder(values.map { $0.map { Int64(truncatingIfNeeded: $0.integer) } }),
          spread: IntegerSpread(integers.map { Int64(truncatingIfNeeded: $0) }))
      }
    case .float:
      let floats = present.map(\.float)
      let numbers = floats.filter { !$0.isNaN }
      let bits = Set(floats.map(\.bitPattern))
      profile.dictionaryCount = bits.count
      profile.floats = FloatProfile(
        minimum: numbers.min(), maximum: numbers.max(), nanCount: floats.count - numbers.count,
        fitsFloat32: floats.allSatisfy { Double(Float($0)).bitPattern == $0.bitPattern },
        isConstant: bits.count == 1)
    case .bytes:
      let texts = present.map(\.text)
      profile.dictionaryCount = Set(texts).count
      var text = TextProfile()
      text.forecast = TextForecast(ofTexts: texts)
      text.byteCount = texts.reduce(0) { $0 + $1.count }
      text.minimumLength = texts.map(\.count).min() ?? 0
      text.maximumLength = texts.map(\.count).max() ?? 0
      text.distinctByteCount = Set(texts).reduce(0) { $0 + $1.count }
      for value in texts {
        text.forms.formIntersection(value.withUnsafeBufferPointer { TextForms(classifying: $0) })
        value.withUnsafeBufferPointer { text.digits.note($0) }
      }
      profile.text = text
    }
    return profile
  }

  private func chunkedValues() -> ChunkedValues {
    // Two chunks, the first not a whole number of words.
    let cut = min(values.count, 37)
    let chunks = [values[..<cut], values[cut...]].filter { !$0.isEmpty }.map(chunk)
    var chunked = ChunkedValues(
      name: kind, type: type, rowCount: values.count, nullCount: values.count { $0 == nil },
      chunks: chunks)
    if type.domain == .integer {
      chunked.isUnsigned = present.contains { $0.integer > Int64.max }
    }
    return chunked
  }

  private func chunk(_ values: ArraySlice<StoredValue?>) -> ColumnChunk {
    let rows = Array(values)
    let nullCount = rows.count { $0 == nil }
    if nullCount == rows.count { return .nulls(rows.count) }
    var slabs = SlabWriter(initialCapacity: 4096)
    var validity: SlabSlice?
    if nullCount > 0 {
      let words = slabs.allocate((rows.count + 63) / 64 * 8)
      for (row, value) in rows.enumerated() where value != nil {
        words.pointer(as: UInt64.self)[row / 64] |= 1 << UInt64(row % 64)
      }
      validity = words
    }
    let stored: ChunkValues
    switch type.domain {
    case .integer:
      let slice = slabs.allocate(rows.count * 8)
      for (row, value) in rows.enumerated() {
        slice.pointer(as: Int64.self)[row] = Int64(truncatingIfNeeded: value?.integer ?? 0)
      }
      stored = .integers(IntegerChunk(base: 0, width: 8, offsets: slice))
    case .float:
      let slice = slabs.allocate(rows.count * 8)
      for (row, value) in rows.enumerated() {
        slice.pointer(as: Double.self)[row] = value?.float ?? 0
      }
      stored = .floats(slice)
    case .bytes:
      let bytes = slabs.allocate(rows.reduce(0) { $0 + ($1?.text.count ?? 0) })
      let ends = slabs.allocate(rows.count * 4)
      var position = 0
      for (row, value) in rows.enumerated() {
        for byte in value?.text ?? [] {
          bytes.pointer(as: UInt8.self)[position] = byte
          position += 1
        }
        ends.pointer(as: UInt32.self)[row] = UInt32(position)
      }
      stored = .text(TextChunk(bytes: bytes, ends: ends, byteCount: position))
    }
    return ColumnChunk(
      rowCount: rows.count, nullCount: nullCount, validity: validity, values: stored)
  }
}

extension StoredValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
  public init(integerLiteral value: Int64) { self = .integer(Int128(value)) }
  public init(floatLiteral value: Double) { self = .float(value) }
  public init(stringLiteral value: String) { self = .text(Array(value.utf8)) }
  public init(booleanLiteral value: Bool) { self = .integer(value ? 1 : 0) }
}

extension StoredValue {
  var integer: Int128 {
    guard case .integer(let value) = self else { fatalError("\(self) is no integer") }
    return value
  }

  var float: Double {
    guard case .float(let value) = self else { fatalError("\(self) is no float") }
    return value
  }

  var text: [UInt8] {
    guard case .text(let value) = self else { fatalError("\(self) is no text") }
    return value
  }
}

extension [Layout] {
  /// Each once, where it first stands.
  fileprivate var uniqued: [Layout] {
    reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
