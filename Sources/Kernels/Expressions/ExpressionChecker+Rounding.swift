import Columnar

extension ExpressionChecker {
  /// To so many decimal places, halves to the even one.
  func rounded(
    _ value: Checked, _ places: Checked, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    guard case .exact(let number) = places, number.scale == 0, let constant = number.constant,
      (-18...18).contains(constant)
    else {
      throw ExpressionError(
        .unsupportedType, "round takes a whole number of places, from -18 to 18",
        at: expression.place)
    }
    let count = Int(constant)
    if case .null = value { return .null }
    if let exact = exact(value) {
      guard count < exact.scale else { return .exact(exact) }
      guard let unit = Int64(exactly: powerOfTen(exact.scale - count)) else {
        throw ExpressionError(
          .overflow, "round takes away 18 places at the most", at: expression.place)
      }
      let (low, high) = (exact.low / Int128(unit) - 1, exact.high / Int128(unit) + 1)
      let rounded = Exact(
        node: .changed(.nearest(unit: unit), exact), scale: max(0, count), low: low, high: high)
      if count >= 0 { return .exact(rounded) }
      return .exact(
        try combined(.multiply, rounded, Exact(of: powerOfTen(-count)), expression))
    }
    guard let operand = float(value) else { throw unsupported("round", [value], expression) }
    let power = FloatNode.constant(Double(powerOfTen(abs(count))))
    let (first, second): (FloatNode.Operation, FloatNode.Operation) =
      count < 0 ? (.divide, .multiply) : (.multiply, .divide)
    let nearest = FloatNode.binary(
      second, .function(.round, .binary(first, operand, power)), power)
    // From here on all floats are whole, and may not be multiplied any more.
    let isWhole = TruthNode.float(.atMost, .constant(0x1p52), .function(.absolute, operand))
    return .float(count < 0 ? nearest : .choice(.isTrue(isWhole), operand, nearest))
  }

  /// The day of a moment.
  func day(of value: Checked, _ expression: ColumnExpression) throws(ExpressionError) -> Checked {
    switch value {
    case .null: return null(of: .date)
    case .temporal(_, .date): return value
    case .textConstant(let text):
      return .temporal(try constant(text, .date, expression), .date)
    case .temporal(let instant, .timestamp(let unit, _)):
      let unitsPerDay = 86_400 * unit.perSecond
      return .temporal(
        Exact(
          node: .changed(.floor(unit: unitsPerDay), instant), scale: 0,
          low: instant.low.flooredQuotient(Int128(unitsPerDay)),
          high: instant.high.flooredQuotient(Int128(unitsPerDay))), .date)
    default: throw unsupported("date", [value], expression)
    }
  }
}
