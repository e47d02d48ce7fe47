/// Reads a rule of quality of the Open Data Contract Standard.
struct QualityRuleReader {
  private let rule: DocumentReader
  /// What the rule is called, and why it is not checked, where it is not.
  private(set) var term = "quality"
  private(set) var reason = "it is not checked"

  init(_ rule: DocumentReader) { self.rule = rule }

  /// What the rule says: several where it has several bounds; none where it is a rule that nobody checks.
  mutating func read() throws(ContractError) -> [QualityRule] {
    _ = try StandardKeys.others(in: rule, than: StandardKeys.rule)
    let type = try rule["type"]?.text() ?? "library"
    guard ["library", "text", "sql", "custom"].contains(type) else {
      throw (rule["type"] ?? rule).mismatch("library, text, sql or custom")
    }
    guard type == "library" else {
      term = "quality of type \(type)"
      reason =
        type == "text"
        ? "it is for people" : type == "sql" ? "it needs a database" : "it is of another tool"
      return []
    }
    guard let name = rule["metric"] ?? rule["rule"] else {
      throw rule.error("`\(rule.place).metric` is missing")
    }
    let word = try name.text()
    guard let metric = QualityRule.Metric(rawValue: word) ?? Self.older[word] else {
      let known = QualityRule.Metric.allCases.map(\.rawValue) + Self.older.keys.sorted()
      if let near = word.nearestName(in: known) {
        throw name.error("'\(word)' is no metric of the standard; did you mean '\(near)'?")
      }
      return unchecked("quality \(word)", "there is no such metric in the standard")
    }
    if let severity = try rule["severity"]?.text().lowercased(),
      ["info", "low", "warn", "warning", "minor"].contains(severity)
    {
      return unchecked("quality \(word)", "its severity is \(severity)")
    }
    let comparisons = try comparisons()
    guard !comparisons.isEmpty else {
      return unchecked("quality \(word)", "it has no bound such as mustBe")
    }
    if metric == .invalidValues, rule["arguments"]?["pattern"] != nil {
      return unchecked("quality \(word) by pattern", "patterns are not checked")
    }
    let isPercent = try isPercent()
    let validValues = try (rule["arguments"]?["validValues"] ?? rule["validValues"])?.texts()
    var missingValues: [String]?
    for value in try rule["arguments"]?["missingValues"]?.elements() ?? [] {
      missingValues = (missingValues ?? []) + [value.isNull ? "" : try value.text()]
    }
    return comparisons.map { comparison in
      var found = QualityRule(metric, comparison)
      found.isPercent = isPercent
      (found.validValues, found.missingValues) = (validValues, missingValues)
      return found
    }
  }

  private mutating func unchecked(_ term: String, _ reason: String) -> [QualityRule] {
    (self.term, self.reason) = (term, reason)
    return []
  }

  /// Names before version 3.1.
  private static let older: [String: QualityRule.Metric] = [
    "nullCheck": .nullValues, "duplicateCount": .duplicateValues, "validValues": .invalidValues,
    "rowCount": .rowCount,
  ]

  private func isPercent() throws(ContractError) -> Bool {
    guard let unit = rule["unit"] else { return false }
    switch try unit.text().lowercased() {
    case "percent", "percentage", "%": return true
    case "rows", "row", "count", "number": return false
    default: throw unit.mismatch("rows or percent")
    }
  }

  private func comparisons() throws(ContractError) -> [QualityRule.Comparison] {
    var all: [QualityRule.Comparison] = []
    for (key, make) in Self.bounds {
      if let value = rule[key] { all.append(make(try value.number())) }
    }
    for (key, isInside) in [("mustBeBetween", true), ("mustNotBeBetween", false)] {
      guard let value = rule[key] else { continue }
      let ends = try value.elements()
      guard ends.count == 2 else { throw value.mismatch("two numbers") }
      let (low, high) = (try ends[0].number(), try ends[1].number())
      guard low <= high else { throw value.mismatch("the smaller number and the larger one") }
      all.append(isInside ? .between(low, high) : .notBetween(low, high))
    }
    return all
  }

  private static let bounds: [(String, @Sendable (Double) -> QualityRule.Comparison)] = [
    ("mustBe", { .equal($0) }), ("mustNotBe", { .notEqual($0) }),
    ("mustBeGreaterThan", { .greater($0) }), ("mustBeGreaterOrEqualTo", { .atLeast($0) }),
    ("mustBeLessThan", { .less($0) }), ("mustBeLessOrEqualTo", { .atMost($0) }),
  ]
}
