/// How sure a choice among candidates is, and why.
enum DialectConfidence {
  /// From 0 to 1. How alike the records are counts first, then how far the next best explanation
  /// lies behind, then how many records there are.
  static func confidence(
    in best: DialectCandidate, of all: [DialectCandidate], isTold: Bool
  ) -> Double {
    if isTold { return 1 }
    let others = all.filter {
      $0.dialect.delimiterText != best.dialect.delimiterText && $0.width > 1
    }
    guard best.width > 1 else { return others.isEmpty ? 1 : 0.5 }
    let next = others.map(\.score).max() ?? 0
    let lead = max(0, min(1, 2 * (best.score - next) / best.score))
    let records = Double(best.shapes.records.count)
    let alike = max(best.share, 0.95 * best.bodyShare)
    let sure = alike * (0.6 + 0.4 * lead) * (1 - 0.3 / (1 + records))
    return (sure * 100).rounded() / 100
  }

  static func reasons(for best: DialectCandidate, isTold: Bool, isNamed: Bool) -> [String] {
    if isTold { return ["the delimiter was told"] }
    if isNamed { return ["the first line names the delimiter"] }
    let count = best.shapes.records.count
    guard best.width > 1 else { return ["no delimiter stands in most of the records"] }
    let percent = Int((best.share * 100).rounded(.down))
    var reasons = [
      percent == 100
        ? "all \(count) records of the sample have \(best.width) fields"
        : "\(percent) % of \(count) records of the sample have \(best.width) fields"
    ]
    let typed = Int((best.typedShare * 100).rounded())
    if typed > 0 {
      reasons.append("\(typed) % of the fields in the first records are numbers or dates")
    }
    if best.shapes.hasQuotes {
      reasons.append(
        best.shapes.isQuotingRegular ? "all quotes enclose fields" : "some quotes stand in fields")
    }
    return reasons
  }
}
