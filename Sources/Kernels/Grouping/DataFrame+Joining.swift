public import Columnar

/// Which rows a join keeps.
public enum JoinKind: String, Hashable, Sendable, CaseIterable {
  /// Pairs of rows with equal keys.
  case inner
  /// The same, and rows of the left table without a partner, with nulls.
  case left
  /// Rows of the left table that have a partner, once; its own columns only.
  case semi
  /// Rows of the left table that have none.
  case anti
}

extension DataFrame {
  /// The rows of this table beside those of `other` that have equal values in the columns `names`.
  ///
  /// Rows are in the order of this table, and partners in the order of theirs. A null key has no
  /// partner. Columns of `other` that have a name of this table get the suffix `_right`.
  ///
  /// - Throws: `GroupingError` for columns that there are not, or of different types, and where none is named.
  public func joined(
    _ other: DataFrame, on names: String..., kind: JoinKind = .inner
  ) throws(GroupingError) -> DataFrame {
    guard !names.isEmpty else {
      throw GroupingError(.noColumns, column: "", among: columns.map(\.name))
    }
    let left = try columns(named: names)
    let right = try other.columns(named: names)
    for (a, b) in zip(left, right) where !a.type.joins(b.type) {
      throw GroupingError(.differentTypes, column: a.name, among: ["\(a.type)", "\(b.type)"])
    }
    let keys = JoinKeys.joining(
      zip(left, right).map { (ColumnRows($0), ColumnRows($1)) })
    let (partners, starts) = keys.rightRows
    func partnerRange(_ number: UInt32) -> Range<Int> {
      number == noRow ? 0..<0 : starts[Int(number)]..<starts[Int(number) + 1]
    }
    if kind == .semi || kind == .anti {
      let rows = keys.left.indices.filter {
        partnerRange(keys.left[$0]).isEmpty == (kind == .anti)
      }
      return DataFrame(columns.map { $0.taking(rows) }, rowCount: rows.count)
    }
    var (leftRows, rightRows): ([UInt32], [UInt32]) = ([], [])
    leftRows.reserveCapacity(rowCount)
    rightRows.reserveCapacity(rowCount)
    for (row, number) in keys.left.enumerated() {
      let range = partnerRange(number)
      for place in range {
        leftRows.append(UInt32(row))
        rightRows.append(partners[place])
      }
      if range.isEmpty && kind == .left {
        leftRows.append(UInt32(row))
        rightRows.append(noRow)
      }
    }
    let own = Set(columns.map(\.name))
    let added = other.columns.filter { !names.contains($0.name) }
    return DataFrame(
      columns.map { $0.taking(rowNumbers: leftRows) }
        + added.map { column in
          column.taking(rowNumbers: rightRows)
            .renamed(own.contains(column.name) ? "\(column.name)_right" : column.name)
        }, rowCount: leftRows.count)
  }
}

extension LogicalType {
  /// Whether values of both types are counted in the same unit, so that keys can be compared.
  fileprivate func joins(_ other: LogicalType) -> Bool {
    if self == other || self == .null || other == .null { return true }
    // Text in one form or another is text.
    return domain == .bytes && other.domain == .bytes
  }
}
