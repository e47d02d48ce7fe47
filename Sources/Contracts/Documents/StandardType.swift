import Columnar
import Wording

/// A type as the Open Data Contract Standard names it, with what it says of it.
struct StandardType {
  let name: String
  var options: [(key: String, value: JSONText)] = []

  /// Whether the standard lets the type have that format.
  func takes(_ format: NumberFormat) -> Bool {
    name == "integer" ? !format.isFloat : name == "number" && format.isFloat
  }
}

extension TermType {
  /// `nil` for columns without values.
  var standard: StandardType? {
    switch self {
    case .exact(let type): type.standard
    case .string: StandardType(name: "string")
    case .date: StandardType(name: "date")
    case .timestamp: StandardType(name: "timestamp")
    case .time: StandardType(name: "time")
    case .number: StandardType(name: "number")
    case .integer: StandardType(name: "integer")
    case .boolean: StandardType(name: "boolean")
    case .uuid: StandardType(name: "string", options: [("format", .string("uuid"))])
    case .ipv4: StandardType(name: "string", options: [("format", .string("ipv4"))])
    }
  }
}

extension LogicalType {
  fileprivate var standard: StandardType? {
    switch self {
    case .null: nil
    case .boolean: StandardType(name: "boolean")
    case .integer: StandardType(name: "integer")
    case .decimal, .float: StandardType(name: "number")
    case .date: StandardType(name: "date")
    case .time: StandardType(name: "time")
    // The standard has no spans of time.
    case .duration, .string: StandardType(name: "string")
    case .timestamp(_, let zone):
      StandardType(name: "timestamp", options: [("timezone", .bool(zone != nil))])
    case .uuid: StandardType(name: "string", options: [("format", .string("uuid"))])
    case .ipv4: StandardType(name: "string", options: [("format", .string("ipv4"))])
    }
  }
}

extension ColumnTerms {
  /// What the standard's options of a type say of the column.
  func options(of name: String) -> [(key: String, value: JSONText)] {
    var options: [(key: String, value: JSONText)] = []
    if let format, type?.standard?.takes(format) == true {
      options.append(("format", .string(format.rawValue)))
    }
    if let minimum {
      options.append((minimum.isExclusive ? "exclusiveMinimum" : "minimum", minimum.tree))
    }
    if let maximum {
      options.append((maximum.isExclusive ? "exclusiveMaximum" : "maximum", maximum.tree))
    }
    if let minimumLength { options.append(("minLength", .integer(minimumLength))) }
    if let maximumLength { options.append(("maxLength", .integer(maximumLength))) }
    return options
  }
}

extension Bound {
  fileprivate var tree: JSONText {
    switch value {
    case .integer(let value): .integer(value)
    case .float(let value): .float(value)
    case .text(let text): .string(text)
    }
  }
}

extension QualityRule {
  func tree() -> JSONText {
    var members: [(key: String, value: JSONText)] = [("metric", .string(metric.rawValue))]
    var arguments: [(key: String, value: JSONText)] = []
    if let validValues { arguments.append(("validValues", .strings(validValues))) }
    if let missingValues { arguments.append(("missingValues", .strings(missingValues))) }
    if !arguments.isEmpty { members.append(("arguments", .object(arguments))) }
    members.append(comparison.tree)
    if isPercent { members.append(("unit", .string("percent"))) }
    return .object(members)
  }
}

extension QualityRule.Comparison {
  fileprivate var tree: (key: String, value: JSONText) {
    func number(_ value: Double) -> JSONText {
      Int128(exactly: value).map(JSONText.integer) ?? .float(value)
    }
    return switch self {
    case .equal(let bound): ("mustBe", number(bound))
    case .notEqual(let bound): ("mustNotBe", number(bound))
    case .greater(let bound): ("mustBeGreaterThan", number(bound))
    case .atLeast(let bound): ("mustBeGreaterOrEqualTo", number(bound))
    case .less(let bound): ("mustBeLessThan", number(bound))
    case .atMost(let bound): ("mustBeLessOrEqualTo", number(bound))
    case .between(let low, let high): ("mustBeBetween", .array([number(low), number(high)]))
    case .notBetween(let low, let high): ("mustNotBeBetween", .array([number(low), number(high)]))
    }
  }
}
