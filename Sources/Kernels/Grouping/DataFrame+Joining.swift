public import Columnar

/// Which rows a join keeps.
public enum JoinKind: String, Hashable, Sendable, CaseIterable {
  /// Pairs of rows with equal keys.
  case inner
  /// The same, and rows of the left table without a partner, with nulls.
  case left
  /// Pairs, and rows of the right table without a partner, in the order of the right table.
  case right
  /// Pairs, and rows of either table without a partner: those of the right one at the end.
  case full
  /// Rows of the left table that have a partner, once; its own columns only.
  case semi
  /// Rows of the left table that have none.
  case anti
}

extension DataFrame {
  /// The rows of this table beside those of `other` that have equal values in the columns `names`.
  ///
  /// Rows are in the order of this table, and partners in the order of theirs. Decimals of other places,
  /// and times in other units, are equal where they mean the same. A null key has no partner. Columns of `other` that have a name of this table get the suffix `_right`.
  ///
  /// - Throws: `GroupingError` for columns that there are not, or of different types, where none is
  ///   named, where two columns would have one name, and for more rows or text than a column holds.
  public func joined(
    _ other: DataFrame, on names: String..., kind: JoinKind = .inner
  ) throws(GroupingError) -> DataFrame {
    try joined(other, on: names, kind: kind)
  }

  /// The rows of this table beside those of `other` that have equal values in the columns `names`.
  ///
  /// - Throws: `GroupingError`, as the same with names one by one.
  public func joined(
    _ other: DataFrame, on names: [String], kind: JoinKind = .inner
  ) throws(GroupingError) -> DataFrame {
    try joined(other, on: names.map { (left: $0, right: $0) }, kind: kind)
  }

  /// The rows of this table beside those of `other`, where keys have other names there. Of each pair of
  /// keys one column remains, under the left name.
  ///
  ///     try orders.joined(customers, on: [(left: "customer", right: "id")])
  ///
  /// - Throws: `GroupingError`, as the same with one name for both.
  public func joined(
    _ other: DataFrame, on keys: [(left: String, right: String)], kind: JoinKind = .inner
  ) throws(GroupingError) -> DataFrame {
    guard !keys.isEmpty else {
      throw GroupingError(.noColumns, column: "", among: columns.map(\.name))
    }
    var left = try columns(named: keys.map(\.left), in: .left)
    var right = try other.columns(named: keys.map(\.right), in: .right)
    for place in left.indices {
      (left[place], right[place]) = try left[place].comparable(with: right[place])
    }
    if kind == .semi || kind == .anti {
      let numbers = JoinKeys.joining(zip(left, right).map { (ColumnRows($0), ColumnRows($1)) })
      let isThere = numbers.occurring(in: numbers.right)
      return keeping(
        Selection(rowCount: rowCount) { words in
          let words = Shared(words)
          let parts = ColumnRows.pieces(rowCount)
          _ = parallelMap(parts.count) { part in
            for start in stride(from: parts[part].lowerBound, to: parts[part].upperBound, by: 64) {
              var word: UInt64 = 0
              for row in start..<min(start + 64, rowCount) {
                let number = numbers.left[row]
                let isKept = (number != noRow && isThere[Int(number)]) == (kind == .semi)
                word |= (isKept ? 1 : 0) &<< UInt64(row & 63)
              }
              words.pointer[start / 64] = word
            }
          }
        })
    }
    let pairs = try JoinedRows(left, right, kind)
    let added = other.columns.filter { column in !keys.contains { $0.right == column.name } }
    let keyPlaces = columns.indices.filter { place in
      keys.contains { $0.left == columns[place].name }
    }
    var answer: [Column] = []
    do throws(FrameError) {
      for (place, column) in columns.enumerated() {
        if keyPlaces.contains(place), kind == .right || kind == .full,
          let key = keys.firstIndex(where: { $0.left == column.name })
        {
          answer.append(try pairs.keys(column, right[key]))
        } else {
          answer.append(try column.repeating(pairs.left))
        }
      }
      let own = Set(columns.map(\.name))
      for column in added {
        let name = own.contains(column.name) ? "\(column.name)_right" : column.name
        answer.append(try column.repeating(pairs.right).renamed(name))
      }
    } catch {
      throw GroupingError(error)
    }
    if let name = DataFrame.doubledName(in: answer.map(\.name)) {
      throw GroupingError(.columnTwice, column: name)
    }
    return DataFrame(answer, rowCount: pairs.count)
  }
}

extension GroupingError {
  init(_ error: FrameError) {
    switch error.code {
    case .unfitType, .unfitValue:
      self.init(.differentTypes, column: error.column ?? "", among: [error.message])
    default: self.init(.tooLarge, column: error.column ?? "")
    }
  }
}

extension Column {
  /// Both columns with their values counted in the same unit, so that keys can be compared.
  ///
  /// - Throws: `GroupingError` where there is no such unit, or a value has none in it.
  func comparable(with other: Column) throws(GroupingError) -> (Column, Column) {
    // Text in one form or another is text.
    if type == other.type || type.domain == .bytes && other.type.domain == .bytes {
      return (self, other)
    }
    guard let common = type.common(with: other.type) else {
      throw GroupingError(.differentTypes, column: name, among: ["\(type)", "\(other.type)"])
    }
    do throws(FrameError) {
      return (try cast(to: common), try other.cast(to: common))
    } catch { throw GroupingError(error) }
  }
}
