import Columnar
import TestSupport

/// A column as plain Swift values, with all that the engine would know of it found the obvious way.
struct PlainColumn: CustomStringConvertible {
  enum Values: Equatable {
    case integers([Int128?])
    case floats([Double?])
    case texts([[UInt8]?])
  }

  var type: LogicalType
  var values: Values

  var count: Int {
    switch values {
    case .integers(let values): values.count
    case .floats(let values): values.count
    case .texts(let values): values.count
    }
  }

  var nullCount: Int {
    switch values {
    case .integers(let values): values.count { $0 == nil }
    case .floats(let values): values.count { $0 == nil }
    case .texts(let values): values.count { $0 == nil }
    }
  }

  /// The values as bits: 128 of them for integers, so that −1 is not 2^64 − 1; binary64; or bytes.
  var bits: [[UInt8]?] {
    switch values {
    case .integers(let values): values.map { $0.map(Self.bytes) }
    case .floats(let values): values.map { $0.map { Self.bytes($0.bitPattern) } }
    case .texts(let values): values
    }
  }

  /// Which of some rows are null.
  private func areNull(_ rows: Range<Int>) -> [Bool] {
    switch values {
    case .integers(let values): values[rows].map { $0 == nil }
    case .floats(let values): values[rows].map { $0 == nil }
    case .texts(let values): values[rows].map { $0 == nil }
    }
  }

  static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  var description: String {
    let shown =
      switch values {
      case .integers(let values): values.prefix(40).map { $0.map(String.init) ?? "∅" }
      case .floats(let values): values.prefix(40).map { $0.map { "\($0)" } ?? "∅" }
      case .texts(let values):
        values.prefix(40).map { $0.map { String(decoding: $0, as: UTF8.self) } ?? "∅" }
      }
    return "\(type) × \(count): \(shown)"
  }

  // MARK: - Profile

  var profile: ColumnProfile {
    var profile = ColumnProfile(name: "v", type: type, rowCount: count, nullCount: nullCount)
    let distinct = Set(bits.compactMap { $0 })
    profile.dictionaryCount = distinct.count
    profile.distinctCount = distinct.count
    switch values {
    case .integers(let values):
      let present = values.compactMap { $0 }
      guard let minimum = present.min(), let maximum = present.max() else { break }
      profile.integers = IntegerProfile(
        minimum: minimum, maximum: maximum,
        order: IntegerOrder(values.map { $0.map(Int64.init(truncatingIfNeeded:)) }),
        // As for columns that are read: in other types a unit may be another one in a part.
        spread: type == .integer && maximum <= Int64.max
          ? IntegerSpread(present.map(Int64.init(truncatingIfNeeded:))) : nil)
    case .floats(let values):
      let present = values.compactMap { $0 }
      let numbers = present.filter { !$0.isNaN }
      profile.floats = FloatProfile(
        minimum: numbers.min(), maximum: numbers.max(), nanCount: present.count - numbers.count,
        fitsFloat32: present.allSatisfy { Double(Float($0)).bitPattern == $0.bitPattern },
        isConstant: false, float32Error: present.map(\.float32Error).max())
    case .texts(let values):
      let present = values.compactMap { $0 }
      var text = TextProfile()
      text.forecast = TextForecast(ofTexts: present)
      text.byteCount = present.reduce(0) { $0 + $1.count }
      text.minimumLength = present.map(\.count).min() ?? Int.max
      text.maximumLength = present.map(\.count).max() ?? 0
      text.distinctByteCount = distinct.reduce(0) { $0 + $1.count }
      for value in present {
        value.withUnsafeBufferPointer {
          text.forms.formIntersection(TextForms(classifying: $0))
          text.digits.note($0)
        }
      }
      profile.text = text
      if present.isEmpty { profile.type = .null }
    }
    return profile
  }

  // MARK: - Chunks

