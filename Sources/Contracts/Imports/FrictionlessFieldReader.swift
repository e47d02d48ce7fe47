import Columnar

/// Reads a field of a Table Schema.
struct FrictionlessFieldReader {
  private(set) var terms: ColumnTerms
  private(set) var unchecked: [UncheckedTerm] = []
  private let field: DocumentReader

  init(_ name: String, _ field: DocumentReader) {
    terms = ColumnTerms(name: name)
    terms.line = field.line
    self.field = field
  }

  mutating func read(_ dialect: inout DialectReader) throws(ContractError) {
    let type = try field["type"]?.text() ?? "string"
    try readType(type)
    try dialect.read(field, of: type, named: terms.name)
    // Bounds of days and instants are text; of years and numbers they are numbers.
    let isNumber = type == "year" || type == "number" || type == "integer"
    let boundType = type == "number" ? type : isNumber ? "integer" : "string"
    for (key, value) in try field["constraints"]?.members() ?? [] where !value.isNull {
      try readConstraint(key, value, of: boundType)
    }
    for key in ["rdfType", "bareNumber"] {
      guard let value = field[key] else { continue }
      if key == "bareNumber", try value.truth() { continue }
      leave(key, "it is not checked", value)
    }
  }

  private mutating func readType(_ word: String) throws(ContractError) {
    switch word {
    case "string":
      let format = try field["format"]?.text() ?? "default"
      terms.type = format == "uuid" ? .uuid : .string
      if format != "uuid", format != "default" {
        leave("format \(format)", "it is not checked", field["format"])
      }
    case "integer", "year": terms.type = .integer
    case "number": terms.type = .number
    case "boolean": terms.type = .boolean
    case "date": terms.type = .date
    case "time": terms.type = .time
    case "datetime": terms.type = .timestamp
    case "any": break
    case "yearmonth", "duration":
      leave("type \(word)", "it is not checked", field["type"])
    case "object", "array", "list", "geopoint", "geojson":
      leave("type \(word)", "tables have no such values", field["type"])
    default:
      throw (field["type"] ?? field).mismatch("a type of Table Schema, such as string or integer")
    }
    if ["date", "time", "datetime"].contains(word),
      let format = try field["format"]?.text(), format != "default", format != "any"
    {
      leave("format \(format)", "any spelling of \(word)s is read", field["format"])
    }
  }

  private mutating func readConstraint(
    _ key: String, _ value: DocumentReader, of type: String
  ) throws(ContractError) {
    switch key {
    case "required": terms.isRequired = try value.truth()
    case "unique": terms.isUnique = try value.truth()
    case "minLength": terms.minimumLength = try value.count()
    case "maxLength": terms.maximumLength = try value.count()
    case "minimum": terms.minimum = try value.bound(of: type, isExclusive: false)
    case "maximum": terms.maximum = try value.bound(of: type, isExclusive: false)
    case "exclusiveMinimum": terms.minimum = try value.bound(of: type, isExclusive: true)
    case "exclusiveMaximum": terms.maximum = try value.bound(of: type, isExclusive: true)
    case "enum": terms.validValues = ValidValues(listing: try value.texts())
    default: leave(key, key == "pattern" ? "patterns are not checked" : "it is not checked", value)
    }
  }

  private mutating func leave(_ term: String, _ reason: String, _ value: DocumentReader?) {
    unchecked.append(
      UncheckedTerm(column: terms.name, term: term, reason: reason, line: value?.line))
  }
}
