import CKernels
import Columnar

/// The integers of a column, a block of rows at a time, as 64-bit words: value = word + `offset`.
///
/// Whatever the shape, the words compare as the values do. Those of offsets from a base are the
/// offsets, those of numbers without a sign the number less 2^63, so that no value overflows.
struct IntegerBlocks: @unchecked Sendable {
  // Sound to share: the pointers lead into buffers that `rows` keeps and no one changes.
  private enum Source {
    case plain(PlainValues)
    case table(codes: PlainValues, [Int64])
    case sequence(start: Int64, step: Int64)
    case constant(Int64)
  }

  let rows: ColumnRows
  let offset: Int128
  private let source: Source

  init(_ rows: ColumnRows) {
    self.rows = rows
    switch rows.view {
    case .plain(let values):
      source = .plain(values)
      offset = values.wordOffset
    case .scaled(let base, let offsets):
      source = .plain(offsets)
      offset = Int128(base) + offsets.wordOffset
    case .indexed(let codes, let dictionary, let count):
      let words: [Int64]
      (words, offset) = Self.words(of: dictionary, count: count)
      source = .table(codes: codes, words)
    case .sequence(let start, let step):
      source = .sequence(start: start, step: step)
      offset = 0
    case .constant(let value?):
      let words: [Int64]
      (words, offset) = Self.words(of: value, count: 1)
      source = .constant(words[0])
    case .constant(nil):
      source = .constant(0)
      offset = 0
    }
  }

  /// The words of a dictionary.
  private static func words(of view: ColumnView, count: Int) -> ([Int64], Int128) {
    let (values, base): (PlainValues, Int128) =
      switch view {
      case .plain(let values): (values, 0)
      case .scaled(let base, let offsets): (offsets, Int128(base))
      case .indexed, .sequence, .constant: fatalError("a dictionary holds plain integers")
      }
    let words = [Int64](unsafeUninitializedCapacity: count) { buffer, initialized in
      let start = buffer.baseAddress!
      let read = values.words(0..<count, start)
      if read != UnsafePointer(start) { start.update(from: read, count: count) }
      initialized = count
    }
    return (words, base + values.wordOffset)
  }

  /// Whether words are far from the ends of 64 bits, so that adding to them does not overflow.
  var hasNarrowWords: Bool {
    switch source {
    case .plain(.int64), .plain(.uint64), .table, .sequence, .constant: false
    case .plain: true
    }
  }

  /// The words of the rows in `range`: in `scratch`, which has room for them, or where they are
  /// stored. Those of null rows mean nothing.
  func read(
    _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<Int64> {
    switch source {
    case .plain(let values): return values.words(range, scratch)
    case .table(let codes, let table):
      table.withUnsafeBufferPointer {
        codes.lookUp(range, in: $0.baseAddress!.asWords, scratch.asWords)
      }
    case .sequence(let start, let step):
      var value = start &+ step &* Int64(range.lowerBound)
      var row = 0
      while row < range.count {
        scratch[row] = value
        value &+= step
        row &+= 1
      }
    case .constant(let word): scratch.update(repeating: word, count: range.count)
    }
    return UnsafePointer(scratch)
  }

  /// The same with `word` in null rows. `range` starts at a multiple of 64.
  func read(
    _ range: Range<Int>, filling word: Int64, _ scratch: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<Int64> {
    let words = read(range, scratch)
    guard let valid = rows.valid else {
      if rows.nullCount == 0 { return words }
      scratch.update(repeating: word, count: range.count)
      return UnsafePointer(scratch)
    }
    if words != UnsafePointer(scratch) { scratch.update(from: words, count: range.count) }
    diet_fill_gaps(
      scratch.asWords, valid + range.lowerBound / 64, range.count, UInt64(bitPattern: word))
    return UnsafePointer(scratch)
  }
}

extension PlainValues {
  /// What is added to the words to have the values.
  var wordOffset: Int128 { if case .uint64 = self { 1 << 63 } else { 0 } }

  /// Integers as 64-bit words, in `scratch` unless they are stored so.
  func words(
    _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<Int64> {
    let (start, count) = (range.lowerBound, range.count)
    switch self {
    case .int64(let values): return values + start
    case .int8(let values): diet_widen_i8(values + start, count, scratch)
    case .int16(let values): diet_widen_i16(values + start, count, scratch)
    case .int32(let values): diet_widen_i32(values + start, count, scratch)
    case .uint8(let values): diet_widen_u8(values + start, count, scratch)
    case .uint16(let values): diet_widen_u16(values + start, count, scratch)
    case .uint32(let values): diet_widen_u32(values + start, count, scratch)
    case .uint64(let values): diet_widen_u64(values + start, count, scratch)
    case .bits(let bits):
      var row = 0
      while row < count {
        let place = start &+ row
        scratch[row] = Int64(truncatingIfNeeded: bits[place &>> 3] &>> UInt8(place & 7) & 1)
        row &+= 1
      }
    case .float32, .float64, .fixed, .utf8: fatalError("the view holds no integers")
    }
    return UnsafePointer(scratch)
  }

  /// The words of a table at these codes.
  func lookUp(
    _ range: Range<Int>, in table: UnsafePointer<UInt64>, _ target: UnsafeMutablePointer<UInt64>
  ) {
    switch self {
    case .uint8(let codes): diet_lookup_u8(codes + range.lowerBound, range.count, table, target)
    case .uint16(let codes): diet_lookup_u16(codes + range.lowerBound, range.count, table, target)
    case .uint32(let codes): diet_lookup_u32(codes + range.lowerBound, range.count, table, target)
    default: fatalError("codes have no sign")
    }
  }
}

extension UnsafePointer<Int64> {
  /// The same memory as words without a sign: sound, as both are plain bits of one size.
  var asWords: UnsafePointer<UInt64> {
    UnsafeRawPointer(self).assumingMemoryBound(to: UInt64.self)
  }
}

extension UnsafeMutablePointer<Int64> {
  var asWords: UnsafeMutablePointer<UInt64> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: UInt64.self)
  }
}
