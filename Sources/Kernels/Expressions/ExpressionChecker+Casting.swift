import Columnar

extension ExpressionChecker {
  /// The same values as another type. What the bounds prove to be exact is a part of the computation
  /// like any other; else the operand is computed here, where it is no column, and each of its values
  /// looked at.
  func cast(
    _ value: Checked, of column: Column?, to type: LogicalType, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    if let scale = type.scale, !(0...18).contains(scale) {
      throw ExpressionError(
        .unsupportedType, "a decimal has 0 to 18 places, not \(scale)", at: expression.place)
    }
    if case .null = value { return null(of: type) }
    if let proven = try proven(value, as: type, expression) { return proven }
    if let column { return try cast(column, to: type, expression) }
    return try cast(try frame.column(of: value, named: "cast", expression), to: type, expression)
  }

  private func cast(
    _ column: Column, to type: LogicalType, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    if type == .string { return .text(.written(column)) }
    let changed: Column
    do throws(FrameError) {
      changed = try column.cast(to: type)
    } catch {
      throw ExpressionError(
        error.code == .unfitValue ? .unfitValue : .unsupportedType, error.message,
        at: expression.place, row: error.row)
    }
    return try values(of: changed, expression)
  }

  private func proven(
    _ value: Checked, as type: LogicalType, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked? {
    let floats: ClosedRange<Int128> = -(1 << 53)...1 << 53
    switch (value, type) {
    case (.exact(let exact), .integer) where exact.scale == 0: return value
    case (.exact(let exact), .decimal(let scale))
    where scale >= exact.scale:
      let finer = try? scaled(exact, scale, expression)
      return finer.flatMap { $0.fits(Int64.self) ? .exact($0) : nil }
    case (.exact(let exact), .float)
    where floats.contains(exact.low) && floats.contains(exact.high):
      return .float(.exact(exact))
    case (.float, .float), (.truth, .boolean), (.textConstant, .string): return value
    case (.truth(let node), .integer):
      return .exact(chosen(node, Exact(of: 1), Exact(of: 0)))
    case (.temporal(_, let own), _) where own == type: return value
    case (.exact(let number), .duration):
      return finer(number, type, expression)
    case (.temporal(let span, .duration), .integer), (.temporal(let span, .duration), .decimal),
      (.temporal(let span, .duration), .float):
      return try proven(.exact(span), as: type, expression)
    case (.temporal(let days, .date), .timestamp):
      let seconds = try? combined(.multiply, days, Exact(of: 86_400), expression)
      return seconds.flatMap { finer($0, type, expression) }
    case (.temporal(let value, let own), _) where own.isComparable(to: type):
      return finer(value, type, expression)
    case (.temporal(let time, .time), .duration): return finer(time, type, expression)
    case (.temporal(let value, .timestamp(_, let zone)), .timestamp(_, let other))
    where (zone ?? other) == "UTC":
      return finer(value, type, expression)
    case (.text(let node), .string):
      if case .column(let column) = node, column.type != .string { return .text(.written(column)) }
      return value
    default: return nil
    }
  }

  /// The same in the unit of `type`, where that is as fine and 64 bits hold it.
  private func finer(
    _ value: Exact, _ type: LogicalType, _ expression: ColumnExpression
  ) -> Checked? {
    guard value.scale <= type.fractionDigits,
      let finer = try? scaled(value, type.fractionDigits, expression), finer.fits(Int64.self)
    else { return nil }
    return .temporal(finer, type)
  }
}
