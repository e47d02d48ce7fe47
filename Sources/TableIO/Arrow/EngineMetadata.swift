import Columnar

// Plain Arrow does not survive the way into pandas and polars: pandas makes float64 of integers
// with nulls and objects of dates, polars gives categories 32-bit codes. Both read hints.

extension ArrowSchema {
  /// The schema of a table, with what makes pandas and polars keep its types where `engine` is one
  /// of them or any; `nil` leaves that out.
  init(_ columns: [ArrowColumn], metadata: [ArrowMetadata], read engine: TargetEngine?) {
    self.init(fields: columns.map(\.field), metadata: metadata)
    if let engine { addEngineMetadata(for: columns, read: engine) }
  }

  /// Adds what makes pandas and polars keep the types of `columns`, unless the table is for others.
  private mutating func addEngineMetadata(
    for columns: [ArrowColumn], read engine: TargetEngine
  ) {
    if engine == .any || engine == .polars {
      for (index, column) in columns.enumerated()
      where !fields[index].metadata.contains(where: { $0.key.hasPrefix("_PL_") }) {
        let hint = engine == .polars ? polarsEnum(column) : nil
        if let hint = hint ?? polarsCategories(column) { fields[index].metadata.append(hint) }
      }
    }
    guard engine == .any || engine == .pandas else { return }
    let place = metadata.firstIndex { $0.key == "pandas" }
    guard let hint = pandasTypes(columns, besides: place.map { metadata[$0].value }) else { return }
    if let place { metadata[place] = hint } else { metadata.append(hint) }
  }
}

/// The width of a polars Categorical's codes, on the field: `length;name length;namespace width;`.
/// An internal of polars, versioned by the 2 in its name and ignored by everyone else.
///
/// In polars all Categoricals of one name, namespace and width share one table of categories, for
/// the whole process, and a table that overflows its width is a panic. So the namespace is a digest
/// of the categories: files with the same ones can be joined, others do not fill each other's
/// table.
private func polarsCategories(_ column: ArrowColumn) -> ArrowMetadata? {
  guard let dictionary = column.dictionary, column.field.type == .utf8,
    let entries = dictionary.values.textView.flatMap(TextRows.init)
  else { return nil }
  // One code of each width stands for no category.
  let width = dictionary.count < 1 << 8 ? "u8" : dictionary.count < 1 << 16 ? "u16" : "u32"
  if width == "u32" { return nil }
  // FNV-1a, 64 bits, over the entries' bytes, each followed by one that is in no UTF-8.
  var digest: UInt64 = 0xCBF2_9CE4_8422_2325
  func add(_ byte: UInt8) { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
  for entry in 0..<dictionary.count {
    entries.withText(at: entry) { $0.forEach(add) }
    add(0xFF)
  }
  let name = column.field.name
  let namespace = "diet-" + String(digest, radix: 16)
  return ArrowMetadata(
    key: "_PL_CATEGORICAL2",
    value: "\(name.utf8.count);\(name)\(namespace.utf8.count);\(namespace)\(width);")
}

/// The values of a polars Enum, on the field: `length;value` of each, in order. A closed set, whose
/// values compare as their codes do: ours are sorted by their bytes. Files that are for polars alone
/// have it; an internal like the other.
///
/// Every reader copies the schema, so that long lists stay Categorical.
private func polarsEnum(_ column: ArrowColumn) -> ArrowMetadata? {
  guard let dictionary = column.dictionary, column.field.type == .utf8,
    let entries = dictionary.values.textView.flatMap(TextRows.init), dictionary.count < 1 << 16
  else { return nil }
  var text: [UInt8] = []
  for entry in 0..<dictionary.count {
    entries.withText(at: entry) {
      text += Array("\($0.count);".utf8)
      text += $0
    }
    if text.count > 1 << 16 { return nil }
  }
  return ArrowMetadata(key: "_PL_ENUM_VALUES2", value: String(decoding: text, as: UTF8.self))
}

extension ArrowValues {
  /// The text as readers see it; `nil` where it is none.
  fileprivate var textView: ColumnView? {
    switch self {
    case .text(let bytes, let offsets): .plain(.utf8(bytes: bytes, offsets: offsets))
    case .rendered(let bytes, let writer):
      .plain(.fixed(bytes, width: writer.width, form: writer.form))
    default: nil
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
    let hasNulls = column.source.nullCount > 0
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
