package import Columnar
import DelimitedText
import FileIO
import Typing

extension LoadedTable {
  /// What the profile of a whole table says of its columns, of which none lacks a reading. There are no values.
  package init(_ profile: PartProfile, source: ProfileTableSource, typing: TypingOptions) {
    let names = profile.columnNames
    let columns = profile.columns
    let signs = profile.decimalSigns
    let rowCount = profile.rowCount
    let found = Array(columns.indices).parallelMap(threads: source.threads ?? .max) { index in
      let name = names[index]
      guard
        let (column, note, dateFormat) = columns[index].settled(
          name, options: typing.options(for: name), signs: signs)
      else { preconditionFailure("\(name) lacks a reading, and is in `lackingColumns`") }
      let typed = TypedColumn(column, rowCount: rowCount, note: note, keepsValues: false)
      if typed.profile.type == .date || typed.profile.type.unit != nil {
        typed.profile.dateFormat = dateFormat
      }
      return (column, typed)
    }
    let (loaded, typed) = (found.map(\.0), found.map(\.1))
    let related = profile.related.columns { loaded[$0].form }
    for (column, relation) in related.relations(loaded, typed.map(\.profile)) {
      typed[column].profile.note(relation)
    }
    self.init(
      typed, source: .profile(source), rowCount: rowCount,
      anomalies: TableAnomalies(profile.anomalies),
      inputsRead: profile.files.map {
        CSVChunkReader.FinishedInput(name: $0.name, stored: StoredInput(byteCount: $0.byteCount))
      }, keepsValues: false)
  }
}

extension PartProfile {
  fileprivate var decimalSigns: DecimalSigns {
    let delimiter = files.first?.dialect.delimiter ?? UInt8(ascii: ",")
    return DecimalSigns(
      of: zip(columns, columnNames).map { $0.inferred($1) }, delimiter: delimiter)
  }

  /// The columns that some part was to be read as something else to say what they are, by their numbers.
  package func lackingColumns(_ typing: TypingOptions) -> [Int] {
    let (names, signs) = (columnNames, decimalSigns)
    return columns.indices.filter { index in
      let options = typing.options(for: names[index])
      return columns[index].isLacking
        || columns[index].text == nil
          && columns[index].settled(names[index], options: options, signs: signs) == nil
    }
  }
}

extension ProfileTableSource {
  package init(_ profile: PartProfile, threads: Int?) {
    self.init(
      paths: profile.files.map(\.name), columnNames: profile.columnNames,
      dialect: profile.files.first?.dialect, threads: threads, anomalies: profile.anomalies)
  }
}

extension TableAnomalies {
  fileprivate init(_ parts: PartAnomalies) {
    self.init()
    hasNUL = parts.hasNUL
    for (name, property) in [
      ("short", \TableAnomalies.short), ("long", \.long), ("blank", \.blank),
      ("strayQuote", \.irregular), ("swallowed", \.swallowed),
      ("repeatedHeader", \.repeatedHeaders), ("rejected", \.rejected),
    ] {
      guard let tally = parts.tallies[name] else { continue }
      self[keyPath: property].count = tally.count
      if tally.line > 0 {
        self[keyPath: property].firstFile = tally.file
        self[keyPath: property].firstLine = tally.line
      }
    }
  }
}
