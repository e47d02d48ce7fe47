/// The values of one column in one run of rows, in the narrowest form that holds them.
///
/// Chunks are what the reader makes; a finished column is made from them by an encoding.
package struct ColumnChunk: Sendable {
  package var rowCount: Int
  package var nullCount: Int
  /// Bit `i` is 1 where row `i` has a value; `nil` where all have or none has.
  package var validity: SlabSlice?
  package var values: ChunkValues

  package init(rowCount: Int, nullCount: Int, validity: SlabSlice?, values: ChunkValues) {
    self.rowCount = rowCount
    self.nullCount = nullCount
    self.validity = validity
    self.values = values
  }

  /// A chunk without any value.
  package static func nulls(_ rowCount: Int) -> ColumnChunk {
    ColumnChunk(rowCount: rowCount, nullCount: rowCount, validity: nil, values: .none)
  }

  /// Multiplies integers, which are those of the file.
  package mutating func multiply(by factor: Int64) {
    switch values {
    case .integers(var integers):
      integers.multiplier = factor
      values = .integers(integers)
    case .packed(.integers(let numbers, let base, _)):
      values = .packed(.integers(numbers, base: base, multiplier: factor))
    default: break
    }
  }

  @inline(__always)
  package func isNull(_ row: Int) -> Bool {
    if nullCount == 0 { return false }
    guard let validity else { return true }
    return validity.pointer(as: UInt8.self)[row >> 3] & (1 << UInt8(row & 7)) == 0
  }
}

package enum ChunkValues: Sendable {
  /// Every row is null.
  case none
  case integers(IntegerChunk)
  /// One binary64 a row.
  case floats(SlabSlice)
  case text(TextChunk)
  case codes(CodeChunk)
  /// Any of integers, text and codes in fewer bytes: nothing but `ColumnChunk.unpacked` reads them.
  case packed(PackedChunk)
}

/// Integers as differences from the chunk's smallest, in as few bytes as hold the largest.
///
/// The value in row `i` is `(base + offset[i]) * multiplier`, modulo 2^64. Width 0 stores nothing:
/// every value is `base * multiplier`. The multiplier is 1 until chunks of different scale or unit
/// are joined.
package struct IntegerChunk: Sendable {
  package var base: Int64
  package var multiplier: Int64 = 1
  /// 0, 1, 2, 4 or 8 bytes.
  package var width: Int
  package var offsets: SlabSlice?

  package init(base: Int64, width: Int, offsets: SlabSlice?) {
    self.base = base
    self.width = width
    self.offsets = offsets
  }

  @inline(__always)
  package func value(at row: Int) -> Int64 {
    var offset: UInt64 = 0
    if let offsets {
      switch width {
      case 1: offset = UInt64(offsets.pointer(as: UInt8.self)[row])
      case 2: offset = UInt64(offsets.pointer(as: UInt16.self)[row])
      case 4: offset = UInt64(offsets.pointer(as: UInt32.self)[row])
      default: offset = offsets.pointer(as: UInt64.self)[row]
      }
    }
    return (base &+ Int64(bitPattern: offset)) &* multiplier
  }
}

/// Text, row after row; row `i` is `bytes[ends[i - 1]..<ends[i]]`. Null rows are empty.
package struct TextChunk: Sendable {
  package var bytes: SlabSlice
  package var ends: SlabSlice
  /// Where row 0 starts in `bytes`: past 0 in a part of a chunk.
  package var start = 0
  /// The bytes of all rows: kept here, so that nobody has to look at `ends`, which may lie on disk.
  package var byteCount: Int

  package init(bytes: SlabSlice, ends: SlabSlice, byteCount: Int) {
    self.bytes = bytes
    self.ends = ends
    self.byteCount = byteCount
  }

  @inline(__always)
  package func value(at row: Int) -> UnsafeBufferPointer<UInt8> {
    let ends = ends.pointer(as: UInt32.self)
    let start = row == 0 ? start : Int(ends[row - 1])
    return UnsafeBufferPointer(
      start: bytes.pointer(as: UInt8.self) + start, count: Int(ends[row]) - start)
  }
}

/// Text as codes of a dictionary that grows while the file is read. Null rows have code 0.
package struct CodeChunk: Sendable {
  package var dictionary: TextTable
  /// 1, 2 or 4 bytes.
  package var width: Int
  package var codes: SlabSlice

  package init(dictionary: TextTable, width: Int, codes: SlabSlice) {
    self.dictionary = dictionary
    self.width = width
    self.codes = codes
  }

  @inline(__always)
  package func code(at row: Int) -> Int {
    switch width {
    case 1: Int(codes.pointer(as: UInt8.self)[row])
    case 2: Int(codes.pointer(as: UInt16.self)[row])
    default: Int(codes.pointer(as: UInt32.self)[row])
    }
  }
}

extension ColumnChunk {
  /// The text in row `row`, `nil` where it is null. The chunk must hold text.
  @inline(__always)
  package func text(at row: Int) -> UnsafeBufferPointer<UInt8>? {
    if isNull(row) { return nil }
    switch values {
    case .text(let text): return text.value(at: row)
    case .codes(let codes): return codes.dictionary[codes.code(at: row)]
    default: return nil
    }
  }
}
