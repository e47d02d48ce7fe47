import Columnar
import Engines
import Wording

/// The two sentences that say it all.
struct Headline {
  private let report: AnalysisReport

  init(_ report: AnalysisReport) { self.report = report }

  /// `flights.csv · 336,776 rows × 19 columns · 31.1 MB of text`
  func title(width: Int = .max) -> String {
    FileTitle(report.input.path).text(facts: "\(moreFiles) · \(size)", width: width)
  }

  /// `336,776 rows × 19 columns · 31.1 MB of text`
  var facts: String {
    report.input.files.count > 1 ? "\(CountText(report.input.files.count)) files · \(size)" : size
  }

  private var size: String {
    let input = report.input
    let size = "\(CountText(input.rowCount, "row")) × \(CountText(input.columnCount, "column"))"
    let ofText = input.dialect == nil ? "" : " of text"
    let swallowed = SwallowedText(input.swallowedLineCount)
    let bytes = input.isInMemory ? "" : " · \(ByteText(input.byteCount))\(ofText)"
    return "\(size)\(swallowed)\(bytes)"
  }

  /// `62.7 MB in pandas 3 → 9.8 MB lean (15.6 %), every value the same`
  var outcome: String {
    let memory = report.memory
    if report.columns.isEmpty { return "There is no table in it, and nothing to store." }
    if memory.before == 0, memory.after == 0 { return "There are no values in it to store." }
    let share = memory.before > 0 ? " (\(ShareText(memory.after, of: memory.before)))" : ""
    let before = "\(ByteText(memory.before)) in \(EngineLabel(memory.baseline))"
    return
      "\(before) → \(ByteText(memory.after, isForetold: memory.isForetold)) lean\(share), \(sameness)\(larger)"
  }

  /// Engines that hold more of the lean table than of the original: wide decimals, which pandas makes
  /// objects of.
  private var larger: String {
    let memory = report.memory
    let places = memory.handedOver.compactMap { lean -> String? in
      guard let before = memory.engines.first(where: { $0.name == lean.name })?.byteCount,
        lean.byteCount > before
      else { return nil }
      return "\(EngineLabel(lean.name)) (\(ByteText(lean.byteCount)), not \(ByteText(before)))"
    }
    return places.isEmpty ? "" : "; more than before in " + places.joined(separator: ", ")
  }

  private var sameness: String {
    let changes = [(Fidelity.rounded, "rounded to binary64"), (.error, "rounded to binary32")]
      .compactMap { level, words in
        let count = report.columns.count { $0.fidelity == level }
        return count == 0 ? nil : "\(CountText(count, "column")) \(words)"
      }
    return changes.isEmpty ? "every value the same" : changes.joined(separator: ", ")
  }

  private var moreFiles: String {
    report.input.files.count > 1 ? " and \(report.input.files.count - 1) more" : ""
  }
}
