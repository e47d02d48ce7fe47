import TabularDiet

/// One public entry, called as nobody should call it. It may throw and it may answer; it may not end
/// the process.
struct HostileCall {
  /// The entry as `docs/public-api.md` has it: `Column.taking`.
  let entry: String
  /// What is hostile about the arguments.
  let what: String
  /// Called with each of the tables of `HostileTable`, or once with the first.
  let call: @Sendable (DataFrame) throws -> Void
  var takesTables = true

  init(
    _ entry: String, _ what: String = "odd arguments",
    _ call: @escaping @Sendable (DataFrame) throws -> Void
  ) {
    (self.entry, self.what, self.call) = (entry, what, call)
  }

  /// A call that is of no table.
  static func alone(
    _ entry: String, _ what: String = "odd arguments", _ call: @escaping @Sendable () throws -> Void
  ) -> HostileCall {
    var made = HostileCall(entry, what) { _ in try call() }
    made.takesTables = false
    return made
  }

  /// A call that has to be refused by an error.
  static func refused(
    _ entry: String, _ what: String, _ call: @escaping @Sendable (DataFrame) throws -> Any
  ) -> HostileCall {
    HostileCall(entry, what) { frame in try refusing(what) { try call(frame) } }
  }

  /// Entries that are called within the calls of others.
  static let within =
    [
      "all", "any", "count", "distinctCount", "first", "last", "maximum", "mean", "median",
      "minimum",
      "quantile", "standardDeviation", "sum", "variance",
    ].map { "Aggregation.\($0)" } + [
      "DietPlan.subscript", "ElementColumn.init", "TextColumn.init", "Footprint.init",
      "LeanFile.readBack", "LeanTable.report", "LeanTable.writeRejectedRecords", "Row.subscript",
      "Figure.holds", "Sampling.init", "TableProfile.plan", "TypingOptions.init", ".col",
    ]

  static let all: [HostileCall] =
    columnCalls + numberCalls + selectionCalls + frameCalls + expressionCalls + closureCalls
    + scalarCalls + valueCalls + shapeCalls + planCalls + profileCalls + fileCalls + partCalls
    + readerCalls + reportCalls
}

/// An answer where there had to be an error.
struct NotRefused: Error, CustomStringConvertible {
  let description: String
}

func refusing(_ what: String, _ body: () throws -> Any) throws {
  do {
    let answer = try body()
    throw NotRefused(description: "no error: \(what) gave \(answer)")
  } catch let error as NotRefused {
    throw error
  } catch { try look(at: error) }
}

/// Whatever comes of it; an error has to say something.
func trying(_ body: () throws -> Any) throws {
  do { _ = try body() } catch { try look(at: error) }
}

private func look(at error: any Error) throws {
  if "\(error)".count < 8 { throw NotRefused(description: "an error without words: \(error)") }
}

enum Odd {
  static let matchings = PlanMatching.Resolution.allCases.flatMap { new in
    PlanMatching.Resolution.allCases.flatMap { missing in
      PlanMatching.Order.allCases.map {
        PlanMatching(newColumns: new, missingColumns: missing, movedColumns: $0)
      }
    }
  }
  static let ranges: [Range<Int>] = [
    0..<0, 0..<5, 3..<12, 5..<Int.max, 10..<10, Int.max..<Int.max, -9 ..< -3, Int.min..<Int.max,
  ]
  static let integers: [Int] = [.min, .min + 1, -1, 0, 1, 3, .max - 1, .max]
  static let rows: [Int64?] = [.min, nil, -1, 0, 1, .max]
  static let floats: [Double] = [
    .nan, .infinity, -.infinity, -0.0, 1e308, -1e308, .leastNonzeroMagnitude, 1.5,
  ]
  static let names = [
    "", " ", "none", "a\u{0}b", "\"", "a,b", "\u{1F469}\u{200D}\u{1F4BB}", "a\u{301}",
    String(repeating: "x", count: 10_000),
  ]
  static let words = [
    "(", ")", "1 +", "1 + + 1", "'", "a +", "((((((((", "a in (", "\u{0}", "-", "a b",
  ]
  static let types: [LogicalType] = [
    .null, .boolean, .integer, .float, .date, .uuid, .ipv4, .string, .decimal(scale: 0),
    .decimal(scale: 18), .decimal(scale: 19), .decimal(scale: -1), .decimal(scale: .max),
    .decimal(scale: .min), .time(unit: .second), .duration(unit: .nanosecond),
    .timestamp(unit: .nanosecond, zone: ""), .timestamp(unit: .second, zone: "Nowhere/None"),
    .timestamp(unit: .millisecond, zone: nil),
  ]
  static let scalars: [Scalar] =
    [Int128.min, -1, 0, 1, .max].flatMap { number -> [Scalar] in
      [
        .integer(number), .date(days: number), .time(number, unit: .nanosecond),
        .time(number, unit: .second), .duration(number, unit: .second),
        .duration(number, unit: .nanosecond), .timestamp(number, unit: .second, zone: nil),
        .timestamp(number, unit: .nanosecond, zone: "UTC"),
        .timestamp(number, unit: .millisecond, zone: ""),
      ] + [Int.min, -1, 0, 2, 18, 38, 39, .max].map { .decimal(unscaled: number, scale: $0) }
    }
    + floats.map { .float($0) }
    + [.boolean(true), .text([]), .text([0xFF, 0xC0, 0]), "a", 12, 1.5, true]
  static let conditions: [Condition] =
    scalars.flatMap { scalar -> [Condition] in
      [
        .equal(to: scalar), .notEqual(to: scalar), .less(than: scalar), .atMost(scalar),
        .greater(than: scalar), .atLeast(scalar), .between(scalar, 1), .between("a", scalar),
        .isIn([scalar]), .isIn([scalar, 1, "a"]),
      ]
    } + [.isIn([]), .hasPrefix(""), .hasPrefix("\u{0}"), .isNull, .isNotNull]
  static let layouts: [Layout] =
    [
      "", "none", "integer", "dictionary", "constant", "sequence", "frame-of-reference", "float",
      "bits", "utf8", "fixed", "run-end",
    ].flatMap { name in
      [nil, -1, 0, 1, 3, 4, 8, 16, .max].map { width in
        Layout(
          encoding: name, width: width, isUnsigned: true, base: .min, step: .max, form: "none",
          errorLimit: .nan, values: Layout(encoding: name == "dictionary" ? "utf8" : "dictionary"))
      }
    }
    + numberedTexts.flatMap { text in
      [nil, -1, 1, 8, .max].map { width in
        var layout = Layout(encoding: "affix", width: width, isUnsigned: true, base: .max)
        layout.affix = text
        return layout
      }
    }
  static let numberedTexts = [nil, .min, -1, 0, 1, 18, 19, .max].flatMap { digits in
    [.min, 0, 1, 17, 18, .max].map { decimals in
      NumberedText(prefix: "\u{0}", digits: digits, point: ".", decimals: decimals)
    }
  }
}
