import Columnar
import Engines
import Wording

/// What every format says of an estimate.
struct EstimateWords {
  let report: EstimateReport

  init(_ report: EstimateReport) { self.report = report }

  /// `an estimate from 130 samples, 1.1 % of the file`
  var label: String {
    let files = report.files.count > 1 ? "files" : "file"
    let share = ShareText(report.samples.byteCount, of: max(1, report.byteCount))
    return "ESTIMATE from \(CountText(report.samples.count, "sample")), \(share) of the \(files)"
  }

  /// `about 6,001,000 rows (5,990,000 to 6,010,000) × 16 columns · 765.9 MB of text`
  var size: String {
    let (rows, columns) = (report.rows, CountText(report.columns.count, "column"))
    let ends = "(\(CountText(rows.low)) to \(CountText(rows.high)))"
    return "about \(CountText(rows.estimate, "row")) \(ends) × \(columns) · "
      + "\(ByteText(report.byteCount)) of text"
  }

  /// `about 2.1 GB in pandas 3 (2.0 GB to 2.3 GB) → about 0.2 GB lean (0.2 GB to 0.3 GB)`
  var outcome: String {
    "about \(ByteText(report.before.estimate)) in \(EngineLabel(report.baseline)) "
      + "(\(Self.ends(report.before))) → about \(ByteText(report.after.estimate)) lean "
      + "(\(Self.ends(report.after)))"
  }

  /// `2.0 GB to 2.3 GB`
  static func ends(_ figure: EstimateReport.Figure) -> String {
    "\(ByteText(figure.low)) to \(ByteText(figure.high))"
  }

  /// What each engine takes: `about 2.1 GB (2.0 GB to 2.3 GB) pandas 3`.
  var inMemory: [String] {
    (report.engines + [.init(name: "lean", bytes: report.after)]).map {
      "about \(ByteText($0.bytes.estimate)) (\(Self.ends($0.bytes))) \(EngineLabel($0.name))"
    }
  }

  /// What each engine takes of the lean table.
  var handedOver: [String] {
    report.handedOver.map {
      "about \(ByteText($0.bytes.estimate)) (\(Self.ends($0.bytes))) in \(EngineLabel($0.name))"
    }
  }

  /// What the figures are, and what they are not.
  var meaning: [String] {
    var sentences = [
      "no figure but the size of the text is exact: the interval is made to hold the exact one in 95 % of files",
      "types and layouts are those of the samples, which miss a single odd value between them: `worst` is what a column"
        + " would take lean then; the upper ends of sums have room for that in one column",
    ]
    if report.samples.droppedCount > 0 {
      sentences.append(
        "\(CountText(report.samples.droppedCount, "sample")) left out, since it could not be told where records begin;"
          + " intervals are wider for it")
    }
    return sentences
  }

  /// What a doubt means.
  static func legend(_ doubt: EstimateReport.Doubt) -> String {
    switch doubt {
    case .typeVaries: "type varies: some samples by themselves are of another type"
    case .mayWiden: "may widen: at the upper end it has another layout"
    case .newValues: "new values: samples bring values that no other has"
    case .noValue: "no value: no sample has one"
    }
  }

  /// The doubts that some column has.
  var legends: [String] {
    EstimateReport.Doubt.allCases.filter { doubt in
      report.columns.contains { $0.doubts.contains(doubt) }
    }.map { "\($0.mark) \(Self.legend($0))" }
  }

  /// The exact figures.
  var nextCommand: ShellCommand {
    ShellCommand(["diet", "analyze"]).adding(
      paths: report.files, placeholder: report.files.count > 1 ? "FILES" : "FILE")
  }
}

extension EstimateReport {
  /// The columns that take most first; the order of the file where they take the same.
  var columnsBySize: [Column] {
    columns.enumerated().sorted { a, b in
      let (own, other) = (a.element.before.estimate, b.element.before.estimate)
      return own == other ? a.offset < b.offset : own > other
    }.map(\.element)
  }
}

extension EstimateReport.Column {
  /// The name on one line; in quotes where it would not be seen.
  var label: String { name.columnLabel }

  /// The layout, and that of the upper end where it is another: `int16 … int32`.
  var layouts: String { layout == highLayout ? layout : "\(layout) … \(highLayout)" }

  /// The signs of its doubts, in the table.
  var doubtMarks: String { doubts.map(\.mark).joined() }

  /// Why it may be otherwise, or nothing.
  var doubtWords: String { doubts.map(\.rawValue).joined(separator: ", ") }
}

extension EstimateReport.Doubt {
  /// The sign beside a layout.
  var mark: String {
    switch self {
    case .typeVaries: "!"
    case .mayWiden: "+"
    case .newValues: "*"
    case .noValue: "?"
    }
  }
}
