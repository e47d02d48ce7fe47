import Columnar

@testable import Kernels

extension ColumnRows {
  /// The same rows seen through a decoder: what an encoding shows whose values lie in no known shape.
  var decodedTwin: ColumnRows {
    let decoder: DecodedView.Decoder =
      switch type.domain {
      case .integer: .integers(DecodedRows(rows: view.integers, of: self))
      case .float: .floats(DecodedRows(rows: view.floats, of: self))
      case .bytes: .texts(DecodedRows(rows: view.texts, of: self))
      }
    // Not from the first row on, so that places and rows are not the same numbers.
    return rows(as: .decoded(DecodedView(decoder)), in: [])
  }
}

/// Rows of a column that is there, handed out as if they had to be decoded.
private struct DecodedRows<Rows>: @unchecked Sendable {
  // Sound to share: what the pointers lead to is kept by `source` and no one changes it.
  let rows: Rows
  let source: ColumnRows

  init(rows: Rows, of source: ColumnRows) {
    self.rows = rows
    self.source = source
  }
}

extension DecodedRows: RowDecoder {
  var rowCount: Int { source.count }
  var byteCount: Int { source.byteCount }
}

extension DecodedRows: IntegerDecoder where Rows == IntegerRows {
  var isUnsigned: Bool { rows.isUnsigned }

  func decode(_ range: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    rows.copy(range, to: target)
  }
}

extension DecodedRows: FloatDecoder where Rows == FloatRows {
  var width: Int { rows.width }

  func decode(_ range: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    rows.copy(range, to: target)
  }
}

extension DecodedRows: TextDecoder where Rows == TextRows {
  func decode(_ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    for row in range { rows.withText(at: row, body) }
  }
}
