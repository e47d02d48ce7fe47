public import Columnar

/// A column whose values are known to be of one type when the program is compiled: a collection of
/// them, `nil` where there is none.
///
/// Single values take constant time, all of them in turn are read in blocks.
///
///     for delay in try flights.values("dep_delay", as: Int.self) { … }
///     let carriers = Array(try flights.values("carrier", as: String.self))
///
/// `diet analyze --emit swift` prints a struct of these for a table. The column stays in its lean
/// layout; values come as `Element` when they are asked for.
public struct ElementColumn<Value: ColumnValue>: Sendable {
  /// The column, for kernels and for writing.
  public let column: Column
  @usableFromInline let rows: ElementRows

  /// The column of that name.
  ///
  /// - Throws: `ElementError` where there is none, or where `Value` does not hold all its values.
  public init(_ name: String, of frame: DataFrame) throws(ElementError) {
    guard let column = frame[name] else {
      throw ElementError(noColumn: name, of: frame, element: "\(Value.self)")
    }
    try self.init(column)
  }

  /// - Throws: `ElementError` where `Value` does not hold all values of the column.
  public init(_ column: Column) throws(ElementError) {
    rows = ElementRows(ColumnRows(column))
    self.column = column
    guard Value._holdsAll(rows) else {
      throw ElementError(column, element: "\(Value.self)", Value._holdsAll)
    }
  }

  /// The number of rows.
  public var count: Int { column.count }

  /// The value in a row; `nil` where it is null, and where there is no such row.
  public subscript(row: Int) -> Value? {
    column.isNull(row) ? nil : Value._value(rows, row)
  }
}

extension ElementColumn: RandomAccessCollection {
  /// The first row: 0.
  public var startIndex: Int { 0 }
  /// The number of rows.
  public var endIndex: Int { column.count }

  /// The values in turn, read a block at a time.
  public func makeIterator() -> Iterator { Iterator(self) }

  /// The values of a column in turn.
  public struct Iterator: IteratorProtocol {
    @usableFromInline let values: ElementColumn
    @usableFromInline var block: [Value?] = []
    @usableFromInline var place = 0
    @usableFromInline var nextRow = 0

    init(_ values: ElementColumn) { self.values = values }

    /// The next value, `nil` within where it is null.
    @inlinable
    public mutating func next() -> Value?? {
      if place == block.count {
        guard readBlock() else { return nil }
      }
      place &+= 1
      return block[place &- 1]
    }

    /// Reads the next rows; false where there is none.
    @usableFromInline
    mutating func readBlock() -> Bool {
      let count = values.column.count
      if nextRow == count { return false }
      let end = Swift.min(nextRow + ColumnRows.blockRowCount, count)
      block.removeAll(keepingCapacity: true)
      Value._append(values.rows, nextRow..<end, to: &block)
      (place, nextRow) = (0, end)
      return true
    }
  }
}

extension ElementColumn: Equatable where Value: Equatable {
  /// Whether both have the same values; names and layouts do not matter.
  public static func == (a: ElementColumn, b: ElementColumn) -> Bool {
    a.count == b.count && a.elementsEqual(b)
  }
}

extension DataFrame {
  /// The values of a column as a collection of one Swift type.
  ///
  /// - Throws: `ElementError` where there is no such column, or where `Value` does not hold its values.
  public func values<Value: ColumnValue>(
    _ name: String, as type: Value.Type = Value.self
  ) throws(ElementError) -> ElementColumn<Value> {
    try ElementColumn(name, of: self)
  }
}

extension Column {
  /// The values as a collection of one Swift type.
  ///
  /// - Throws: `ElementError` where `Value` does not hold them all.
  public func values<Value: ColumnValue>(
    as type: Value.Type = Value.self
  ) throws(ElementError) -> ElementColumn<Value> {
    try ElementColumn(self)
  }
}
