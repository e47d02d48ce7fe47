public import Columnar
import Platform

/// One pass of a closure over columns: what of it does not depend on the closure.
///
/// The loop itself is inlinable, so that a client's compiler makes one for its own closure.
public struct ElementPass: Sendable {
  @usableFromInline let columns: [ElementRows]
  @usableFromInline let rowCount: Int

  /// - Throws: `ElementError` for columns that there are not, or that hold other types.
  public init(
    _ frame: DataFrame, _ names: [String], _ holds: [@Sendable (ElementRows) -> Bool],
    _ types: [String]
  ) throws(ElementError) {
    var columns: [ElementRows] = []
    for (index, name) in names.enumerated() {
      guard let column = frame[name] else {
        throw ElementError(noColumn: name, of: frame, element: types[index])
      }
      let rows = ElementRows(ColumnRows(column))
      guard holds[index](rows) else {
        throw ElementError(column, element: types[index], holds[index])
      }
      columns.append(rows)
    }
    self.columns = columns
    rowCount = frame.rowCount
  }

  /// How many rows a closure's loop gets at a time.
  @usableFromInline static var blockRowCount: Int { ColumnRows.blockRowCount }

  /// Calls `body` with each block of rows, in parallel; its results lie one after the other in memory
  /// that is theirs. It is given the pass, and captures the client's closure alone: so the compiler writes one for
  /// that closure, and calls none a row.
  @usableFromInline
  func forEachBlock<R: ColumnElement>(
    _ name: String, _ body: @Sendable (ElementPass, Range<Int>, UnsafeMutablePointer<R>) -> Void
  ) -> Column {
    let buffer = Buffer(uninitializedByteCount: rowCount * MemoryLayout<R>.stride)
    let target = Shared(buffer.pointer(as: R.self))
    let nulls = nulls
    let parts = ColumnRows.pieces(rowCount)
    _ = parallelMap(parts.count) { index in
      forEachBlock(parts[index]) { range in
        let out = target.pointer + range.lowerBound
        body(self, range, out)
        guard let validity = nulls.validity else { return }
        let bits = validity.pointer(as: UInt8.self)
        for row in range where bits[row >> 3] >> UInt8(row & 7) & 1 == 0 {
          memset(out + (row - range.lowerBound), 0, MemoryLayout<R>.stride)
        }
      }
    }
    return R._column(name, buffer, nulls)
  }

  private func forEachBlock(_ part: Range<Int>, _ body: (Range<Int>) -> Void) {
    for start in stride(from: part.lowerBound, to: part.upperBound, by: Self.blockRowCount) {
      body(start..<min(start + Self.blockRowCount, part.upperBound))
    }
  }

  /// Rows where one column is null have no result.
  private var nulls: ElementNulls {
    let selections = columns.filter { $0.rows.nullCount > 0 }.map { column in
      Selection(rowCount: rowCount) { words in
        for word in 0..<(rowCount + 63) / 64 { words[word] = column.rows.valid?[word] ?? 0 }
      }
    }
    guard let first = selections.first else {
      return ElementNulls(rowCount: rowCount, nullCount: 0, validity: nil)
    }
    let valid = selections.dropFirst().reduce(first) { $0.common(with: $1) }
    return ElementNulls(
      rowCount: rowCount, nullCount: rowCount - valid.count, validity: valid.bits)
  }

  /// Reduces each part of the rows, in parallel, and joins the parts in order.
  @usableFromInline
  func reduce<R: Sendable>(
    _ initial: R, _ body: @Sendable (ElementPass, Range<Int>, Selection?, inout R) -> Void,
    _ join: (R, R) -> R
  ) -> R {
    let valid = validSelection
    let parts = ColumnRows.parts(rowCount)
    let results = parallelMap(parts.count) { index -> R in
      var result = initial
      forEachBlock(parts[index]) { body(self, $0, valid, &result) }
      return result
    }
    return results.dropFirst().reduce(results.first ?? initial, join)
  }

  /// The rows that a test selects.
  @usableFromInline
  func select(
    _ body: @Sendable (ElementPass, Range<Int>, UnsafeMutablePointer<Bool>) -> Void
  ) -> Selection {
    let answers: Column = forEachBlock("", body)
    if answers.nullCount == answers.count {
      return Selection(of: rowCount)
    }
    return (try? answers.rows(where: .equal(to: true))) ?? Selection(of: rowCount)
  }

  private var validSelection: Selection? {
    let nulls = nulls
    guard let validity = nulls.validity else { return nil }
    return Selection(rowCount: rowCount) { words in
      let source = validity.pointer(as: UInt64.self)
      for word in 0..<(rowCount + 63) / 64 { words[word] = source[word] }
    }
  }
}
