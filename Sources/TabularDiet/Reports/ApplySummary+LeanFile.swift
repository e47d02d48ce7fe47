import Columnar
package import DietReport
import MemoryDiet
import Options
import Wording

extension ApplySummary {
  /// What is said of a table that was written to a file.
  ///
  /// - Parameters:
  ///   - options: Those that verifying the file takes again, as words of a command line.
  ///   - isReadBack: Whether the file was read back, and is the same.
  package init(
    of table: TableProfile, in file: LeanFile, readingOptions options: [String],
    isReadBack: Bool, wallSeconds: Double
  ) {
    let hasTypes = file.format.hasTypes
    let paths = table.reader.paths
    self.init(
      inputPath: paths[0], furtherInputPaths: Array(paths.dropFirst()), readingOptions: options,
      outputPath: file.path, rowCount: table.rowCount, columnCount: table.recommendations.count,
      swallowedLineCount: table.summary.source.csv?.findings.count(of: .swallowed) ?? 0,
      leanByteCount: file.footprint?.total ?? 0, fileByteCount: file.byteCount,
      certificate: file.certificate.sentence(inTypes: hasTypes)
        + (isReadBack ? "; read back, the same" : ""),
      notes: table.notes + table.readingNotes + table.handOverNotes
        + (hasTypes ? table.wrappingNotes + table.widthNotes(isFile: true) : []),
      timing: AnalysisReport.Timing(wallSeconds: wallSeconds, threadCount: table.threadCount))
  }
}

extension Certificate {
  /// What it says, in a sentence. A CSV file is no copy: `TRUE` is written `true`, and so on.
  fileprivate func sentence(inTypes hasTypes: Bool) -> String {
    let levels: [(Fidelity, String)] = [
      (.text, "equal to the byte"), (.value, "equal in value"), (.rounded, "rounded to binary64"),
      (.error, "rounded to binary32"),
    ]
    var counts = Dictionary(grouping: columns, by: \.fidelity).mapValues(\.count)
    if !hasTypes, let spelled = counts.removeValue(forKey: .text) {
      counts[.value, default: 0] += spelled
    }
    let parts = levels.compactMap { level, words in
      counts[level].map { "\(CountText($0, "column")) \(words)" }
    }
    if parts.isEmpty { return "nothing to check: there are no columns" }
    return "\(CountText(rowCount, "row")) checked: " + parts.joined(separator: ", ")
  }
}
