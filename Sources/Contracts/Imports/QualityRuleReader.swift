/// Reads a rule of quality of the Open Data Contract Standard.
struct QualityRuleReader {
  private let rule: DocumentReader
  /// What the rule is called, and why it is not checked, where it is not.
  private(set) var term = "quality"
  private(set) var reason = "it is not checked"

  init(_ rule: DocumentReader) { self.rule = rule }

  /// `nil` where it is a rule that nobody checks.
  mutating func read() throws(ContractError) -> QualityRule? {
    let type = try rule["type"]?.text() ?? "library"
    guard type == "library" else {
      term = "quality of type \(type)"
      reason =
        type == "text"
        ? "it is for people" : type == "sql" ? "it needs a database" : "it is of another tool"
      return nil
    }
    guard let name = rule["metric"] ?? rule["rule"] else {
      throw rule.error("`\(rule.place).metric` is missing")
    }
    let word = try name.text()
    guard let metric = QualityRule.Metric(rawValue: word) ?? Self.older[word] else {
      term = "quality \(word)"
      reason = "there is no such metric in the standard"
      return nil
    }
    guard let comparison = try comparison() else {
      term = "quality \(word)"
      reason = "it has no bound such as mustBe"
      return nil
    }
    var found = QualityRule(metric, comparison)
    if let unit = try rule["unit"]?.text() { found.isPercent = unit == "percent" }
    found.validValues =
      try (rule["arguments"]?["validValues"] ?? rule["validValues"])?.texts()
    if let values = rule["arguments"]?["missingValues"] {
      var words: [String] = []
      for value in try values.elements() { words.append(value.isNull ? "" : try value.text()) }
      found.missingValues = words
    }
    if metric == .invalidValues, let pattern = rule["arguments"]?["pattern"] {
      term = "quality \(word) by pattern"
      reason = "patterns are not checked"
      _ = pattern
      return nil
    }
    return found
  }

  /// Names before version 3.1.
  private static let older: [String: QualityRule.Metric] = [
    "nullCheck": .nullValues, "duplicateCount": .duplicateValues, "validValues": .invalidValues,
    "rowCount": .rowCount,
  ]

  private func comparison() throws(ContractError) -> QualityRule.Comparison? {
    if let value = rule["mustBe"] { return .equal(try value.number()) }
    if let value = rule["mustNotBe"] { return .notEqual(try value.number()) }
    if let value = rule["mustBeGreaterThan"] { return .greater(try value.number()) }
    if let value = rule["mustBeGreaterOrEqualTo"] { return .atLeast(try value.number()) }
    if let value = rule["mustBeLessThan"] { return .less(try value.number()) }
    if let value = rule["mustBeLessOrEqualTo"] { return .atMost(try value.number()) }
    for (key, isInside) in [("mustBeBetween", true), ("mustNotBeBetween", false)] {
      guard let value = rule[key] else { continue }
      let ends = try value.elements()
      guard ends.count == 2 else { throw value.mismatch("two numbers") }
      let (low, high) = (try ends[0].number(), try ends[1].number())
      return isInside ? .between(low, high) : .notBetween(low, high)
    }
    return nil
  }
}
