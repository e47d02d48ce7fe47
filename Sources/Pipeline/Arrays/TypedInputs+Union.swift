package import ArrowFormat
package import Columnar
import DelimitedText
package import FileIO

extension TypedInputs {
  /// Tables of the same columns, made of those of the inputs by what `files` asks for, and by the keys
  /// of the inputs' paths; with notes on what inputs lack.
  ///
  /// - Throws: `ReadingError`
  package static func united(
    _ tables: [any ArrayTable], _ inputs: [CSVInput], _ files: FileOptions, _ typing: TypingOptions
  ) throws -> (tables: [any ArrayTable], notes: [Note]) {
    let hasKeys = inputs.contains { !$0.keys.isEmpty }
    guard !files.isPlain || hasKeys else { return (tables, []) }
    let own = tables.map { table in
      HeaderNames.unique(table.fields.map { Array($0.name.utf8) })
    }
    if !files.unionsByName {
      for (table, names) in zip(tables, own) where names != own[0] {
        throw ArraySchema.mismatch(table, tables[0])
      }
    }
    let united = try UnitedColumns(inputs, fields: own, fileNameColumn: files.fileNameColumn)
    let keys = try hasKeys ? typedKeys(inputs, typing) : []
    let mapped = tables.indices.map { index in
      var constants = [ConstantArray?](repeating: nil, count: united.fieldCount)
      constants += keys.map { ConstantArray($0, row: index) }
      if files.fileNameColumn != nil {
        constants.append(ConstantArray(Array(inputs[index].path.utf8)))
      }
      return MappedArrayTable(
        tables[index], united.inputs[index], names: united.names, constants: constants)
    }
    return (mapped, united.notes)
  }

  /// The keys as columns of a row for each input, typed as text is: by all of them.
  private static func typedKeys(_ inputs: [CSVInput], _ typing: TypingOptions) throws -> [Column] {
    let names = inputs[0].keys.map(\.name)
    func record(_ fields: [[UInt8]?]) -> [UInt8] {
      let quote = UInt8(ascii: "\"")
      let texts = fields.map { field -> [UInt8] in
        guard let field else { return [] }
        return [quote] + field.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
      }
      return Array(texts.joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: "\n")]
    }
    // One more column, so that no record is blank.
    var text = record((names + [""]).map { Array($0.utf8) })
    for input in inputs {
      text += record(names.map { name in input.keys.first { $0.name == name }?.value } + [[]])
    }
    var loaded = try TableLoader(
      inputs: [.bytes(text, name: inputs[0].name)],
      reading: CSVReadingOptions(
        delimiter: UInt8(ascii: ","), quoting: .enclosed(by: UInt8(ascii: "\"")), hasHeader: true,
        threads: 1),
      typing: typing, keepsValues: true, countsDistinct: false
    ).load()
    return try loaded.takeColumns().prefix(names.count).map {
      try $0.encode(layout: Layout(plainFor: $0.profile))
    }
  }
}
