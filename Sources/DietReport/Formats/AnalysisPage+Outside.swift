import Columnar
import Engines
import Wording

/// What stands in the way, what engines hold, how fast kernels are, and how to go on.
extension AnalysisPage {
  var obstacleSections: [PageSection] {
    let rows = report.columns.flatMap { column in
      column.obstacles.map { Self.row($0, of: column) }
    }
    if rows.isEmpty { return [] }
    let more = rows.count - limits.obstacles
    let table = PageTable(
      "What keeps columns wide",
      [
        .text("column"), .text("now"), .number("bytes"), .number("values in the way"),
        .text("the first of them"), .text("without them"), .number("bytes"), .text("option"),
      ], rows: Array(rows.prefix(limits.obstacles)),
      rest: more > 0 ? "and \(CountText(more)) more: diet why has all" : nil)
    return [
      PageSection(
        "What keeps columns wide",
        lead: "A few values of these columns need a wider type than all others.", tables: [table])
    ]
  }

  private static func row(
    _ narrower: NarrowerType, of column: AnalysisReport.Column
  ) -> [PageTable.Cell] {
    [
      .text(column.label), .text(NarrowerType.name(column.logicalType, column.layout)),
      .number("\(ByteText(column.after.total))"),
      .number("\(CountText(narrower.count)) of \(CountText(narrower.rowCount))"),
      .text(narrower.places(limit: 3)),
      .text(NarrowerType.name(narrower.logicalType, narrower.layout)),
      .number("\(ByteText(narrower.byteCount))"),
      .text(narrower.options.map(\.description).joined(separator: " ")),
    ]
  }

  var speedSections: [PageSection] {
    let all = report.columns.flatMap { column in
      column.speedups.map { speedup in
        PagePicture.Interval(
          "\(column.label.ellipsized(to: 40)): \(speedup.kernel.onOneLine)", speedup)
      }
    }.sorted { $0.ratio < $1.ratio }
    let rows = report.extras.distributedRowCount
    return [
      PageSection.speeds(
        all, limit: limits.speedups,
        of: rows > 0 && rows < report.input.rowCount ? "on the first \(CountText(rows)) rows, " : ""
      )
    ].compactMap(\.self)
  }

  var engineSections: [PageSection] {
    let memory = report.memory
    guard !columns.isEmpty, !memory.engines.isEmpty else { return [] }
    var names = memory.engines.map(\.name)
    names += memory.handedOver.map(\.name).filter { !names.contains($0) }
    func bytes(_ engines: [AnalysisReport.EngineBytes], _ name: String) -> Int? {
      engines.first { $0.name == name }?.byteCount
    }
    let pairs = names.map {
      PagePicture.Pair(
        "\(EngineLabel($0))", before: bytes(memory.engines, $0), after: bytes(memory.handedOver, $0)
      )
    }
    let before = report.input.dialect == nil ? "as it is" : "reading the text"
    return [
      PageSection(
        "Bytes in each engine",
        picture: PagePicture.pairs(pairs, before: before, after: "reading the lean .arrow"),
        tables: [
          PagePicture.table(
            of: pairs, title: "Bytes in each engine, as a table", name: "engine", before: before,
            after: "reading the lean .arrow")
        ])
    ]
  }

  var budgetSections: [PageSection] {
    guard let budget = report.budget else { return [] }
    let text = BudgetText(budget)
    let table = PageTable(
      "In \(ByteText(budget.byteCount))",
      [.text("engine"), .number("held"), .number("peak, about"), .text("")],
      rows: budget.engines.map { engine in
        [
          .text(BudgetText.label(engine)),
          .number((engine.isForetold ? "≈ " : "") + "\(ByteText(engine.bytes.held))"),
          .number("\(ByteText(engine.bytes.peak))"), .text(text.answer(engine)),
        ]
      })
    let changes = budget.changes.prefix(BudgetText.limit).map {
      "\($0.label.ellipsized(to: 80)): \(text.change($0))"
    }
    return [
      PageSection(
        "In \(ByteText(budget.byteCount))", lead: text.outcome, tables: [table],
        items: changes + text.more + text.caveats + text.lossy)
    ]
  }

