/// Rows that are decoded a block at a time: the view of an encoding whose values lie in none of the
/// shapes that `ColumnView` names.
///
/// Readers, kernels and files take such a column through the blocks, so that an encoding has to say
/// no more than how its rows are decoded. A kernel that can do better asks what the decoder is.
package struct DecodedView {
  /// What decodes the rows, by what the rows hold.
  package enum Decoder {
    case integers(any IntegerDecoder)
    case floats(any FloatDecoder)
    case texts(any TextDecoder)
  }

  package let decoder: Decoder
  /// The row of the decoder that is the first of the view.
  package let firstRow: Int

  package init(_ decoder: Decoder, from firstRow: Int = 0) {
    self.decoder = decoder
    self.firstRow = firstRow
  }

  /// The view of the rows from `row` on.
  package func advanced(by row: Int) -> DecodedView {
    DecodedView(decoder, from: firstRow + row)
  }

  /// The bytes that a pass over `count` rows reads, where all rows lie evenly.
  package func byteCount(_ count: Int) -> Int {
    let (bytes, rows) =
      switch decoder {
      case .integers(let decoder): (decoder.byteCount, decoder.rowCount)
      case .floats(let decoder): (decoder.byteCount, decoder.rowCount)
      case .texts(let decoder): (decoder.byteCount, decoder.rowCount)
      }
    return rows == 0 ? 0 : Int(Double(bytes) * Double(count) / Double(rows))
  }
}

/// What is asked of a decoder whatever it decodes. Null rows decode to anything that is safe to read.
package protocol RowDecoder: Sendable {
  /// The rows that there are.
  var rowCount: Int { get }
  /// The bytes in which they are stored.
  var byteCount: Int { get }
}

/// Integers, in units of the column's type.
package protocol IntegerDecoder: RowDecoder {
  /// Whether the bits are to be read without a sign.
  var isUnsigned: Bool { get }
  /// Writes the integers of `rows`.
  func decode(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>)
  /// Writes them in `width` bytes each (1, 2, 4, 8 or 16), which hold them.
  func decode(_ rows: Range<Int>, to target: UnsafeMutableRawPointer, width: Int)
  /// One integer: for dictionaries, constants and single rows, not for loops over rows.
  func value(at row: Int) -> Int64
  /// Integers between which those of `rows`, of which there are some, are known to lie without a look at each; `nil`
  /// where nothing is known. Equal ends are the integer of all of them.
  func bounds(of rows: Range<Int>) -> ClosedRange<Int64>?
  /// A range that has all values of rows that have one, with their sign; `nil` where nobody knows without a look at
  /// each.
  var bounds: ClosedRange<Int64>? { get }
}

extension IntegerDecoder {
  package func value(at row: Int) -> Int64 {
    var value: Int64 = 0
    decode(row..<row + 1, to: &value)
    return value
  }

  package func decode(_ rows: Range<Int>, to target: UnsafeMutableRawPointer, width: Int) {
    decodeWide(rows, to: target, width: width)
  }

  package func bounds(of rows: Range<Int>) -> ClosedRange<Int64>? { nil }
  package var bounds: ClosedRange<Int64>? { nil }
}

/// Binary floating point.
package protocol FloatDecoder: RowDecoder {
  /// Bytes that hold every value bit for bit: 4 or 8.
  var width: Int { get }
  /// Writes the numbers of `rows`.
  func decode(_ rows: Range<Int>, to target: UnsafeMutablePointer<Double>)
}

/// Text.
package protocol TextDecoder: RowDecoder {
  /// Calls `body` with the text of each of `rows`, in order. The bytes are valid only during the call.
  func decode(_ rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void)
  /// The same of rows in any order.
  func decode(_ rows: [Int], _ body: (UnsafeBufferPointer<UInt8>) -> Void)
  /// Calls `body` with the bytes of the text of each of `rows`, in order.
  func measure(_ rows: Range<Int>, _ body: (Int) -> Void)
  /// The bytes of the text of all `rows`; of null rows none, or those of any text.
  func textByteCount(_ rows: Range<Int>) -> Int
  /// No row has text of more bytes.
  var longestByteCount: Int { get }
}

extension TextDecoder {
  package func decode(_ rows: [Int], _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    for row in rows { decode(row..<row + 1, body) }
  }

  package func measure(_ rows: Range<Int>, _ body: (Int) -> Void) {
    decode(rows) { body($0.count) }
  }

  package var longestByteCount: Int {
    var longest = 0
    measure(0..<rowCount) { longest = max(longest, $0) }
    return longest
  }

  package func textByteCount(_ rows: Range<Int>) -> Int {
    var sum = 0
    measure(rows) { sum &+= $0 }
    return sum
  }
}