  /// The column cut where `cuts` says, each chunk in its narrowest width or, by chance, a wider one.
  ///
  /// - Parameter findsDistinct: Whether the distinct values are found, and text becomes codes.
  func chunks(
    cuts: [Int], findsDistinct: Bool = true, using generator: inout SeededGenerator
  ) -> ChunkedValues {
    var slabs = SlabWriter(initialCapacity: 4096)
    var chunks: [ColumnChunk] = []
    var start = 0
    for end in cuts + [count] {
      chunks.append(chunk(start..<end, &slabs, using: &generator))
      start = end
    }
    var chunked = ChunkedValues(
      name: "v", type: type, rowCount: count, nullCount: nullCount, chunks: chunks)
    if case .integers(let values) = values {
      chunked.isUnsigned = values.contains { ($0 ?? 0) > Int64.max }
    }
    if findsDistinct { chunked.findDistinct() }
    return chunked.packed(using: &generator)
  }

  private func chunk(
    _ rows: Range<Int>, _ slabs: inout SlabWriter, using generator: inout SeededGenerator
  ) -> ColumnChunk {
    let isNull = areNull(rows)
    let nullCount = isNull.count { $0 }
    if nullCount == rows.count { return .nulls(rows.count) }
    var validity: SlabSlice?
    if nullCount > 0 {
      let slice = slabs.allocate((rows.count + 63) / 64 * 8)
      for word in 0..<(rows.count + 63) / 64 { slice.pointer(as: UInt64.self)[word] = ~0 }
      for (row, isNull) in isNull.enumerated() where isNull {
        slice.pointer(as: UInt8.self)[row >> 3] &= ~(1 << UInt8(row & 7))
      }
      validity = slice
    }
    let values: ChunkValues
    switch self.values {
    case .integers(let all):
      let words = all[rows].map { $0.map { Int64(truncatingIfNeeded: $0) } }
      values = .integers(Self.integers(words, all[rows].compactMap { $0 }, &slabs, &generator))
    case .floats(let all):
      let slice = slabs.allocate(rows.count * 8)
      for (row, value) in all[rows].enumerated() {
        // What stands in null rows is anyone's guess.
        slice.pointer(as: Double.self)[row] = value ?? Double(row) + 0.1
      }
      values = .floats(slice)
    case .texts(let all):
      let slice = slabs.allocate(all[rows].reduce(0) { $0 + ($1?.count ?? 0) })
      let ends = slabs.allocate(rows.count * 4)
      var position = 0
      for (row, value) in all[rows].enumerated() {
        for byte in value ?? [] {
          slice.pointer(as: UInt8.self)[position] = byte
          position += 1
        }
        ends.pointer(as: UInt32.self)[row] = UInt32(position)
      }
      values = .text(TextChunk(bytes: slice, ends: ends, byteCount: position))
    }
    return ColumnChunk(
      rowCount: rows.count, nullCount: nullCount, validity: validity, values: values)
  }

  private static func integers(
    _ words: [Int64?], _ values: [Int128], _ slabs: inout SlabWriter,
    _ generator: inout SeededGenerator
  ) -> IntegerChunk {
    let minimum = values.min()!
    let range = values.max()! - minimum
    let widths = [0, 1, 2, 4, 8].filter { range < Int128(1) << ($0 * 8) }
    let width = widths.randomElement(using: &generator)!
    let base = Int64(truncatingIfNeeded: minimum)
    guard width > 0 else { return IntegerChunk(base: base, width: 0, offsets: nil) }
    let slice = slabs.allocate(words.count * width)
    for (row, word) in words.enumerated() {
      let offset = UInt64(bitPattern: (word ?? base) &- base)
      for byte in 0..<width {
        slice.pointer(as: UInt8.self)[row * width + byte] = UInt8(
          truncatingIfNeeded: offset >> UInt64(byte * 8))
      }
    }
    return IntegerChunk(base: base, width: width, offsets: slice)
  }
}

extension ChunkedValues {
  /// The same with some chunks packed, and for some threads.
  fileprivate func packed(using generator: inout SeededGenerator) -> ChunkedValues {
    var slabs = SlabWriter(initialCapacity: 4096)
    let packed = chunks.compactMap { chunk in
      Bool.random(using: &generator)
        ? chunk?.packed(in: &slabs, compressesText: .random(using: &generator)) : chunk
    }
    var values = ChunkedValues(
      name: name, type: type, rowCount: rowCount, nullCount: nullCount, chunks: packed)
    (values.distinctValues, values.distinctText) = (distinctValues, distinctText)
    (values.isUnsigned, values.unitedText) = (isUnsigned, unitedText)
    values.threadCount = Int.random(in: 1...3, using: &generator)
    return values
  }
}
