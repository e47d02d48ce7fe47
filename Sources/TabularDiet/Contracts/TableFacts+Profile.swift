import Columnar
package import Contracts
import DelimitedText
import MemoryDiet
import Pipeline

extension TableProfile {
  /// What is known of the table, as locks and comparisons have it.
  ///
  /// - Parameters:
  ///   - wordLimit: Words of dictionaries of at most so many entries are told.
  ///   - plans: Whether the layouts of a plan are told.
  package func facts(wordLimit: Int, plans: Bool = false) -> TableFacts {
    let names = columnWords(limit: wordLimit)
    var facts = TableFacts(
      rowCount: rowCount,
      columns: recommendations.map { ColumnFacts($0, words: names[$0.profile.name] ?? nil) })
    for (index, planned) in plan().columns.enumerated()
    where planned.name == facts.columns[index].name {
      facts.columns[index].plannedLayout = planned.layout.description
    }
    if let dialect = summary.source.dialect {
      facts.dialect = DialectFacts(
        delimiter: dialect.delimiterText,
        quote: dialect.quote.map { String(decoding: [$0], as: UTF8.self) },
        hasHeader: dialect.hasHeader, encoding: dialect.encoding.rawValue,
        lineEnding: dialect.lineEnding.rawValue)
      facts.dialect?.spelling = textSpelling(dialect)
      for (index, column) in recommendations.enumerated() {
        facts.columns[index].numbers = numberSpelling(of: column.profile, dialect)
      }
    }
    facts.sources = summary.inputs.map { input in
      SourceDigest(
        name: input.name.split(separator: "/").last.map(String.init) ?? input.name,
        byteCount: input.stored.byteCount,
        digest: input.stored.digest.map { "\((reader.digest ?? .xxh3).rawValue):\($0)" })
    }
    facts.oddities = Set(
      summary.source.notes.map(\.code.rawValue).filter { RecordOddity(rawValue: $0) != nil })
    let anomalies = anomalies
    for (oddity, tally) in [
      (RecordOddity.shortRecords, anomalies.short), (.longRecords, anomalies.long),
      (.strayQuotes, anomalies.irregular), (.linesInQuotes, anomalies.swallowed),
      (.repeatedHeaders, anomalies.repeatedHeaders),
    ] where tally.count > 0 {
      facts.oddRecords[oddity.rawValue] = OddRecords(
        count: tally.count,
        place: FindingPlace(
          file: tally.firstFile, line: tally.firstLine, row: (tally.firstRow ?? 0) + 1, value: nil))
    }
    facts.knowsDependencies = summary.source.csv != nil
    facts.hasRows = hasRows
    return facts
  }
}

extension ColumnFacts {
  fileprivate init(_ recommendation: Recommendation, words: [String]?) {
    let profile = recommendation.profile
    self.init(name: profile.name, type: profile.type)
    layout = recommendation.layout.description
    byteCount = recommendation.footprint.total
    nullCount = profile.nullCount
    distinctCount = profile.distinctCount
    isDistinctExact = profile.isDistinctExact
    dateFormat = profile.dateFormat
    relation = profile.relation
    self.words = words
    if recommendation.layout.values != nil, profile.type.domain == .bytes {
      entryCount = profile.dictionaryCount
    }
    if profile.type == .string, profile.valueCount > 0 {
      plainByteCount = Recommendation(for: profile, layout: .text).footprint.total
    }
    if profile.valueCount > 0 { takeValues(profile, recommendation.layout) }
  }

  private mutating func takeValues(_ profile: ColumnProfile, _ layout: Layout) {
    if profile.isDistinctExact, let count = profile.distinctCount {
      isUnique = count == profile.valueCount
    } else if profile.integers?.sequence != nil {
      isUnique = true
    }
    switch profile.type {
    case .integer, .decimal:
      guard let range = profile.integers else { return }
      (minimum, maximum) = (.integer(range.minimum), .integer(range.maximum))
      format = NumberFormat(holding: range.minimum...range.maximum)
      isFloatSpelled = profile.type != .integer && profile.fidelity != .text
    case .float:
      (minimum, maximum) = (
        profile.floats?.minimum.map(FactValue.float), profile.floats?.maximum.map(FactValue.float)
      )
      format = profile.floats?.fitsFloat32 == true ? .f32 : .f64
    case .date, .time, .duration, .timestamp:
      if case .text(let text)? = profile.minimum { minimum = .text(text) }
      if case .text(let text)? = profile.maximum { maximum = .text(text) }
    case .string:
      if let text = profile.text {
        lengths = text.minimumLength...max(text.minimumLength, text.maximumLength)
        isDigits = text.forms.contains(.signedDigits)
      }
    case .null, .boolean, .uuid, .ipv4: break
    }
  }
}