  var lastSections: [PageSection] {
    var sections: [PageSection] = []
    if let loader = report.extras.loader {
      let name = EngineLabel(loader.engine).description
      sections.append(
        loader.code.utf8.count <= limits.codeByteCount
          ? PageSection("Load it in \(name)", code: loader.code)
          : PageSection(
            "Load it in \(name)",
            lead: "The code is long: diet analyze --emit \(loader.engine) prints it."))
    }
    return sections + [environment]
  }

  private var environment: PageSection {
    let input = report.input
    var rows: [(String, String)] = [
      ("file", input.path), ("format", input.format), ("diet", dietVersion),
    ]
    if let dialect = input.dialect {
      rows.append(("encoding", dialect.encoding))
      rows.append(("delimiter", dialect.delimiter == "\t" ? "tab" : dialect.delimiter))
    }
    if input.files.count > 1 { rows.insert(("files", "\(CountText(input.files.count))"), at: 1) }
    rows += [
      ("time", "\(SecondsText(report.timing.wallSeconds))"),
      ("threads", "\(CountText(report.timing.threadCount))"),
      ("peak memory of this run", "\(ByteText(report.memory.peak))"),
    ]
    if let next = report.nextCommand {
      rows.append(("write the lean table", next.lines(of: .max).joined(separator: " ")))
    }
    let table = PageTable(
      "This run", [.text("what"), .text("is")],
      rows: rows.map { [.text($0.0), .text($0.1.onOneLine.ellipsized(to: 400))] })
    return PageSection("This run", tables: [table], code: .command(report.extras.command))
  }
}

extension String? {
  /// These words on lines that one copies; `nil` where there are none.
  static func command(_ words: [String]) -> String? {
    if words.isEmpty { return nil }
    let lines = ShellCommand(words).lines(of: 100)
    // What a shell made of a pattern is of no use to anyone.
    return lines.prefix(20).joined(separator: "\n") + (lines.count > 20 ? "\n…" : "")
  }
}

extension PageSection {
  /// Speed-ups, the slowest first: where they are too many, those in the middle are left out.
  ///
  /// - Parameters:
  ///   - intervals: In ascending order.
  ///   - rows: Of which rows, as the start of a sentence; empty for all.
  static func speeds(
    _ intervals: [PagePicture.Interval], limit: Int, of rows: String = ""
  ) -> PageSection? {
    guard !intervals.isEmpty else { return nil }
    var shown = intervals
    var rest: String?
    if intervals.count > limit {
      let slow = intervals.count(where: \.isSlower)
      let head = min(max(limit / 2, slow), limit - 4)
      shown = Array(intervals.prefix(head) + intervals.suffix(limit - head))
      let left = intervals.dropFirst(head).dropLast(limit - head)
      let range = RatioText.range(left.first!.ratio, left.last!.ratio)
      rest =
        "\(CountText(left.count)) in the middle, \(range), are left out: --format json has all"
    }
    let slow = intervals.count(where: \.isSlower)
    let open = intervals.count(where: \.isOpen)
    let count = CountText(intervals.count)
    var outcome =
      slow > 0
      ? "lean is slower in \(CountText(slow)) of \(count)"
      : open > 0 ? "lean is slower in none of \(count)" : "lean is faster in all \(count)"
    if open > 0 { outcome += ", and in \(CountText(open)) nobody can tell" }
    var lead = "\(rows)\(outcome). The line at 1× is the wide column; bars are 95 % intervals."
    lead = lead.prefix(1).uppercased() + lead.dropFirst()
    return PageSection(
      "Speed-ups", lead: rest.map { "\(lead) \($0)." } ?? lead,
      picture: PagePicture.intervals(shown),
      tables: [
        PagePicture.table(of: shown, title: "Speed-ups, as a table", rest: rest)
      ])
  }
}
