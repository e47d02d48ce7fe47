public import Columnar
import Synchronization

/// The rows of a table, grouped by the values of some columns.
///
///     try flights.grouped(by: "carrier", "month")
///       .aggregated(.mean("dep_delay"), .maximum("distance"), .size)
public struct RowGroups: Sendable {
  let frame: DataFrame
  let keys: [Column]
  let index: GroupIndex
  /// The slots that have rows, in the order of the groups.
  let slots: GroupOrder
  private let sizes: [UInt32]
  private let firstRows: [UInt32]

  init(_ frame: DataFrame, by keys: [Column], dropsNulls: Bool) {
    self.frame = frame
    self.keys = keys
    index = GroupIndex(
      keys.map { ColumnRows($0) }, rowCount: frame.rowCount, dropsNulls: dropsNulls)
    let (sizes, firstRows) = index.sizes()
    self.sizes = sizes
    self.firstRows = firstRows
    if index.sorted != nil {
      slots = .all(index.slotCount)
      return
    }
    var slots = sizes.indices.filter { sizes[$0] > 0 }.map { UInt32($0) }
    if !index.isSorted {
      // Hashed: brought into the order of the keys, which a few rows tell.
      let firsts = slots.map { firstRows[Int($0)] }
      var order: [UInt32]?
      for key in keys.reversed() {
        let key = key.taking(rowNumbers: firsts)
        order = OrderKeys(ColumnRows(key)).argsort(.ascending, of: order)
      }
      slots = (order ?? []).map { slots[Int($0)] }
    }
    self.slots = .some(slots)
  }

  /// How many groups there are.
  public var count: Int { slots.count }

  /// How keys were read.
  package var path: ReductionPath { index.path }

  /// How keys and the values of an aggregation are read: numbers behind a dictionary are looked up, a
  /// block at a time.
  package func path(of aggregation: Aggregation) -> ReductionPath {
    guard aggregation.kind != .size, let column = frame[aggregation.column] else { return path }
    switch column.view {
    case .indexed where column.type.isNumeric: return .decoded
    default: return path
    }
  }

  /// A row for each group, sorted by the keys, null last: the keys, then the answers.
  ///
  /// - Throws: `GroupingError` for columns that there are not, or whose values have no such answer, and
  ///   where two columns would have one name: `named(_:)` gives another.
  public func aggregated(_ aggregations: Aggregation...) throws(GroupingError) -> DataFrame {
    try aggregated(aggregations)
  }

  /// A row for each group, sorted by the keys, null last: the keys, then the answers.
  ///
  /// - Throws: `GroupingError` for columns that there are not, or whose values have no such answer, and
  ///   where two columns would have one name: `named(_:)` gives another.
  public func aggregated(_ aggregations: [Aggregation]) throws(GroupingError) -> DataFrame {
    let firsts = slots.of(firstRows)
    var columns = keys.map { $0.taking(rowNumbers: firsts) }
    // What sums, means and variances of one column share is gathered once.
    var totals: [GroupTotals.Key: GroupTotals] = [:]
    for aggregation in aggregations {
      columns.append(try answers(aggregation, &totals).renamed(aggregation.name))
    }
    if let name = DataFrame.doubledName(in: columns.map(\.name)) {
      throw GroupingError(.columnTwice, column: name)
    }
    return DataFrame(columns, rowCount: count)
  }

