import Foundation
import TabularDiet

extension HostileCall {
  static let expressionCalls: [HostileCall] = [
    HostileCall("DataFrame.evaluate", "texts that are no expression") { frame in
      let numbers = ["9", "99999999999999999999", "1e999", "-0.0", "0.00000000000000000000000001"]
      let names = frame.columns.map { "`\($0.name)`" } + frame.columns.map(\.name)
      for text in Odd.words + numbers + names {
        try trying { try look(frame.evaluate(text)) }
        for operation in ["+", "-", "*", "/", "%", "**", "<", "==", "and", "between 1 and"] {
          try trying { try look(frame.evaluate("\(text) \(operation) \(text)")) }
        }
      }
    },
    .alone("DataFrame.evaluate", "ten thousand brackets") {
      let frame = try DataFrame([Column("a", integers: [1])])
      let count = 10_000
      let brackets =
        String(repeating: "(", count: count) + "a" + String(repeating: ")", count: count)
      try trying { try frame.evaluate(brackets) }
      try trying { try frame.evaluate(String(repeating: "-", count: count) + "a") }
      try trying { try frame.evaluate(String(repeating: "not ", count: count) + "a") }
      try trying { try frame.evaluate("a" + String(repeating: " + a", count: count)) }
      try trying { try frame.evaluate("a" + String(repeating: " ** a", count: count)) }
    },
    .alone("DataFrame.evaluate", "a chain of two hundred thousand parts") {
      let frame = try DataFrame([Column("a", integers: [1])])
      var (sum, negated) = (col("a"), col("a"))
      for number in 0..<200_000 {
        sum = sum + ColumnExpression(integerLiteral: Int64(number))
        negated = -negated
      }
      try refusing("a long sum") { try frame.evaluate(sum) }
      try refusing("a long sum within another") { try frame.evaluate(col("a") + sum) }
      try refusing("signs") { try frame.rows(where: negated.isNull) }
    },
    HostileCall("DataFrame.evaluate", "functions of any column") { frame in
      for name in frame.columns.map(\.name) + Odd.names {
        for expression in unary(col(name)) { try trying { try look(frame.evaluate(expression)) } }
      }
    },
    HostileCall("DataFrame.evaluate", "any two columns") { frame in
      let names = frame.columns.map(\.name)
      for name in names {
        for other in names {
          for expression in binary(col(name), col(other)) {
            try trying { try look(frame.evaluate(expression, named: name)) }
          }
        }
      }
    },
    HostileCall("DataFrame.evaluate", "constants of any kind") { frame in
      let constants: [ColumnExpression] = [
        0, -1, 9_223_372_036_854_775_807, -9_223_372_036_854_775_808, 1.5, "", "\u{0}",
        "2024-02-30",
        true, ColumnExpression(floatLiteral: .nan), ColumnExpression(floatLiteral: .infinity),
      ]
      for constant in constants {
        try trying { try look(frame.evaluate(constant)) }
        for name in frame.columns.map(\.name) {
          for expression in binary(col(name), constant) + binary(constant, col(name)) {
            try trying { try look(frame.evaluate(expression)) }
            try trying { try frame.rows(where: expression) }
          }
        }
      }
    },
  ]

  private static func unary(_ x: ColumnExpression) -> [ColumnExpression] {
    [
      -x, !x, x.isNull, x.absolute, x.squareRoot, x.exponential, x.logarithm, x.floor, x.ceiling,
      x.rounded, x.sine, x.cosine, x.tangent, x.year, x.quarter, x.month, x.day, x.dayOfYear,
      x.weekday, x.hour, x.minute, x.second, x.isIn([]), x.isIn([x, 1, "a"]), x.hasPrefix(x),
      x.hasPrefix(""), .when(x, then: 1, otherwise: "a"), .when(x.isNull, then: x, otherwise: 0),
      x.isBetween(1, "a"), x.coalesced(with: 1), x.coalesced(with: ""), x + Int.min, x > UInt64.max,
      x == Double.nan, x.isIn(Odd.integers), x < Scalar.date(days: .max), x == Int128.min,
    ] + texts(x) + moments(x)
  }

  private static func moments(_ x: ColumnExpression) -> [ColumnExpression] {
    var found = [x.date]
    for places in [Int.min, .max, 18, -18] { found.append(x.rounded(toPlaces: places)) }
    for date in [Date(timeIntervalSince1970: 1e300), .distantFuture, .distantPast] {
      found.append(x - date)
      found.append(x > date)
    }
    for span in [Scalar.duration(.min, unit: .nanosecond), .duration(.max, unit: .second)] {
      found.append(x + span)
      found.append(x * span)
    }
    found.append(x - Duration.seconds(Int64.max))
    for number in [Decimal.nan, .greatestFiniteMagnitude, .leastNonzeroMagnitude] {
      found.append(x < number)
      found.append(x * number)
    }
    return found
  }

  private static func texts(_ x: ColumnExpression) -> [ColumnExpression] {
    let one: ColumnExpression = 1
    let found: [ColumnExpression] = [
      x.lowercased, x.uppercased, x.length, x.like("%a_"), x.like("", escape: "e\u{301}"),
      x.like("a!", escape: "!"), .concatenated([x, x]), .concatenated([]), x + .null, .null < x,
      .cases([(x, x), (x.isNull, one)]), .cases([(x.isNull, x)], otherwise: ""), .cases([]),
      .when(.null, then: x, otherwise: .null), x.length + 1, (x + "a").uppercased == x,
    ]
    return found + Odd.types.flatMap { [x.cast(to: $0), (x + one).cast(to: $0)] }
  }

