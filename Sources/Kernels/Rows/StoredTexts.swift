import Columnar

/// The texts of a view, written out: those of a dictionary once, not once a row.
package struct StoredTexts: Sendable {
  // Sound to share: the pointers lead into buffers that `rows` keeps and no one changes.
  private enum Source: @unchecked Sendable {
    case codes(PlainValues)
    case constant
    case fixed(UnsafePointer<UInt8>, width: Int, form: FixedForm)
    case view(ColumnView)
  }

  private let rows: ColumnRows
  private let source: Source
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]

  package init(_ rows: ColumnRows) {
    self.rows = rows
    switch rows.view {
    case .indexed(let codes, let dictionary, let count):
      source = .codes(codes)
      for code in 0..<count {
        dictionary.appendText(row: code, to: &bytes)
        ends.append(bytes.count)
      }
    case .constant(let value):
      source = .constant
      value?.appendText(row: 0, to: &bytes)
      ends.append(bytes.count)
    case .plain(.fixed(let bytes, let width, .text)):
      source = .fixed(bytes, width: width, form: .text)
    default: source = .view(rows.view)
    }
  }

  package func length(at row: Int) -> Int {
    switch source {
    case .codes(let codes):
      let code = codes.code(at: row)
      return ends[code + 1] - ends[code]
    case .constant: return bytes.count
    case .fixed(_, let width, _): return width
    case .view(let view): return view.text(at: row).count
    }
  }

  /// Calls `body` with the bytes of a row's text.
  @inline(__always)
  func withText<R>(_ row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    switch source {
    case .codes(let codes):
      let code = codes.code(at: row)
      return bytes.withUnsafeBufferPointer {
        body(UnsafeBufferPointer(rebasing: $0[ends[code]..<ends[code + 1]]))
      }
    case .constant: return bytes.withUnsafeBufferPointer(body)
    case .fixed(let bytes, let width, _):
      return body(UnsafeBufferPointer(start: bytes + row * width, count: width))
    case .view(.plain(.utf8(let bytes, let offsets))):
      let (start, end) = (Int(offsets[row]), Int(offsets[row + 1]))
      return body(UnsafeBufferPointer(start: bytes + start, count: end - start))
    case .view(let view): return view.text(at: row).withUnsafeBufferPointer(body)
    }
  }

  /// Writes the text of a row; returns its length.
  package func write(_ row: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
    switch source {
    case .codes(let codes):
      let code = codes.code(at: row)
      return copy(bytes[ends[code]..<ends[code + 1]], to: target)
    case .constant: return copy(bytes[...], to: target)
    case .fixed(let bytes, let width, _):
      target.update(from: bytes + row * width, count: width)
      return width
    case .view(let view): return copy(view.text(at: row)[...], to: target)
    }
  }

  private func copy(_ bytes: ArraySlice<UInt8>, to target: UnsafeMutablePointer<UInt8>) -> Int {
    bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { target.update(from: start, count: source.count) }
    }
    return bytes.count
  }
}