  private func answers(
    _ aggregation: Aggregation, _ totals: inout [GroupTotals.Key: GroupTotals]
  ) throws(GroupingError) -> Column {
    if aggregation.kind == .size { return whole(sizes) }
    let column = try frame.columns(named: [aggregation.column])[0]
    let rows = ColumnRows(column)
    switch aggregation.kind {
    case .size: fatalError("sizes are of no column")
    case .count:
      let counts = rows.nullCount == 0 ? sizes : index.counts(rows)
      return whole(counts)
    case .minimum: return taken(column, index.extremeRows(rows, isGreatest: false))
    case .maximum: return taken(column, index.extremeRows(rows, isGreatest: true))
    case .first: return taken(column, index.endRows(rows, isLast: false))
    case .last: return taken(column, index.endRows(rows, isLast: true))
    case .distinctCount:
      let keys = GroupedKeys(index, OrderKeys(rows), skipsNaN: false)
      let counts = keys.map(slots) { UInt32($0.sortedDistinctCount()) }
      return .integers(slots.count, of: .integer) { Int64(counts[$0]) }
    case .any, .all:
      guard AnyAll().applies(to: rows.type) else { throw unsupported(aggregation, rows) }
      let counts = rows.nullCount == 0 ? sizes : index.counts(rows)
      let ones = index.integerSums(rows, counts: counts)
      if aggregation.kind == .any { return Column("", booleans: slots.map { ones[$0] > 0 }) }
      return Column("", booleans: slots.map { ones[$0] == Int128(counts[$0]) })
    case .quantile(let fraction):
      guard rows.type.isNumeric else { throw unsupported(aggregation, rows) }
      guard (0...1).contains(fraction) else {
        throw GroupingError(
          .argumentOutOfRange, column: rows.name, among: ["quantile", "a fraction from 0 to 1"])
      }
      return Column("", floats: quantiles(fraction, rows, aggregation.nan))
    case .sum, .mean, .variance, .standardDeviation:
      guard rows.type.isNumeric else { throw unsupported(aggregation, rows) }
      return try moments(aggregation, rows, &totals)
    case .correlation(let other):
      let others = ColumnRows(try frame.columns(named: [other])[0])
      for rows in [rows, others] where !rows.type.isNumeric { throw unsupported(aggregation, rows) }
      let correlations = index.correlations(rows, others, aggregation.nan)
      return Column("", floats: slots.map { correlations[$0] })
    }
  }

  private func unsupported(_ aggregation: Aggregation, _ rows: ColumnRows) -> GroupingError {
    GroupingError(
      .unsupportedType, column: rows.name, among: [aggregation.kind.words, "\(rows.type)"])
  }

  /// The counts of the groups' slots.
  private func whole(_ counts: [UInt32]) -> Column {
    .integers(slots.count, of: .integer) { Int64(counts[slots[$0]]) }
  }

  private func taken(_ column: Column, _ rows: [UInt32]) -> Column {
    column.taking(rowNumbers: slots.of(rows))
  }

  private func moments(
    _ aggregation: Aggregation, _ rows: ColumnRows,
    _ known: inout [GroupTotals.Key: GroupTotals]
  ) throws(GroupingError) -> Column {
    let isFloat = rows.type.domain == .float
    let key = GroupTotals.Key(
      column: aggregation.column, skipsNaN: isFloat && aggregation.nan == .skip)
    let totals = known[key] ?? GroupTotals(index, rows, sizes, skipsNaN: key.skipsNaN)
    known[key] = totals
    if aggregation.kind == .sum {
      switch totals.sums {
      case .floats(let sums): return Column("", floats: slots.map { sums[$0] })
      case .integers(let sums): return try exactSums(sums, rows)
      }
    }
    let counts = totals.counts
    let means = totals.means(rows.type.unitsPerOne, of: slots)
    if aggregation.kind == .mean {
      return Column("", floats: zip(slots, means).map { counts[$0] == 0 ? nil : $1 })
    }
    let (ddof, isRoot) =
      switch aggregation.kind {
      case .variance(let ddof): (ddof, false)
      case .standardDeviation(let ddof): (ddof, true)
      default: fatalError("not a moment")
      }
    guard ddof == 0 || ddof == 1 else {
      throw GroupingError(
        .argumentOutOfRange, column: rows.name, among: [aggregation.kind.name, "a ddof of 0 or 1"])
    }
    // Rows of no group are measured from zero.
    var centers = [Double](repeating: 0, count: index.slotCount + 1)
    for (slot, mean) in zip(slots, means) { centers[slot] = mean }
    let squares = index.squareSums(rows, centers, aggregation.nan)
    return Column(
      "",
      floats: slots.map { slot in
        let count = Int(counts[slot])
        if count <= ddof { return nil }
        let variance = squares[slot] / Double(count - ddof)
        return isRoot ? variance.squareRoot() : variance
      })
  }

