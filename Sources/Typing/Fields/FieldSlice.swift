import CKernels
import Columnar

/// One column's fields in one chunk of records: every `stride`-th of the chunk's separators.
///
/// The pointers are the chunk scanner's and live until it scans the next chunk. At least 64 bytes
/// before and after the chunk's bytes can be read.
package struct FieldSlice {
  let bytes: UnsafePointer<UInt8>
  /// Field `i` of the chunk lies between separators `i - 1` and `i`; element −1 is `UInt32.max`,
  /// which is one before 0.
  let separators: UnsafePointer<UInt32>
  let stride: Int
  let column: Int
  package let rowCount: Int
  /// A CR before the separator belongs to the line end: this is the last column of CRLF records.
  let trimsCR: Bool
  let mayHaveQuotes: Bool
  let quote: UInt8
  private let needsCare: Bool

  init(
    bytes: UnsafePointer<UInt8>, separators: UnsafePointer<UInt32>, stride: Int, column: Int,
    rowCount: Int, trimsCR: Bool, mayHaveQuotes: Bool, quote: UInt8
  ) {
    self.bytes = bytes
    self.separators = separators
    self.stride = stride
    self.column = column
    self.rowCount = rowCount
    self.trimsCR = trimsCR && column == stride - 1
    self.mayHaveQuotes = mayHaveQuotes
    self.quote = quote
    needsCare = self.trimsCR || mayHaveQuotes
  }

  /// The same, as the loops in C take it.
  var inC: diet_fields {
    diet_fields(
      bytes: bytes, separators: separators + column, stride: stride, rows: rowCount,
      quote: mayHaveQuotes ? Int32(quote) : -1, trims_cr: trimsCR ? 1 : 0)
  }

  /// Whether every field is empty, without even quotes; stops at the first that is not.
  var areAllEmpty: Bool {
    var index = column
    for _ in 0..<rowCount {
      if separators[index] &- separators[index &- 1] != 1 { return false }
      index &+= stride
    }
    return true
  }

  @inline(__always)
  package subscript(row: Int) -> Field {
    let index = row &* stride &+ column
    let start = bytes + Int(separators[index &- 1] &+ 1)
    let end = bytes + Int(separators[index])
    if needsCare { return careful(start, end) }
    return Field(start: start, count: end - start, isQuoted: false)
  }

  @inline(__always)
  private func careful(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Field {
    var count = end - start
    if trimsCR, count > 0, end[-1] == 0x0D, end[0] == 0x0A { count &-= 1 }
    if mayHaveQuotes, count > 1, start[0] == quote {
      return Field(start: start + 1, count: count &- 2, isQuoted: true)
    }
    return Field(start: start, count: count, isQuoted: false)
  }
}

/// The bytes of one field, without the quotes around it; doubled quotes within are still doubled.
package struct Field {
  let start: UnsafePointer<UInt8>
  let count: Int
  let isQuoted: Bool

  @inline(__always) var end: UnsafePointer<UInt8> { start + count }
  package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
}
