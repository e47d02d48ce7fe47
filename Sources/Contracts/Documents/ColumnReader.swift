import Columnar

/// Reads what a contract says of a column.
struct ColumnReader {
  private(set) var terms: ColumnTerms
  private(set) var unchecked: [UncheckedTerm] = []
  private let property: DocumentReader

  init(_ name: String, _ property: DocumentReader) {
    terms = ColumnTerms(name: name)
    terms.line = property.line
    self.property = property
  }

  /// - Parameter locked: What a lock says that the column was.
  mutating func read(locked: ColumnFacts?) throws(ContractError) {
    terms.isRequired = try property["required"]?.truth() ?? false
    terms.isUnique = try property["unique"]?.truth() ?? false
    if try property["primaryKey"]?.truth() ?? false {
      (terms.isRequired, terms.isUnique) = (true, true)
    }
    try readType(locked)
    if let locked {
      try readFormat()
      if let digests = try ContractReader.custom(property)?["validDigests"]?.texts() {
        terms.validValues = .digests(Set(digests), column: terms.name)
      }
      markObserved(locked)
    }
    for rule in try property["quality"]?.elements() ?? [] { try read(rule) }
    if property["relationships"] != nil {
      leave("relationships", "it is about other tables", property["relationships"])
    }
  }

  private mutating func readType(_ locked: ColumnFacts?) throws(ContractError) {
    let options = property["logicalTypeOptions"]
    if let locked { terms.type = .exact(locked.agreedType) }
    guard let logical = property["logicalType"] else {
      if locked == nil, options != nil {
        leave("logicalTypeOptions", "`logicalType` is missing", options)
      }
      return
    }
    let word = try logical.text()
    switch word {
    case "string":
      let format = try options?["format"]?.text()
      terms.type =
        terms.type ?? (format == "uuid" ? .uuid : format == "ipv4" ? .ipv4 : .string)
    case "date": terms.type = terms.type ?? .date
    case "timestamp": terms.type = terms.type ?? .timestamp
    case "time": terms.type = terms.type ?? .time
    case "number": terms.type = terms.type ?? .number
    case "integer": terms.type = terms.type ?? .integer
    case "boolean": terms.type = terms.type ?? .boolean
    case "object", "array": leave("logicalType \(word)", "tables have no such values", logical)
    default:
      throw logical.mismatch(
        "string, date, timestamp, time, number, integer, boolean, object or array")
    }
    // A hand has changed the one and left the other.
    if let locked, terms.type?.standard?.name != word {
      throw logical.error(
        "column `\(terms.name)` is \(word), and its lock says \(locked.type); change `type` under"
          + " `\(ContractDocument.key)`, too, or lock the file anew")
    }
    for (key, value) in try options?.members() ?? [] { try readOption(key, value, of: word) }
  }

  private mutating func readOption(
    _ key: String, _ value: DocumentReader, of type: String
  ) throws(ContractError) {
    switch (type, key) {
    case ("integer", "format"):
      terms.format = try value.word(NumberFormat.self, NumberFormat.integers)
    case ("number", "format"): terms.format = try value.word(NumberFormat.self, [.f32, .f64])
    case ("string", "format"):
      let word = try value.text()
      if word != "uuid", word != "ipv4" { leave("format \(word)", "it is not checked", value) }
    case ("string", "minLength"): terms.minimumLength = try value.count()
    case ("string", "maxLength"): terms.maximumLength = try value.count()
    case (_, "minimum"): terms.minimum = try bound(value, of: type, isExclusive: false)
    case (_, "exclusiveMinimum"): terms.minimum = try bound(value, of: type, isExclusive: true)
    case (_, "maximum"): terms.maximum = try bound(value, of: type, isExclusive: false)
    case (_, "exclusiveMaximum"): terms.maximum = try bound(value, of: type, isExclusive: true)
    case ("timestamp", "timezone"), ("timestamp", "defaultTimezone"), ("time", "timezone"):
      if terms.type == .timestamp { leave(key, "it is not checked", value) }
    case ("date", "format"), ("timestamp", "format"), ("time", "format"):
      leave(key, "any spelling of \(type)s is read", value)
    default: leave(key, "it is not checked", value)
    }
  }

  private func bound(
    _ value: DocumentReader, of type: String, isExclusive: Bool
  ) throws(ContractError) -> Bound {
    let text = try value.text()
    guard type == "integer" || type == "number" else {
      return Bound(.text(text), isExclusive: isExclusive)
    }
    if type == "integer", let whole = Int128(text) {
      return Bound(.integer(whole), isExclusive: isExclusive)
    }
    return Bound(.float(try value.number()), isExclusive: isExclusive)
  }

  /// The bits of numbers for which the standard has no format.
  private mutating func readFormat() throws(ContractError) {
    guard let own = try ContractReader.custom(property)?["format"] else { return }
    terms.format = try own.word(NumberFormat.self)
  }

  /// Bounds that are the extremes of the lock are what was there, and no rule.
  private mutating func markObserved(_ locked: ColumnFacts) {
    if terms.minimum?.value == locked.minimum { terms.minimum?.isObserved = true }
    if terms.maximum?.value == locked.maximum { terms.maximum?.isObserved = true }
  }

  private mutating func read(_ rule: DocumentReader) throws(ContractError) {
    var reader = RuleReader(rule)
    guard let found = try reader.read() else { return leave(reader.term, reader.reason, rule) }
    if found.metric == .invalidValues, found.comparison.meansNone, let valid = found.validValues {
      terms.validValues = .listed(Set(valid))
    } else {
      terms.rules.append(found)
    }
  }

  private mutating func leave(_ term: String, _ reason: String, _ value: DocumentReader?) {
    unchecked.append(
      UncheckedTerm(column: terms.name, term: term, reason: reason, line: value?.line))
  }
}

/// Reads a rule of quality.
struct RuleReader {
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