  private func exactSums(_ sums: IntegerSums, _ rows: ColumnRows) throws(GroupingError) -> Column {
    let overflows = Atomic(false)
    let column = Column.integers(slots.count, of: rows.type.sumType) { group in
      if let sum = Int64(exactly: sums[slots[group]]) { return sum }
      overflows.store(true, ordering: .relaxed)
      return 0
    }
    if overflows.load(ordering: .relaxed) { throw GroupingError(.overflow, column: rows.name) }
    return column
  }

  private func quantiles(_ fraction: Double, _ rows: ColumnRows, _ nan: NaNPolicy) -> [Double?] {
    let keys = OrderKeys(rows)
    let isFloat = rows.type.domain == .float
    return GroupedKeys(index, keys, skipsNaN: isFloat && nan == .skip).map(slots) { group in
      if group.isEmpty { return nil }
      if isFloat && group.contains(OrderKeys.nanKey) { return .nan }
      return keys.interpolated(group, at: fraction)
    }
  }
}

extension Column {
  /// A number for each group, made by all threads.
  fileprivate static func integers(
    _ count: Int, of type: LogicalType, _ value: @Sendable (_ group: Int) -> Int64
  ) -> Column {
    let buffer = Buffer(uninitializedByteCount: count * 8)
    let target = Shared(buffer.pointer(as: Int64.self))
    let pieces = ColumnRows.pieces(count)
    _ = parallelMap(pieces.count) { piece in
      for group in pieces[piece] { target.pointer[group] = value(group) }
    }
    return .units("", type, buffer, count: count, validity: nil, nullCount: 0)
  }
}

extension RowGroups: CustomStringConvertible {
  /// How many groups there are, of how many rows, by which columns.
  public var description: String {
    "\(count) groups of \(frame.rowCount) rows by \(keys.map(\.name).joined(separator: ", "))"
  }
}

extension DataFrame {
  /// The rows, grouped by the values of these columns.
  ///
  /// - Parameter dropsNulls: Rows with a null among the keys belong to no group (pandas
  ///   `dropna=True`); otherwise a null is a key like others.
  /// - Throws: `GroupingError` for a column that there is not, and where none is named.
  public func grouped(
    by names: String..., dropsNulls: Bool = false
  ) throws(GroupingError) -> RowGroups {
    try grouped(by: names, dropsNulls: dropsNulls)
  }

  /// The rows, grouped by the values of these columns.
  ///
  /// - Parameter dropsNulls: Rows with a null among the keys belong to no group.
  /// - Throws: `GroupingError` for a column that there is not, and where none is named.
  public func grouped(
    by names: [String], dropsNulls: Bool = false
  ) throws(GroupingError) -> RowGroups {
    guard !names.isEmpty else {
      throw GroupingError(.noColumns, column: "", among: columns.map(\.name))
    }
    return RowGroups(self, by: try columns(named: names), dropsNulls: dropsNulls)
  }
}

extension Column {
  /// The different values in the order in which they first stand; a null among them if there is one.
  public func unique() -> Column {
    let index = GroupIndex([ColumnRows(self)], rowCount: count, dropsNulls: false)
    return taking(rowNumbers: index.sizes().firstRows.filter { $0 != noRow }.sorted())
  }

  /// The different values and how many rows have each, the most frequent first; of equally frequent
  /// ones the lesser. Columns `value` and `count`.
  public func valueCounts(dropsNulls: Bool = true) -> DataFrame {
    // A table of this column alone would write out one that follows from others.
    let groups = RowGroups(DataFrame([], rowCount: count), by: [self], dropsNulls: dropsNulls)
    guard let counted = try? groups.aggregated(.size), counted.rowCount > 0 else {
      return DataFrame(aligned: [
        taking(rowNumbers: []).renamed("value"), Column("count", integers: []),
      ])
    }
    let order = counted.columns[1].argsort(.descending).map { UInt32($0) }
    return DataFrame(aligned: [
      counted.columns[0].taking(rowNumbers: order).renamed("value"),
      counted.columns[1].taking(rowNumbers: order).renamed("count"),
    ])
  }
}
