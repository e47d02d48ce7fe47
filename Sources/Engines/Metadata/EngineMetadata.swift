package import ArrowFormat
package import Columnar

// Plain Arrow does not survive the way into pandas, which makes float64 of integers with nulls and
// objects of dates. It reads hints.
//
// polars would read one, too: `_PL_CATEGORICAL2` on a field gives a Categorical a name of its own
// and codes of 8 or 16 bits, `_PL_ENUM_VALUES2` makes an Enum. But then columns of different names
// or words cannot be concatenated, joined, scanned together or compared, and one name with narrow
// codes for all tables of a process would overflow, at which polars ends. Without a hint all
// columns share one table of categories, with codes of 32 bits.

extension TargetEngine {
  /// Whether pandas may be the reader.
  package var mayBePandas: Bool { self == .any || self == .pandas }

  /// What makes pandas keep the types of a table, where it may be the reader; `nil` where it is not.
  package var schemaHints: SchemaHints? {
    guard mayBePandas else { return nil }
    return { columns, metadata in
      let place = metadata.firstIndex { $0.key == "pandas" }
      let known = place.map { metadata[$0].value }
      guard let hint = pandasTypes(columns, besides: known) else { return metadata }
      var metadata = metadata
      if let place { metadata[place] = hint } else { metadata.append(hint) }
      return metadata
    }
  }
}

/// The types of the columns that pandas would widen, in the schema's `pandas` entry; `nil` where
/// there are none.
///
/// - Parameter known: What pandas wrote of the table that this one was made from: its index, and the
///   columns that need no hint, are kept.
private func pandasTypes(_ columns: [ArrowColumn], besides known: String?) -> ArrowMetadata? {
  let known = known.map { JSONPart($0) }
  var hinted: Set<String> = []
  let hints = columns.compactMap { column -> String? in
    let hasNulls = column.mayMissValues
    // What is stored for another type has pandas' own type for that.
    guard column.field.dictionary == nil, column.field.storage == .usual,
      column.field.extensionName == nil,
      let (pandas, numpy) = column.field.type.pandasNames(hasNulls: hasNulls)
    else { return nil }
    let name = jsonString(column.field.name)
    hinted.insert(name)
    return #"{"name":\#(name),"field_name":\#(name),"pandas_type":"\#(pandas)","#
      + #""numpy_type":"\#(numpy)","metadata":null}"#
  }
  let index = known?["index_columns"]
  let indexNames = Set(index?.elements.map(\.string) ?? [])
  let others = (known?["columns"]?.elements ?? []).filter { entry in
    let name = entry["field_name"]?.string ?? entry["name"]?.string ?? ""
    return indexNames.contains(name) || !hinted.contains(name)
  }
  let entries =
    hints.filter { hint in
      !indexNames.contains(JSONPart(hint)["field_name"]?.string ?? "")
    } + others.map(\.string)
  if entries.isEmpty, index == nil { return nil }
  return ArrowMetadata(
    key: "pandas",
    value:
      #"{"index_columns":\#(index?.string ?? "[]"),"#
      + #""column_indexes":\#(known?["column_indexes"]?.string ?? "[]"),"columns":[\#(entries.joined(separator: ","))],"#
      + #""creator":{"library":"diet","version":"0"},"pandas_version":"2.0.0"}"#)
}

extension [ArrowMetadata] {
  /// What pandas says that the columns were, by their names: `float64`, `Int64`, `boolean`.
  package var pandasTypes: [String: String] {
    guard let entry = first(where: { $0.key == "pandas" }) else { return [:] }
    func text(_ part: JSONPart?) -> String? {
      guard let part, part.string.first == "\"" else { return nil }
      return String(part.string.dropFirst().dropLast())
    }
    return (JSONPart(entry.value)["columns"]?.elements ?? []).reduce(into: [:]) { types, column in
      guard let name = text(column["field_name"]) ?? text(column["name"]) else { return }
      types[name] = text(column["numpy_type"])
    }
  }
}

extension ArrowColumn {
  /// Whether pandas is told that values may be missing: by the plan alone where there is one, since
  /// parts have one schema.
  fileprivate var mayMissValues: Bool {
    source.outline.planned?.isNullable ?? (source.nullCount > 0)
  }
}

extension ArrowType {
  /// The names of the type in pandas, where it would not choose the right one itself.
  fileprivate func pandasNames(hasNulls: Bool) -> (pandas: String, numpy: String)? {
    switch self {
    // A bit a row for nulls, where pandas' own nullable types take a byte; and arithmetic that
    // overflows the narrow type is an error, where theirs wraps.
    case .integer(let bits, let isSigned) where hasNulls:
      isSigned
        ? ("int\(bits)", "int\(bits)[pyarrow]") : ("uint\(bits)", "uint\(bits)[pyarrow]")
    case .boolean where hasNulls: ("bool", "bool[pyarrow]")
    case .null: ("empty", "null[pyarrow]")
    case .date: ("date", "date32[day][pyarrow]")
    case .time(let unit):
      ("time", "time\(unit <= .millisecond ? 32 : 64)[\(unit.rawValue)][pyarrow]")
    default: nil
    }
  }
}

/// `text` in quotes, as JSON wants it.
private func jsonString(_ text: String) -> String {
  var json = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": json += "\\\""
    case "\\": json += "\\\\"
    case "\0"..."\u{1F}":
      let digits = String(scalar.value, radix: 16)
      json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: json.unicodeScalars.append(scalar)
    }
  }
  return json + "\""
}
