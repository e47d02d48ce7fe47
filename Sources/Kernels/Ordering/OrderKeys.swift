import CKernels
import Columnar

/// The rows of any column as 64-bit keys: equal where values are, and in the order of the values.
///
/// Sorting, ranks, quantiles, groups and joins look at keys only, so each is written once. Keys of
/// integers are the stored words; those of a dictionary its codes, which are sorted; of short text of
/// one length its bytes, the first in front; of text of one length that is held as numbers these. Other
/// text is ranked once, through a hash table.
/// A zero is +0.0, and NaN, whatever its bits, is one key after all others.
package struct OrderKeys: @unchecked Sendable {
  // Sound to share: what the pointers lead to is kept by `rows` and no one changes it.
  private enum Source {
    case integers(IntegerBlocks)
    case codes(PlainValues)
    case table(codes: PlainValues, [Int64])
    case floats(FloatBlocks)
    case words(UnsafePointer<UInt8>, width: Int, form: FixedForm)
    case numbers(IntegerBlocks, NumberedTextCodec)
    case ranks(TextRanks)
    /// The key of every row.
    case constant(Int64)
  }

  let rows: ColumnRows
  private let source: Source

  package init(_ rows: ColumnRows) {
    self.rows = rows
    switch (rows.view, rows.type.domain) {
    case (.constant(let value), .float):
      source = .constant(OrderKeys.key(of: value?.float(at: 0) ?? 0))
    case (.constant, _): source = .constant(0)
    case (.indexed(let codes, let dictionary, let count), .float):
      source = .table(
        codes: codes, (0..<count).map { OrderKeys.key(of: dictionary.float(at: $0)) })
    case (.indexed(let codes, _, _), _): source = .codes(codes)
    case (_, .integer): source = .integers(IntegerBlocks(rows))
    case (_, .float): source = .floats(FloatBlocks(rows))
    case (.plain(.fixed(let bytes, let width, let form)), .bytes) where width <= 8 && form != .ipv4:
      source = .words(bytes, width: width, form: form)
    case (_, .bytes):
      if let texts = NumberedTexts(rows), texts.areOrdered {
        source = .numbers(IntegerBlocks(texts.numbers), texts.codec)
      } else {
        source = .ranks(TextRanks(rows))
      }
    }
  }

  static let nanKey = Int64.max

  /// Adding 0.0 takes the sign off −0.0. Bits of negative numbers fall as the numbers rise.
  @inline(__always)
  static func key(of number: Double) -> Int64 {
    if number != number { return nanKey }
    let bits = Int64(bitPattern: (number + 0).bitPattern)
    return bits ^ Int64(bitPattern: UInt64(bitPattern: bits &>> 63) &>> 1)
  }

  /// Whether keys are what is stored, or made of it a row at a time.
  package var path: ReductionPath { if case .ranks = source { .decoded } else { .direct } }

  /// The keys of the rows in `range`, in `scratch` or where they are stored. Those of null rows
  /// mean nothing, but they lie within the bounds of the stored type.
  func read(
    _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<Int64> {
    let count = range.count
    switch source {
    case .integers(let blocks), .numbers(let blocks, _): return blocks.read(range, scratch)
    case .codes(let codes): return codes.words(range, scratch)
    case .table(let codes, let table):
      table.withUnsafeBufferPointer {
        codes.lookUp(range, in: $0.baseAddress!.asWords, scratch.asWords)
      }
    case .floats(let blocks):
      let room = UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: Double.self)
      let numbers = blocks.read(range, room)
      var row = 0
      while row < count {
        scratch[row] = Self.key(of: numbers[row])
        row &+= 1
      }
    case .words(let bytes, let width, _):
      // The bytes after the first are shifted in behind it, and the top bit becomes a sign.
      var place = bytes + range.lowerBound * width
      var row = 0
      while row < count {
        var word: UInt64 = 0
        var byte = 0
        while byte < width {
          word = word &<< 8 | UInt64(place[byte])
          byte &+= 1
        }
        place += width
        scratch[row] = Int64(bitPattern: word &- (width == 8 ? 1 &<< 63 : 0))
        row &+= 1
      }
    case .ranks(let ranks): return ranks.codes.words(range, scratch)
    case .constant(let key): scratch.update(repeating: key, count: count)
    }
    return UnsafePointer(scratch)
  }

  /// A range that holds the keys of all rows that have a value; `nil` where none has.
  var bounds: ClosedRange<Int64>? {
    if rows.valueCount == 0 { return nil }
    switch source {
    case .constant(let key): return key...key
    case .codes:
      guard case .indexed(_, _, let count) = rows.view else { return nil }
      return 0...Int64(count - 1)
    case .ranks(let ranks): return 0...Int64(ranks.count - 1)
    case .table(_, let table): return table.min()!...table.max()!
    case .integers(let blocks), .numbers(let blocks, _):
      let ends = blocks.rows.integerMinMax
      return Int64(ends.minimum - blocks.offset)...Int64(ends.maximum - blocks.offset)
    case .words(_, let width, _) where width < 8: return 0...Int64(1) << Int64(width * 8) - 1
    case .floats, .words: return scannedBounds
    }
  }

  private var scannedBounds: ClosedRange<Int64>? {
    let ends = parts { part, first -> (Int64, Int64) in
      var (low, high) = (Int64.max, Int64.min)
      forEach(part, first) { _, key in
        low = min(low, key)
        high = max(high, key)
      }
      return (low, high)
    }
    let low = ends.map(\.0).min()!
    let high = ends.map(\.1).max()!
    return low <= high ? low...high : nil
  }

  /// `body` of each part of the rows, with its first row; in parallel, in the order of the rows.
  func parts<T: Sendable>(_ body: @Sendable (Range<Int>, Int) -> T) -> [T] {
    let parts = rows.count == 0 ? [0..<0] : ColumnRows.parts(rows.count)
    return parallelMap(parts.count) { body(parts[$0], parts[$0].lowerBound) }
  }

  /// Calls `body` with each row of `range` that has a value, and its key.
  @inline(__always)
  func forEach(_ range: Range<Int>, _ first: Int = 0, _ body: (Int, Int64) -> Void) {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: ColumnRows.blockRowCount) { room in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: room.count) {
        let count = min(room.count, range.upperBound - start)
        let keys = read(start..<start + count, room.baseAddress!)
        var row = 0
        if rows.nullCount == 0 {
          while row < count {
            body(start &+ row, keys[row])
            row &+= 1
          }
        } else if rows.valid != nil {
          while row < count {
            if rows.hasValue(start &+ row) { body(start &+ row, keys[row]) }
            row &+= 1
          }
        }
      }
    }
  }

  /// What is added to a key to have the value; `nil` where keys are numbers of values. Those of floats
  /// are the same in all columns.
  var valueOffset: Int128? {
    switch source {
    case .integers(let blocks): blocks.offset
    case .floats, .table: 0
    case .codes, .words, .numbers, .ranks: nil
    case .constant:
      switch rows.type.domain {
      case .float: 0
      case .integer: rows.view.integer(at: 0)
      case .bytes: nil
      }
    }
  }

  /// Keys count the values of a sorted list: a dictionary's, or all different texts.
  var countsValues: Bool {
    switch source {
    case .codes, .ranks: true
    case .integers, .table, .floats, .words, .numbers, .constant: false
    }
  }

  /// The value that a key stands for.
  func storedValue(of key: Int64) -> StoredValue {
    switch source {
    case .integers(let blocks): return .integer(Int128(key) + blocks.offset)
    case .codes:
      guard case .indexed(_, let dictionary, _) = rows.view else { fatalError("codes of nothing") }
      return dictionary.storedValue(at: Int(key), domain: rows.type.domain)
    case .table, .floats: return .float(Self.number(of: key))
    case .words(_, let width, let form):
      let word = UInt64(bitPattern: key) &+ (width == 8 ? 1 << 63 : 0)
      let stored = (0..<width).map {
        UInt8(truncatingIfNeeded: word >> UInt64(8 * (width - 1 - $0)))
      }
      var bytes: [UInt8] = []
      form.render(stored, width: width, to: &bytes)
      return .text(bytes)
    case .numbers(let blocks, let codec):
      return .text(codec.text(of: Int64(Int128(key) + blocks.offset)))
    case .ranks(let ranks): return .text(ranks.text(Int(key)))
    case .constant(let key):
      if rows.type.domain == .float { return .float(Self.number(of: key)) }
      return rows.view.storedValue(at: 0, domain: rows.type.domain)
    }
  }

  static func number(of key: Int64) -> Double {
    if key == nanKey { return .nan }
    return Double(
      bitPattern: UInt64(bitPattern: key ^ Int64(bitPattern: UInt64(bitPattern: key >> 63) >> 1)))
  }
}
