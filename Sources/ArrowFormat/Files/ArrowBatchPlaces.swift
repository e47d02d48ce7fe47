import Columnar

/// Where the columns' rows in one batch lie.
struct ArrowBatchPlaces {
  /// One column's part of the batch.
  private struct Array {
    /// Within the body; `nil` where no row of the batch is null.
    var validity: Int?
    var buffers: [Int] = []
    /// The bytes of text before each of the batch's parts, and before its end.
    var textStarts: [Int]?
    var nullCount = 0
    /// All buffers, empty ones too, within the body.
    var ranges: [Range<Int>] = []
  }

  /// The rows of the table that the batch has.
  let rows: Range<Int>
  /// Where in the file its buffers start.
  var bodyOffset = 0
  /// Where the rows are cut into what is written in one go: at the blocks of the table.
  private let cuts: [Int]
  private var arrays: [Array] = []

  init(rows: Range<Int>, blockRowCount: Int) {
    self.rows = rows
    let second = (rows.lowerBound / blockRowCount + 1) * blockRowCount
    cuts =
      [rows.lowerBound] + stride(from: second, to: rows.upperBound, by: blockRowCount)
      + [rows.upperBound]
  }

  /// Gives the next column its places.
  mutating func add(_ column: ArrowColumn, to batch: inout ArrowBatchLayout) {
    guard column.field.type != .null else {
      batch.addArray(rowCount: rows.count, nullCount: rows.count)
      return arrays.append(Array(nullCount: rows.count))
    }
    let nullCount = column.nullCount(rows)
    batch.addArray(rowCount: rows.count, nullCount: nullCount)
    var array = Array(nullCount: nullCount)
    func add(_ byteCount: Int) -> Int {
      let offset = batch.addBuffer(byteCount: byteCount)
      array.ranges.append(offset..<offset + byteCount)
      return offset
    }
    let validity = add(nullCount > 0 ? (rows.count + 7) / 8 : 0)
    if nullCount > 0 { array.validity = validity }
    if column.textByteCount(rows.lowerBound..<rows.lowerBound) != nil {
      var end = 0
      array.textStarts = [0]
      for (first, next) in zip(cuts, cuts.dropFirst()) {
        end += column.textByteCount(first..<next) ?? 0
        array.textStarts?.append(end)
      }
      array.buffers = [(rows.count + 1) * 4, end].map(add)
    } else {
      array.buffers = [add((rows.count * column.field.valueBits + 7) / 8)]
    }
    arrays.append(array)
  }

  /// How many rows of a column are null, and where its buffers lie within the body.
  func outline(ofColumn column: Int) -> (nullCount: Int, buffers: [Range<Int>]) {
    (arrays[column].nullCount, arrays[column].ranges)
  }

  /// The pieces of the file that rows of a column are.
  ///
  /// - Parameter part: Rows of the table: the batch's, or those of one block that are.
  func pieces(_ part: Range<Int>, ofColumn column: Int, _ source: ArrowRows) -> [ArrowPiece] {
    let array = arrays[column]
    guard !array.buffers.isEmpty else { return [] }
    var text = 0..<0
    if let starts = array.textStarts, let first = cuts.firstIndex(of: part.lowerBound),
      let last = cuts.firstIndex(of: part.upperBound)
    {
      text = starts[first]..<starts[last]
    }
    let rowsOfSource = part.shifted(by: -source.firstRow)
    let arrowPart = ArrowPart(
      rows: rowsOfSource, position: part.lowerBound - rows.lowerBound, text: text)
    var pieces: [ArrowPiece] = []
    var nulls = ArrowNulls(validity: nil)
    if let validity = array.validity {
      nulls = source.nulls
      guard let bitmap = nulls.validity else { fatalError("a column with nulls has a bitmap") }
      pieces.append(
        ArrowPiece(
          offset: bodyOffset + validity + arrowPart.position / 8, byteCount: (part.count + 7) / 8,
          content: .memory(bitmap + rowsOfSource.lowerBound / 8)))
    }
    for (buffer, piece) in zip(array.buffers, source.values.pieces(arrowPart, nulls)) {
      pieces.append(
        ArrowPiece(
          offset: bodyOffset + buffer + piece.offset, byteCount: piece.byteCount,
          content: piece.content))
    }
    return pieces
  }
}

extension ArrowField {
  /// Bits that a row takes, where that is fixed.
  fileprivate var valueBits: Int {
    if let dictionary { return dictionary.codeBits }
    return type == .boolean ? 1 : 8 * (type.byteWidth ?? 0)
  }
}
