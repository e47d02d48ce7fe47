import Columnar

/// Reads what a contract says of a column.
struct StandardColumnReader {
  private(set) var terms: ColumnTerms
  private(set) var unchecked: [UncheckedTerm] = []
  private let property: DocumentReader

  init(_ name: String, _ property: DocumentReader) {
    terms = ColumnTerms(name: name)
    terms.line = property.line
    self.property = property
  }

  /// How dates are spelled, as `--date-format` takes it.
  private(set) var dateFormat: String?

  /// - Parameter locked: What a lock says that the column was.
  mutating func read(locked: ColumnFacts?) throws(ContractError) {
    terms.isRequired = try property["required"]?.truth() ?? false
    terms.isUnique = try property["unique"]?.truth() ?? false
    terms.physicalName = try property["physicalName"]?.text()
    for (key, value) in try StandardKeys.others(in: property, than: StandardKeys.column) {
      leave(key, "it is no key of the standard", value)
    }
    try readType(locked)
    if let locked {
      try readFormat()
      if let digests = try StandardContractReader.custom(property)?["validDigests"]?.texts() {
        terms.validValues = .digests(Set(digests), column: terms.name)
      }
      try markObserved(locked)
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
      if locked == nil, let physical = try property["physicalType"]?.text() {
        let type = SQLType(physical)
        (terms.type, terms.format, terms.maximumLength) = (
          type.type, type.format, type.maximumLength
        )
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
    case (_, "minimum"): terms.minimum = try value.bound(of: type, isExclusive: false)
    case (_, "exclusiveMinimum"): terms.minimum = try value.bound(of: type, isExclusive: true)
    case (_, "maximum"): terms.maximum = try value.bound(of: type, isExclusive: false)
    case (_, "exclusiveMaximum"): terms.maximum = try value.bound(of: type, isExclusive: true)
    case ("timestamp", "timezone"), ("timestamp", "defaultTimezone"), ("time", "timezone"):
      if terms.type == .timestamp { leave(key, "it is not checked", value) }
    case ("date", "format"), ("timestamp", "format"), ("time", "format"):
      try readSpelling(value, of: type)
    default:
      if let near = key.nearestName(in: Self.options) {
        throw value.error("`\(value.place)` is no option of \(type)s; did you mean `\(near)`?")
      }
      leave(key, "it is not checked", value)
    }
  }

  private static let options = [
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
    "format", "pattern",
    "multipleOf", "timezone", "defaultTimezone",
  ]

  /// Reads a pattern of Java's, as the standard has it: `yyyy-MM-dd`.
  private mutating func readSpelling(
    _ value: DocumentReader, of type: String
  ) throws(ContractError) {
    let pattern = try value.text()
    if type == "time", !pattern.contains("s") {
      terms.type = nil
      leave("format \(pattern)", "times without seconds are not read as such", value)
    } else if type == "date", let format = pattern.dateDirectives {
      if format != "%Y-%m-%d" { dateFormat = format }
    } else {
      leave("format \(pattern)", "any spelling of \(type)s is read", value)
    }
  }

  /// The bits of numbers for which the standard has no format.
  private mutating func readFormat() throws(ContractError) {
    guard let own = try StandardContractReader.custom(property)?["format"] else { return }
    terms.format = try own.word(NumberFormat.self)
  }

  /// Bounds that are the extremes of the lock are what was there, and no rule.
  private mutating func markObserved(_ locked: ColumnFacts) throws(ContractError) {
    let words = try StandardContractReader.custom(property)?["observed"]?.texts() ?? []
    func isObserved(_ bound: Bound?, _ value: FactValue?, _ word: String) -> Bool {
      bound.map { !$0.isExclusive && $0.value == value } ?? false && words.contains(word)
    }
    if isObserved(terms.minimum, locked.minimum, "minimum") { terms.minimum?.isObserved = true }
    if isObserved(terms.maximum, locked.maximum, "maximum") { terms.maximum?.isObserved = true }
  }

  private mutating func read(_ rule: DocumentReader) throws(ContractError) {
    var reader = QualityRuleReader(rule)
    let rules = try reader.read()
    if rules.isEmpty { leave(reader.term, reader.reason, rule) }
    for found in rules {
      if found.metric == .invalidValues, found.comparison.meansNone, let valid = found.validValues {
        terms.validValues = ValidValues(listing: valid)
      } else {
        terms.rules.append(found)
      }
    }
  }

  private mutating func leave(_ term: String, _ reason: String, _ value: DocumentReader?) {
    unchecked.append(
      UncheckedTerm(column: terms.name, term: term, reason: reason, line: value?.line))
  }
}

extension String {
  /// A pattern of Java's for days in the directives of `strftime`; `nil` for what has no such.
  fileprivate var dateDirectives: String? {
    var result = ""
    var rest = self[...]
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      switch run {
      case "yyyy", "uuuu", "YYYY": result += "%Y"
      case "yy": result += "%y"
      case "MMM": result += "%b"
      case "MM", "M": result += "%m"
      case "dd", "d", "DD": result += "%d"
      default:
        guard run.allSatisfy({ "-/. ".contains($0) }) else { return nil }
        result += run
      }
      rest = rest.dropFirst(run.count)
    }
    return result
  }
}
