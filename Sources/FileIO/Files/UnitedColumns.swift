package import Columnar

/// The columns of a table of several inputs: those that stand in them, behind these the keys of their
/// paths, and last their names where these are asked for.
package struct UnitedColumns {
  package let names: [String]
  /// How many of them stand in the inputs.
  package let fieldCount: Int
  /// One for each input.
  package let inputs: [InputColumns]
  /// Which inputs lack which columns.
  package let notes: [Note]

  /// - Parameter fields: The columns of each input; of one that has nothing at all none.
  /// - Throws: `ReadingError` where paths have different keys, or a name is there twice.
  package init(
    _ inputs: [CSVInput], fields: [[String]], fileNameColumn: String?
  ) throws(ReadingError) {
    var names: [String] = []
    var places: [String: Int] = [:]
    for name in fields.joined() where places[name] == nil {
      places[name] = names.count
      names.append(name)
    }
    fieldCount = names.count
    let keys = inputs[0].keys.map(\.name)
    for input in inputs { try Self.check(input, keys, inputs[0]) }
    for key in keys {
      guard places.updateValue(names.count, forKey: key) == nil else {
        throw Self.taken(key, inputs[0])
      }
      names.append(key)
    }
    if let fileNameColumn {
      guard places[fileNameColumn] == nil else {
        throw ReadingError(
          .headerMismatch, file: inputs[0].name, column: fileNameColumn,
          "the table has a column of this name, and the files' names are to be in it",
          remedy: "name another with \(option: "file-name-column")")
      }
      names.append(fileNameColumn)
    }
    self.names = names
    let fieldNames = names[..<fieldCount]
    self.inputs = zip(inputs, fields).map { input, fields in
      var own: [String: Int] = [:]
      for (index, name) in fields.enumerated() { own[name] = index }
      var origins = fieldNames.map { own[$0].map(InputColumns.Origin.field) ?? .constant(nil) }
      for key in keys { origins.append(.constant(input.keys.first { $0.name == key }?.value)) }
      if fileNameColumn != nil { origins.append(.constant(Array(input.path.utf8))) }
      return InputColumns(origins: origins, fieldCount: fields.count)
    }
    notes = Self.notes(inputs, fields, Array(fieldNames))
  }

  private static func check(
    _ input: CSVInput, _ keys: [String], _ first: CSVInput
  ) throws(ReadingError) {
    let own = input.keys.map(\.name)
    guard Set(own).count == own.count else {
      throw ReadingError(
        .headerMismatch, file: input.name, "the path has a key twice: \(words(own))",
        remedy: "rename a folder, or leave the keys out with \(no: "hive")")
    }
    guard Set(own) == Set(keys) else {
      throw ReadingError(
        .headerMismatch, file: input.name,
        "the path has \(words(own)), that of \(first.name) has \(words(keys))",
        remedy: "read parts of one table together, or leave the keys out with \(no: "hive")")
    }
  }

  private static func words(_ keys: [String]) -> String {
    guard !keys.isEmpty else { return "no keys" }
    let names = keys.map { "`\($0)`" }.joined(separator: ", ")
    return "the key\(keys.count == 1 ? "" : "s") \(names)"
  }

  private static func taken(_ key: String, _ input: CSVInput) -> ReadingError {
    ReadingError(
      .headerMismatch, file: input.name, column: key,
      "the path has a key of this name, and the files have such a column",
      remedy: "\(no: "hive") reads the files' own")
  }

  private static func notes(
    _ inputs: [CSVInput], _ fields: [[String]], _ all: [String]
  ) -> [Note] {
    var order: [[String]] = []
    var files: [[String]: [String]] = [:]
    for (input, own) in zip(inputs, fields) where !own.isEmpty {
      let lacking = all.filter(Set(all).subtracting(own).contains)
      if lacking.isEmpty { continue }
      if files[lacking] == nil { order.append(lacking) }
      files[lacking, default: []].append(input.name)
    }
    let limit = 20
    var notes = order.prefix(limit).map { lacking in
      let names = listed(lacking.map { "`\($0)`" }, limit: 10)
      let verb = files[lacking]!.count == 1 ? "has" : "have"
      return Note(
        .columnsMissingInFiles,
        "\(listed(files[lacking]!, limit: 3)) \(verb) no \(names): null there")
    }
    if order.count > limit {
      let rest = order[limit...].reduce(0) { $0 + files[$1]!.count }
      notes.append(
        Note(
          .columnsMissingInFiles, "\(rest) more files lack columns, which are null there"))
    }
    return notes
  }

  private static func listed(_ names: [String], limit: Int) -> String {
    let more = names.count > limit ? " and \(names.count - limit) more" : ""
    return names.prefix(limit).joined(separator: ", ") + more
  }

  /// What one list of columns has that another has not, as a refusal says it; `nil` where both have
  /// the same in another order.
  package static func difference(_ own: [String], _ expected: [String]) -> String? {
    let (ownSet, expectedSet) = (Set(own), Set(expected))
    let extra = own.filter { !expectedSet.contains($0) }.map { "`\($0)`" }
    let missing = expected.filter { !ownSet.contains($0) }.map { "`\($0)`" }
    var parts: [String] = []
    if !missing.isEmpty { parts.append("lacks \(listed(missing, limit: 5))") }
    if !extra.isEmpty { parts.append("also has \(listed(extra, limit: 5))") }
    return parts.isEmpty ? nil : "it " + parts.joined(separator: " and ")
  }

  /// What to do about files whose columns differ. Those that have no name in common are hardly of one
  /// table.
  package static func remedy(_ own: [String], _ expected: [String]) -> Sentence {
    Set(own).isDisjoint(with: expected)
      ? "files of one table need the same columns: rename them, or read the files one by one"
      : "rename columns, or put them together by name, null where a file has none: \(option: "union-by-name")"
  }
}
