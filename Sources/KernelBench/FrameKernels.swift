import Columnar
import Kernels

/// The kernels that read several columns of a table, on those that gain most: a grouping by the best
/// categorical, a filter, an expression.
struct FrameKernels {
  /// What a kernel reads, the columns in its order.
  struct Member {
    let kernel: MeasuredKernel
    let columns: [Column]
  }

  let members: [Member]

  /// Chooses among columns of one length; those whose wide form they have already are left out.
  init(_ columns: [Column]) {
    let gains = columns.compactMap(Candidate.init).sorted { a, b in
      a.gain > b.gain
    }
    let key = gains.first { $0.isText && $0.rows.isCategorical } ?? gains.first { $0.isKey }
    let numbers = gains.filter { $0.isNumber && $0.column.name != key?.column.name }
      .prefix(2).map(\.column)
    var members: [Member] = []
    if let key = key?.column {
      members += Self.groups(key, numbers.first)
      members.append(Self.filter(key, numbers))
    }
    if let expression = Self.expression(numbers) { members.append(expression) }
    self.members = members
  }

  private struct Candidate {
    let column: Column
    let rows: ColumnRows
    /// Bytes that the lean form saves on all rows; that it does is why the column is here.
    let gain: Int

    init?(_ column: Column) {
      let rows = ColumnRows(column)
      guard rows.valueCount > 0, !WideForm.isForm(of: rows) else { return nil }
      switch rows.view {
      case .constant, .sequence: return nil
      default: break
      }
      self.column = column
      self.rows = rows
      gain = WideForm.byteCount(rows) - rows.byteCount
    }

    var isText: Bool { rows.type.domain == .bytes }
    var isKey: Bool { rows.isCategorical && rows.type != .float }
    var isNumber: Bool { rows.type.isNumeric && rows.type != .boolean }
  }

  // MARK: - The kernels

  private static func groups(_ key: Column, _ value: Column?) -> [Member] {
    let columns = [key] + (value.map { [$0] } ?? [])
    return Aggregation.Kind.everyKind.compactMap { kind in
      let needsTruth = kind == .any || kind == .all
      guard kind == .size || value != nil, !needsTruth || value?.type == .boolean else {
        return nil
      }
      let isUsual = kind == (value == nil ? .size : .sum)
      let kernel = MeasuredKernel(groupName(kind), isUsual: isUsual) { columns in
        let frame = DataFrame(aligned: columns)
        let aggregation = Aggregation(kind, kind == .size ? "" : columns[1].name)
        return {
          let groups = try frame.grouped(by: columns[0].name)
          return KernelAnswer(
            .columns(try groups.aggregated(aggregation).columns), groups.path(of: aggregation))
        }
      }
      return Member(kernel: kernel, columns: kind == .size ? [key] : columns)
    }
  }

  private static func filter(_ key: Column, _ numbers: [Column]) -> Member {
    let constant = ColumnRows(key).middleValue.map { Scalar($0, of: key.type) }
    let kernel = MeasuredKernel("filter", isUsual: true) { columns in
      let frame = DataFrame(aligned: columns)
      let rows = ColumnRows(columns[0])
      return {
        let test = try RowTest(constant.map { .equal(to: $0) } ?? .isNotNull, rows)
        return KernelAnswer(.columns(frame.keeping(test.selection).columns), test.path)
      }
    }
    return Member(kernel: kernel, columns: [key] + numbers)
  }

  /// `a * 2 > c`, `a * 2 + b > c`; `c` is what the row in the middle has, in whole numbers.
  private static func expression(_ numbers: [Column]) -> Member? {
    guard let first = numbers.first else { return nil }
    var left = col(first.name) * 2
    var middle = first.middleNumber * 2
    if numbers.count > 1 {
      left = left + col(numbers[1].name)
      middle += numbers[1].middleNumber
    }
    let bound = ColumnExpression(integerLiteral: Int64(exactly: middle.rounded()) ?? 0)
    let condition = left > bound
    let kernel = MeasuredKernel("expression", isUsual: true) { columns in
      let frame = DataFrame(aligned: columns)
      // Numbers are read into the lanes in which they are computed.
      return { KernelAnswer(.selection(try frame.rows(where: condition)), .decoded) }
    }
    return Member(kernel: kernel, columns: numbers)
  }

  static func groupName(_ kind: Aggregation.Kind) -> String {
    if case .quantile = kind { return "group_median" }
    return "group_\(kind.name)"
  }
}

extension MeasuredKernels {
  static let frameNames =
    Aggregation.Kind.everyKind.map(FrameKernels.groupName) + ["filter", "expression"]
}

extension Column {
  /// The value of the row in the middle, in the value's own unit.
  fileprivate var middleNumber: Double {
    switch ColumnRows(self).middleValue {
    case .integer(let value)?: Double(value) / type.unitsPerOne
    case .float(let value)?: value.isFinite ? value : 0
    default: 0
    }
  }
}
