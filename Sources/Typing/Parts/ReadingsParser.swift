import Columnar

/// Reads one column's fields, chunk after chunk on one thread, in every way in which the whole column may turn
/// out to be read.
package final class ReadingsParser {
  private let context: TypingContext
  private let slabCapacity: Int
  /// As it is written; `nil` once that is left out.
  private var text: ColumnParser?
  private let isBrief: Bool
  /// By itself, while fields are of one family and none is a float.
  private var inferred: ColumnParser?
  /// What was known of the column before its first value.
  private var earlier = ColumnEvidence(purpose: .part)
  private var floats: ColumnParser?
  private var dates: [String: ColumnParser] = [:]

  /// - Parameter isBrief: Whether columns are read as what they are alone, and not also as what other parts may make of
  ///   them.
  package init(context: TypingContext, slabCapacity: Int, isBrief: Bool = false) {
    (self.context, self.slabCapacity, self.isBrief) = (context, slabCapacity, isBrief)
    text = ColumnParser(
      context: context, target: .kind(.string), keepsValues: false, purpose: .part,
      slabCapacity: slabCapacity)
    inferred = parser(.inferred)
  }

  private func parser(_ target: ColumnParser.Target) -> ColumnParser {
    ColumnParser(
      context: context, target: target, keepsValues: false, purpose: .part,
      slabCapacity: slabCapacity)
  }

  /// Reads a chunk.
  ///
  /// - Parameter span: Where it stands in its file.
  package func parse(_ fields: FieldSlice, at span: Range<Int>, _ scratch: ColumnScratch) {
    if let text { _ = read(fields, at: span, scratch, by: text) }
    if let inferred {
      let family = inferred.evidence.valueKinds.first?.kind.family
      if family == nil { earlier = inferred.evidenceSoFar }
      guard let report = read(fields, at: span, scratch, by: inferred) else { return giveUp() }
      let own = report.kind.family
      switch (family, own) {
      case (_, .null): break
      case (_, .string): return giveUp()
      case (nil, _): begin(report)
      case (.number, .float), (.float, .number): self.inferred = nil
      default: if family != own { return giveUp() }
      }
      if own == .float { self.inferred = nil }
    }
    if let floats, read(fields, at: span, scratch, by: floats) == nil { self.floats = nil }
    for (pattern, parser) in dates where read(fields, at: span, scratch, by: parser) == nil {
      dates[pattern] = nil
    }
  }

  /// The first values are such.
  private func begin(_ report: ChunkReport) {
    if isBrief, report.kind.family != .ambiguousDate { text = nil }
    switch report.kind.family {
    case .number where isBrief: break
    case .number, .float: floats = parser(.kind(.float))
    case .ambiguousDate:
      for format in AmbiguousDateSyntax.formats(report.style) {
        dates[format.pattern] = parser(.date(format, unit: nil))
      }
    default: break
    }
  }

  private func giveUp() { (inferred, floats, dates) = (nil, nil, [:]) }

  /// `nil` where a field is none of what it should be.
  private func read(
    _ fields: FieldSlice, at span: Range<Int>, _ scratch: ColumnScratch, by parser: ColumnParser
  ) -> ChunkReport? {
    guard let report = try? parser.parse(fields, scratch).0 else { return nil }
    parser.evidence.add(report, at: span)
    return report
  }

  /// Hands over what was learned; nothing is read any more.
  package func takeReadings() -> ColumnReadings {
    func evidence(of parser: ColumnParser) -> ColumnEvidence {
      var all = earlier
      all.formUnion(parser.takeEvidence())
      return all
    }
    let floats = floats.map(evidence)
    let text = text?.takeEvidence()
    if let inferred {
      let typed = ColumnReadings.Typed(
        inferred: inferred.takeEvidence(), floats: floats, dates: dates.mapValues(evidence))
      return ColumnReadings(.typed(typed), text: text)
    }
    return ColumnReadings(floats.map { .floats($0) } ?? .text, text: text)
  }
}