  private static func binary(
    _ x: ColumnExpression, _ y: ColumnExpression
  ) -> [ColumnExpression] {
    [
      x + y, x - y, x * y, x / y, x % y, x == y, x != y, x < y, x <= y, x > y, x >= y, x && y,
      x || y, x.raised(to: y), x.isIn([y]), x.hasPrefix(y), .lesser(x, y), .greater(x, y),
      .when(x < y, then: x, otherwise: y), x * y * x * y * x,
    ]
  }

  static let closureCalls: [HostileCall] = [
    HostileCall("DataFrame.map") { frame in
      for name in frame.columns.map(\.name) + Odd.names {
        try trying { try frame.map(name) { (x: Int8) in x } }
        try trying { try frame.map(name) { (x: UInt64) in x } }
        try trying { try frame.map(name) { (x: Double) in x } }
        try trying { try frame.map(name) { (x: Bool) in !x } }
        try trying { try frame.map(name, name) { (x: Int, y: Double) in Double(x) + y } }
        try trying { try frame.map(name, name, name) { (x: Int, y: Double, z: Bool) in z } }
        try trying {
          try frame.map(name, name, name, name) { (x: Int, y: Double, z: Float, w: Int8) in x }
        }
        try trying {
          try frame.map(name, name, name, name, name) {
            (x: Int, y: Double, z: Float, w: Int8, v: UInt64) in z
          }
        }
        try trying {
          try frame.map(name, name, name, name, name, name) {
            (x: Int, y: Double, z: Float, w: Int8, v: UInt64, u: Int16) in v
          }
        }
      }
    },
    HostileCall("DataFrame.mapOptional") { frame in
      for name in frame.columns.map(\.name) + Odd.names {
        try trying { try frame.mapOptional(name) { (x: Int8?) in x } }
        try trying { try frame.mapOptional(name) { (x: String?) in x.map { $0 + $0 } } }
        try trying { try frame.mapOptional(name, name) { (x: Float?, y: Double?) in x } }
        try trying {
          try frame.mapOptional(name, name, name, name) { (x: Float?, y: Double?, z: String?) in z }
        }
        try trying {
          try frame.mapOptional(name, name, name) { (x: Float?, y: Int?, z: String?) in z }
        }
      }
    },
    HostileCall("DataFrame.reduce") { frame in
      for name in frame.columns.map(\.name) + Odd.names {
        try trying {
          try frame.reduce(name, into: 0) { (n: inout Int, _: Double) in
            n += 1
          } join: {
            $0 + $1
          }
        }
      }
    },
    HostileCall("DataFrame.rows", "closures") { frame in
      for name in frame.columns.map(\.name) + Odd.names {
        try trying { try frame.rows(where: name) { (x: Int64) in x > 0 } }
        try trying { try frame.rows(where: name, name) { (x: Double, y: Bool) in y } }
        try trying {
          try frame.rows(where: name, name, name) { (x: Double, y: Int, z: Int) in x > 0 }
        }
        try trying {
          try frame.rows(where: name, name, name, name) { (x: Double, y: Int, z: Int, w: Int8) in
            x > 0
          }
        }
        try trying {
          try frame.rows(where: name, name, name, name, name, name) {
            (x: Double, y: Int, z: Int, w: Int8, v: Float, u: UInt8) in x > 0
          }
        }
      }
    },
    HostileCall("ElementColumn.subscript", "rows that there are not") { frame in
      for name in frame.columns.map(\.name) + Odd.names {
        try trying { () throws -> Any in
          let column = try ElementColumn<Double>(name, of: frame)
          return Odd.integers.map { column[$0] }
        }
        try trying { () throws -> Any in
          let column = try ElementColumn<Int8>(name, of: frame)
          return Odd.integers.map { column[$0] }
        }
      }
    },
    HostileCall("TextColumn.subscript", "rows that there are not") { frame in
      for name in frame.columns.map(\.name) + Odd.names {
        try trying { () throws -> Any in
          let column = try TextColumn(name, of: frame)
          return Odd.integers.map { column[$0] }
        }
      }
    },
    HostileCall("NullColumn.init") { frame in
      for name in frame.columns.map(\.name) { try trying { try NullColumn(name, of: frame).count } }
    },
  ]

  static let scalarCalls: [HostileCall] = [
    .alone("Scalar.description") { _ = Odd.scalars.map(\.description) },
    .alone("Scalar.doubleValue") { _ = Odd.scalars.map(\.doubleValue) },
    .alone("Scalar.intValue") { _ = Odd.scalars.map(\.intValue) },
    .alone("Scalar.boolValue") { _ = Odd.scalars.map(\.boolValue) },
    .alone("Scalar.stringValue") { _ = Odd.scalars.map(\.stringValue) },
    .alone("LogicalType.init") { _ = (Odd.names + Odd.words).map { LogicalType(named: $0) } },
    .alone("LogicalType.description") {
      _ = Odd.types.map { ($0.description, $0.name, $0.domain) }
    },
    .alone("TimeUnit.init") { _ = Odd.integers.map { TimeUnit(fractionDigits: $0) } },
    .alone("Margin.init") {
      _ = (Odd.names + ["-1", "1e99", "99999999999999999999x", "0x", "1.5x", "nan"]).map {
        Margin($0)
      }
    },
    .alone("Buffer.allocatedByteCount") {
      _ = Odd.integers.map { Buffer.allocatedByteCount(for: $0) }
    },
    .alone("Sentence.init") { _ = Sentence("\(Odd.names) \(Odd.words)").description },
    .alone("FieldShapes.init") { _ = FieldShapes(rawValue: .max).union(.integers) },
    .alone("TextForms.init") { _ = TextForms(rawValue: .max).union(.all) },
    .alone("NumberAffix.init") { _ = NumberAffix(unit: "", decimalSeparator: 0) },
  ]
}
