import Columnar
import Engines
import Wording

/// What every format says of a budget: an answer for each engine, what it would take for pandas, and the changes.
struct BudgetText {
  /// As many changes get a line of their own.
  static let limit = 40
  let budget: AnalysisReport.Budget

  init(_ budget: AnalysisReport.Budget) { self.budget = budget }

  /// `pandas 3`, `Dask worker`.
  static func label(_ engine: AnalysisReport.Budget.Engine) -> String {
    engine.name == "dask" ? "Dask worker" : EngineLabel(engine.name).description
  }

  /// `yes`, or what of it does not fit.
  func answer(_ engine: AnalysisReport.Budget.Engine) -> String {
    if engine.fits { return "fits" }
    if engine.refuses { return "not as it is" }
    return engine.bytes.held <= budget.byteCount ? "not while it loads" : "does not fit"
  }

  /// Whether pandas can have the table, in a sentence.
  var outcome: String {
    let size = ByteText(budget.byteCount)
    let bytes =
      "\(ByteText(budget.total.held)) held, about \(ByteText(budget.total.peak)) at the peak"
    switch budget.outcome {
    case .fits: return "pandas needs no change to load the table in \(size)"
    case .reached where budget.changes.isEmpty:
      return
        "pandas needs no change of a column to read the table in \(size), from an .arrow file: \(bytes)"
    case .reached:
      return
        "with \(CountText(budget.changes.count, "change")), the fewest, pandas reads the table in \(size), "
        + "from an .arrow file: \(bytes)"
    case .missed where budget.changes.isEmpty:
      return "no change without loss saves pandas anything; from an .arrow file: \(bytes)"
    case .missed:
      return
        "all changes without loss, \(CountText(budget.changes.count)), are not enough for pandas: \(bytes)"
    }
  }

  /// What does not stand in the figures, a sentence each: which engines do not take the file, and what takes more
  /// from the lean file than from the text.
  var caveats: [String] {
    var sentences: [String] = []
    let refusing = budget.engines.filter(\.refuses).map(Self.label)
    if !refusing.isEmpty {
      let records = CountText(budget.longRecordCount, "record")
      sentences.append(
        "\(records) with more fields than the header: without options \(refusing.joined(separator: ", ")) refuse "
          + "such a file, or read it otherwise; their figures are of a file that is mended")
    }
    for engine in budget.engines where engine.isForetold {
      sentences.append(
        "what \(Self.label(engine)) holds is foretold from some of the values, "
          + "\(ByteText(engine.bytes.held, isForetold: true)): `diet apply` counts it")
    }
    let direct = budget.engines.first { $0.name == "pandas" }?.bytes.held ?? 0
    if budget.outcome != .fits, budget.total.held > direct, !budget.largerColumns.isEmpty {
      let larger = budget.largerColumns.prefix(3).map { column in
        "\(column.column.columnLabel.ellipsized(to: 24)) \(ByteText(column.fileByteCount)) as "
          + "\(column.fileType.onOneLine), not \(ByteText(column.textByteCount)) as \(column.textType.onOneLine)"
      }
      let more = budget.largerColumns.count - larger.count
      sentences.append(
        "that is more than the \(ByteText(direct)) that `read_csv` holds, since values stay as they are: "
          + larger.joined(separator: "; ") + (more > 0 ? "; \(CountText(more)) more" : ""))
    }
    if budget.keptColumns.count > AnalysisReport.Budget.keepLimit {
      sentences.append(
        "COLUMNS of --keep below are \(CountText(budget.keptColumns.count)): budget.pandas.keep of --format json"
      )
    }
    return sentences
  }

  /// `str → category saves 3.4 MB, about 4.1 MB at the peak; then 59.3 MB held, about 85.5 MB at the peak`
  func change(_ change: AnalysisReport.Budget.Change) -> String {
    "\(change.plainType.onOneLine) → \(change.leanType.onOneLine) saves \(ByteText(change.savedByteCount)), about "
      + "\(ByteText(change.savedPeakByteCount)) at the peak; then \(ByteText(change.total.held)) held, about "
      + "\(ByteText(change.total.peak)) at the peak"
  }

  /// How many changes have no line.
  var more: [String] {
    let count = budget.changes.count - Self.limit
    return count > 0 ? ["and \(CountText(count)) more: --format json shows all"] : []
  }

  /// What might be given up, a sentence each; none of it is done.
  var lossy: [String] {
    guard budget.outcome == .missed else { return [] }
    var sentences = budget.lossyChanges.prefix(Self.limit).map { change in
      let error = Self.roundedUp(change.greatestError)
      return
        "lossy, not taken: \(change.column.onOneLine.ellipsized(to: 24)) as \(change.lossyType.onOneLine) saves "
        + "\(ByteText(change.savedByteCount)), values off by up to \(error): --float-error \(error)"
    }
    if let total = budget.lossyTotal {
      let more = budget.lossyChanges.count - sentences.count
      sentences.append(
        (more > 0 ? "and \(CountText(more)) more; " : "")
          + "with these as well \(ByteText(total.held)) held, about \(ByteText(total.peak)) at the peak"
      )
    }
    sentences.append("columns that are not needed can be left out: --drop")
    return sentences
  }

  /// A share to one digit and a power of ten, not below what it is: `6e-8`.
  private static func roundedUp(_ share: Double) -> String {
    guard share > 0, share < 1 else { return "\(share)" }
    var power = 0
    while share * tenTo(power) < 1, power < 300 { power += 1 }
    let digit = (share * tenTo(power)).rounded(.up)
    return digit < 10 ? "\(Int(digit))e-\(power)" : "1e-\(power - 1)"
  }

  private static func tenTo(_ power: Int) -> Double {
    (0..<power).reduce(1) { product, _ in product * 10 }
  }
}

extension AnalysisReport.Budget.Change {
  /// The name of the column on one line; in quotes where it would not be seen.
  var label: String { column.columnLabel }
}
