public import Columnar

extension DataFrame {
  /// The rows of several tables, one after the other; columns are matched by their names and stand in
  /// the order of the first table.
  ///
  /// - Parameter fillsMissing: Whether a column that a table does not have is null in its rows;
  ///   otherwise that is an error.
  /// - Throws: `FrameError` for columns that not all tables have, or that differ in type, and for more
  ///   rows or text than a column holds.
  public init(concatenating frames: [DataFrame], fillsMissing: Bool = false) throws(FrameError) {
    var names: [String] = []
    for frame in frames {
      if let name = Self.doubledName(in: frame.columns.map(\.name)) { throw .twice(name) }
      names += frame.columns.map(\.name).filter { !names.contains($0) }
    }
    // As densely as the densest of them.
    let isDense = frames.contains { frame in
      frame.columns.contains { $0.layout.storage.isDense }
    }
    var columns: [Column] = []
    for name in names {
      var parts: [Column] = []
      for (index, frame) in frames.enumerated() {
        if let column = frame[name] {
          parts.append(column)
        } else if fillsMissing || frame.rowCount == 0 && frame.columns.isEmpty {
          parts.append(.nulls(name, .null, count: frame.rowCount))
        } else {
          throw FrameError(
            .noSuchColumn, column: name,
            "number \(index + 1) of the tables has none\(name.advice(among: frame.columns.map(\.name)))"
          )
        }
      }
      columns.append(try Column(concatenating: parts, isDense: isDense))
    }
    self.init(columns, rowCount: frames.reduce(0) { $0 + $1.rowCount })
  }

  /// These rows and those of `other` after them. Columns are matched by their names.
  ///
  /// - Throws: `FrameError`, as `init(concatenating:fillsMissing:)`.
  public func appending(_ other: DataFrame) throws(FrameError) -> DataFrame {
    try DataFrame(concatenating: [self, other])
  }
}
