import Wording

/// Reads how a Data Package says that a file is to be read, and says it as options of this program.
struct DialectReader {
  private(set) var unchecked: [UncheckedTerm] = []
  private var members: [(key: String, value: JSONText)] = []
  private var nullTokens: [JSONText] = []
  private var booleans: [(key: String, value: JSONText)] = []
  private var decimals: [(key: String, value: JSONText)] = []
  private var thousands: [(key: String, value: JSONText)] = []
  private var texts: [(key: String, value: JSONText)] = []

  /// The options as JSON; `nil` where all is usual.
  var options: String? {
    var members = members
    for (key, list) in [
      ("boolean", booleans), ("decimal", decimals), ("thousands", thousands), ("type", texts),
    ] where !list.isEmpty { members.append((key, .object(list))) }
    if !nullTokens.isEmpty { members.append(("null_token", .array(nullTokens))) }
    return members.isEmpty ? nil : JSONText.object(members).document
  }

  /// Reads the encoding and the Table Dialect, or CSV Dialect, of a resource.
  mutating func read(_ resource: DocumentReader) throws(ContractError) {
    if let encoding = try resource["encoding"]?.text(), encoding.lowercased() != "utf-8" {
      members.append(("encoding", .string(encoding)))
    }
    guard let dialect = resource["dialect"] else { return }
    guard (try? dialect.text()) == nil else {
      return leave("dialect", "it is in another file; how text is written is detected", dialect)
    }
    for (key, value) in try dialect.members() where !value.isNull { try read(key, value) }
  }

  private mutating func read(_ key: String, _ value: DocumentReader) throws(ContractError) {
    switch key {
    case "delimiter": members.append(("delimiter", .string(try value.text())))
    case "quoteChar": members.append(("quote", .string(try value.text())))
    case "escapeChar": members.append(("escape", .string(try value.text())))
    case "commentChar": members.append(("comment", .string(try value.text())))
    case "nullSequence": nullTokens.append(.string(try value.text()))
    case "header": members.append(("header", .bool(try value.truth())))
    case "skipInitialSpace":
      if try value.truth() { members.append(("spaces", .string("initial"))) }
    case "headerRows":
      let rows = try value.elements()
      if rows.count != 1 { members.append(("header_records", .integer(rows.count))) }
    case "doubleQuote", "lineTerminator", "$schema", "csvddfVersion", "caseSensitiveHeader",
      "skipBlankRows":
      return
    default: leave("dialect.\(key)", "it is not heeded", value)
    }
  }

  /// - Parameter column: `nil` for the words of the whole table.
  mutating func read(
    missingValues: DocumentReader?, of column: String?
  ) throws(ContractError) {
    for element in try missingValues?.elements() ?? [] {
      // Version 2 has objects of a value and a label, too.
      let word = try (element["value"] ?? element).text()
      guard !word.isEmpty else { continue }
      nullTokens.append(column.map { .object([($0, .string(word))]) } ?? .string(word))
    }
  }

  /// Reads how values of a field are spelled.
  mutating func read(
    _ field: DocumentReader, of type: String, named name: String
  ) throws(ContractError) {
    try read(missingValues: field["missingValues"], of: name)
    switch type {
    case "boolean":
      guard let truths = try field["trueValues"]?.texts(),
        let falsehoods = try field["falseValues"]?.texts()
      else { return }
      let usual: Set = ["true", "True", "TRUE", "false", "False", "FALSE", "1", "0"]
      guard !usual.isSuperset(of: truths + falsehoods) else { return }
      guard let yes = truths.first, let no = falsehoods.first, truths.count == 1,
        falsehoods.count == 1, !(yes + no).contains(",")
      else {
        return leave("trueValues", "only one word of each is heeded", field, of: name)
      }
      booleans.append((name, .string("\(yes),\(no)")))
    case "number", "integer":
      if let sign = try field["decimalChar"]?.text(), sign != "." {
        decimals.append((name, .string(sign)))
      }
      if let sign = try field["groupChar"]?.text(), !sign.isEmpty {
        thousands.append((name, .string(sign)))
      }
    // Digits are no numbers here, and zeros in front are kept.
    case "string": texts.append((name, .string("string")))
    default: return
    }
  }

  private mutating func leave(
    _ term: String, _ reason: String, _ value: DocumentReader, of column: String? = nil
  ) {
    unchecked.append(UncheckedTerm(column: column, term: term, reason: reason, line: value.line))
  }
}
