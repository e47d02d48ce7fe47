import Columnar
import Wording

extension AnalysisReport {
  /// Writes the lean table beside the one that was read; `nil` where there is nothing to write. Where a budget was
  /// asked for it makes what was priced for pandas, and nothing where pandas loads the text.
  var nextCommand: ShellCommand? {
    guard !columns.isEmpty, !input.isInMemory, budget?.outcome != .fits else { return nil }
    let files =
      !input.named.isEmpty ? input.named : input.files.count > 1 ? input.files : [input.path]
    return ShellCommand(["diet", "apply"])
      .adding(paths: files, placeholder: files.count > 1 ? "FILES" : "FILE")
      .adding(words: readingOptions + keepWords + ["-o"])
      .adding(paths: [Self.leanName(of: files[0])], placeholder: "lean.arrow")
  }

  /// The option that leaves columns as the budget has them. One for all of many: no one types hundreds.
  private var keepWords: [String] {
    guard let kept = budget?.keptColumns, !kept.isEmpty else { return [] }
    let isMany = kept.count > AnalysisReport.Budget.keepLimit
    let names = isMany ? "COLUMNS" : ColumnNames.joined(kept)
    return names.hasPrefix("-") ? ["--keep=\(names)"] : ["--keep", names]
  }

  /// `data/flights.csv.zst` → `flights.arrow`, in the directory where the user is.
  private static func leanName(of path: String) -> String {
    guard path != "-" else { return "lean.arrow" }
    var name = path.split(separator: "/").last ?? "lean"
    for suffix in [".zst", ".gz", ".csv", ".tsv", ".psv", ".txt"] where name.hasSuffix(suffix) {
      if name.count > suffix.count { name.removeLast(suffix.count) }
    }
    return name + ".arrow"
  }
}
