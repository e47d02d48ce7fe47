import Columnar

/// What a text looks like to a person, where it is not read so: lines that are quoted as a whole,
/// drawn tables, columns aligned by spaces, a delimiter that is named and never used.
struct LayoutHint {
  /// What it is, and what to type.
  let note: Sentence
  /// The option that reads it so.
  let option: String

  private static let byteLimit = 1 << 16
  private static let lineLimit = 500

  /// - Parameters:
  ///   - width: how many fields most of the records have as they are read.
  ///   - named: the delimiter that a first line names.
  init?(
    _ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, width: Int, named: UInt8?,
    looksTyped: TypedEvidence
  ) {
    let bar = UInt8(ascii: "|")
    guard width < 2 || dialect.delimiter == bar else { return nil }
    let part = UnsafeBufferPointer(rebasing: text.prefix(Self.byteLimit))
    var lines = part.split { $0 == 0x0A || $0 == 0x0D }.prefix(Self.lineLimit).map(Array.init)
    if part.count < text.count, lines.count < Self.lineLimit { lines.removeLast() }
    guard lines.count > 2 else { return nil }
    let found =
      Self.drawn(lines)
      ?? (width > 1
        ? nil
        : Self.unnamed(text, dialect, named) ?? Self.quoted(lines)
          ?? Self.divided(text, dialect, by: " ", looksTyped) ?? Self.aligned(lines)
          ?? Self.divided(text, dialect, by: ":=~^", looksTyped))
    guard let found else { return nil }
    (note, option) = found
  }

  /// - Parameter told: the delimiter that the caller names.
  init?(_ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, toldDelimiter told: UInt8) {
    let words = "no line has the delimiter `\(CSVDialect.optionValue([told]).shellWord)`"
    guard let found = Self.unused(text, dialect, told, words) else { return nil }
    (note, option) = found
  }

  private typealias Found = (note: Sentence, option: String)

  /// Rules of `-`, `=` and `+` among lines with bars, as in Markdown and as databases print them.
  private static func drawn(_ lines: [[UInt8]]) -> Found? {
    guard lines.prefix(3).contains(where: isRule) else { return nil }
    let rules = lines.filter(isRule)
    let others = lines.filter { !isRule($0) }
    let bar = UInt8(ascii: "|")
    let sign = Array(rules[0].prefix(3))
    guard others.count > 1, others.dropLast().allSatisfy({ $0.contains(bar) }),
      rules.allSatisfy({ $0.starts(with: sign) }),
      !others.contains(where: { $0.starts(with: sign) })
    else { return nil }
    var options = [
      Sentence.Option("delimiter", .text("|")), Sentence.Option("spaces", .text("trim")),
      Sentence.Option("comment", .text(CSVDialect.optionValue(sign))),
    ]
    let header = others[0]
    if header.first == bar, header.last(where: { $0 != 0x20 }) == bar {
      options.append(
        Sentence.Option(
          "drop", .columns(["column_1", "column_\(header.count { $0 == bar } + 1)"])))
    }
    let isWide = { (line: [UInt8]) in line.contains(bar) || line.starts(with: sign) }
    let behind = lines.reversed().prefix { !isWide($0) }.count
    if behind > 0 { options.append(Sentence.Option("skip-footer", .text("\(behind)"))) }
    return (
      "the table is drawn with bars and rules: \(options: options) reads its cells",
      options.map(\.shellWords).joined(separator: " ")
    )
  }

  private static func isRule(_ line: [UInt8]) -> Bool {
    line.count > 2 && line.contains(UInt8(ascii: "-"))
      && line.allSatisfy { "-+|: ".utf8.contains($0) }
      && line.split(whereSeparator: { "+|: ".utf8.contains($0) }).contains { $0.count > 1 }
  }

  /// A first line `sep=;` where another delimiter divides all lines.
  private static func unnamed(
    _ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, _ named: UInt8?
  ) -> Found? {
    guard let named else { return nil }
    let sign = String(decoding: [named], as: UTF8.self)
    return unused(
      text, dialect, named, "the first line names the delimiter `\(sign)`, which no other line has")
  }

  private static func unused(
    _ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, _ named: UInt8, _ words: String
  ) -> Found? {
    if text.contains(named) { return nil }
    for delimiter in ",;\t|".utf8 where delimiter != named {
      var other = dialect
      other.delimiter = delimiter
      let candidate = DialectCandidate(text, other)
      guard candidate.isPerfect, candidate.shapes.records.count > 2 else { continue }
      let option = other.delimiterOption
      return (
        "\(words); \(option: option) divides each into \(candidate.width) fields",
        option.shellWords
      )
    }
    return nil
  }

