import Columnar
import Wording

/// What is in the columns: histograms, and what they have to do with one another.
extension AnalysisPage {
  private typealias Shown = (picture: PagePicture.Histogram, row: [PageTable.Cell])

  var distributionSections: [PageSection] {
    let rowCount = report.extras.distributedRowCount
    guard rowCount > 0 else { return [] }
    // In the order of the file, where neighbours tell of one another.
    let columns = report.columns.prefix(limits.histograms)
    let isWhole = rowCount == report.input.rowCount
    let rows =
      isWhole ? "All \(CountText(rowCount, "row"))" : "The first \(CountText(rowCount)) rows alone"
    let left = report.columns.count - columns.count
    let more = left > 0 ? ", of the first \(CountText(columns.count)) columns" : ""
    func section(
      _ heading: String, _ what: String, _ heads: [String],
      _ shown: (AnalysisReport.Column, ColumnDistribution) -> Shown?
    ) -> PageSection? {
      let all = columns.compactMap { column in column.distribution.flatMap { shown(column, $0) } }
      guard !all.isEmpty else { return nil }
      let table = PageTable(
        "\(heading), as a table", [.text("column")] + heads.map { .text($0) }, rows: all.map(\.row))
      return PageSection(
        heading, lead: "\(rows)\(more): \(what).",
        picture: PagePicture.histograms(all.map(\.picture)), tables: [table])
    }
    return [
      section(
        "Values", "how often values occur, from the least to the greatest",
        ["least", "greatest", "rows in equal steps between them"], Self.values),
      section(
        "Frequent words", "the most frequent values of text that has few, and all others",
        ["word and rows, the most frequent first"], Self.words),
      section(
        "Lengths", "bytes of text, from the shortest to the longest",
        ["shortest", "longest", "rows in equal steps between them"], Self.lengths),
      section(
        "Nulls", "where values are missing, from the first row to the last",
        ["missing in equal runs of rows"], Self.nulls),
    ].compactMap(\.self)
  }

  private static func values(
    _ column: AnalysisReport.Column, _ distribution: ColumnDistribution
  ) -> Shown? {
    distribution.values.map { shown(column, $0, unit: "") }
  }

  private static func lengths(
    _ column: AnalysisReport.Column, _ distribution: ColumnDistribution
  ) -> Shown? {
    distribution.lengths.map { shown(column, $0, unit: " B") }
  }

  private static func shown(
    _ column: AnalysisReport.Column, _ histogram: ColumnDistribution.Histogram, unit: String
  ) -> Shown {
    let (low, high) = (histogram.low + unit, histogram.high + unit)
    let range = low == high ? low : "\(low) … \(high)"
    return (
      PagePicture.Histogram(
        column.label, range: range, hint: range,
        counts: histogram.counts),
      [
        .text(column.label), .text(histogram.low), .text(histogram.high),
        .text(list(histogram.counts)),
      ]
    )
  }

  private static func words(
    _ column: AnalysisReport.Column, _ distribution: ColumnDistribution
  ) -> Shown? {
    let words = distribution.words
    // What occurs once is not frequent.
    guard words.count > 1, words[0].count > 1 else { return nil }
    let others = distribution.otherWordCount
    let names = words.map { word in
      word.text.isEmpty ? "\"\"" : word.text.onOneLine.ellipsized(to: 24)
    }
    var parts = zip(names, words).map { "\($0) \(CountText($1.count))" }
    if others > 0 { parts.append("others \(CountText(others))") }
    return (
      PagePicture.Histogram(
        column.label, range: names.prefix(3).joined(separator: ", "),
        hint: parts.joined(separator: ", "),
        counts: words.map(\.count), others: others),
      [.text(column.label), .text(parts.joined(separator: ", "))]
    )
  }

  private static func nulls(
    _ column: AnalysisReport.Column, _ distribution: ColumnDistribution
  ) -> Shown? {
    let counts = distribution.nulls
    guard !counts.isEmpty else { return nil }
    let count = CountText(counts.reduce(0, +))
    return (
      PagePicture.Histogram(
        column.label, range: "\(count) missing",
        hint: "from the first row to the last", counts: counts, tone: .none),
      [.text(column.label), .text(list(counts))]
    )
  }

  private static func list(_ counts: [Int]) -> String {
    counts.map { "\(CountText($0))" }.joined(separator: " · ")
  }

  // MARK: - Notes

  private static let relationCodes: Set<NoteCode> = [.columnFollowsAnother]

  /// Which columns say the same as others.
  var relationSections: [PageSection] {
    var relations = report
    relations.notes = relations.notes.filter { Self.relationCodes.contains($0.code) }
    for index in relations.columns.indices {
      relations.columns[index].obstacles = []
      relations.columns[index].notes.removeAll { !Self.relationCodes.contains($0.code) }
    }
    return [.list("Relations", Self.first(ReportNotes(relations).sentences))].compactMap(\.self)
  }

  /// What else there is to know.
  var noteSections: [PageSection] {
    var others = report
    others.notes.removeAll { Self.relationCodes.contains($0.code) }
    for index in others.columns.indices {
      others.columns[index].obstacles = []
      others.columns[index].notes.removeAll { Self.relationCodes.contains($0.code) }
    }
    return [.list("Worth knowing", Self.first(ReportNotes(others).sentences))].compactMap(\.self)
  }

  /// As many sentences as one reads, none longer than one does.
  static func first(_ sentences: [String]) -> [String] {
    let limit = 100
    let shown = sentences.prefix(limit).map { $0.abridged(to: 1000) }
    let more = sentences.count - shown.count
    return shown + (more > 0 ? ["and \(CountText(more)) more: --format json has all"] : [])
  }
}