  /// Quotes around each line, with those of its fields doubled.
  private static func quoted(_ lines: [[UInt8]]) -> Found? {
    let quote = UInt8(ascii: "\"")
    guard lines.allSatisfy({ $0.count > 2 && $0.first == quote && $0.last == quote }) else {
      return nil
    }
    var text: [UInt8] = []
    for line in lines {
      var isFirstOfTwo = false
      for byte in line.dropFirst().dropLast() {
        isFirstOfTwo = byte == quote && !isFirstOfTwo
        if !isFirstOfTwo { text.append(byte) }
      }
      text.append(0x0A)
    }
    let divides = ",;\t|".utf8.contains { delimiter in
      text.withUnsafeBufferPointer { text in
        let shapes = RecordShapes(text, CSVDialect(delimiter: delimiter), allowsScan: false)
        let width = shapes.usualWidth
        return width > 1 && shapes.share(of: width) == 1 && shapes.isQuotingRegular
      }
    }
    let command = #"sed 's/^"//; s/"\r*$//; s/""/"/g' FILE"#
    return divides
      ? ("each line is quoted as a whole: `\(command)` takes these quotes off", command) : nil
  }

  /// Columns with spaces between them, one below the other.
  private static func aligned(_ lines: [[UInt8]]) -> Found? {
    guard lines.allSatisfy({ !$0.contains(0x09) && !$0.contains(UInt8(ascii: "\"")) }) else {
      return nil
    }
    let bodies = lines.map { line in
      (line.firstIndex { $0 != 0x20 } ?? 0, line.lastIndex { $0 != 0x20 } ?? 0, line)
    }
    let length = min(1000, bodies.map(\.1).max() ?? 0)
    let hasGap = (1..<max(1, length)).contains { place in
      10 * bodies.count { $0.0 < place && place < $0.1 && $0.2[place] == 0x20 } >= 9 * lines.count
    }
    guard hasGap else { return nil }
    let what = "the columns are aligned by spaces"
    for (spaces, pattern) in [(1, "  *"), (2, "   *")] {
      let widths = Set(bodies.map { width(of: $0.2[$0.0...$0.1], spaces: spaces) })
      guard widths.count == 1, let width = widths.first, width > 1 else { continue }
      let command = #"sed 's/^ *//; s/ *\(\r*\)$/\1/; s/"# + pattern + #"/\t/g' FILE"#
      return ("\(what): `\(command)` puts a tab between them", command)
    }
    return ("\(what), which no option reads: `pandas.read_fwf` does", "pandas.read_fwf")
  }

  /// How many parts there are between runs of so many spaces or more.
  private static func width(of line: ArraySlice<UInt8>, spaces: Int) -> Int {
    var count = 1
    var run = 0
    for byte in line {
      run = byte == 0x20 ? run + 1 : 0
      if run == spaces { count += 1 }
    }
    return count
  }

  /// Columns with a sign between them that also stands in times, names and prose.
  private static func divided(
    _ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, by signs: String,
    _ looksTyped: TypedEvidence
  ) -> Found? {
    for delimiter in signs.utf8 {
      var other = dialect
      other.delimiter = delimiter
      guard text.contains(delimiter), case let candidate = DialectCandidate(text, other),
        candidate.isPerfect, candidate.shapes.records.count > 2
      else { continue }
      let records = SampleRecords(
        text, dialect: other, recordLimit: HeaderEvidence.recordCount)
      let header = HeaderEvidence(records, looksTyped: looksTyped)
      guard header.hasNamesOverTypes || header.isProven || !header.hasHeader,
        candidate.width == 2 || !areClocks(records, looksTyped)
      else { continue }
      let option = other.delimiterOption
      let parts = candidate.width == 2 ? "two" : "\(candidate.width)"
      return (
        "\(option: option) divides every line in \(parts), and gives columns a type",
        option.shellWords
      )
    }
    return nil
  }

  /// Whether the parts that have a type are two digits, as those of times are.
  private static func areClocks(_ records: SampleRecords, _ looksTyped: TypedEvidence) -> Bool {
    (records.first ?? []).indices.allSatisfy { column in
      let fields = HeaderEvidence.fields(of: column, in: Array(records.dropFirst())[...])
      return !looksTyped(fields) || fields.allSatisfy { $0.count == 2 }
    }
  }
}
