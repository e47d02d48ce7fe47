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

  /// A chunk in one of the ways in which it is read.
  package typealias KeptReading = (form: ReadingForm, chunk: RelationFinder.Chunk)

  /// Reads a chunk.
  ///
  /// - Parameters:
  ///   - span: Where it stands in its file.
  ///   - wanted: The readings whose values are wanted.
  /// - Returns: These, as far as the column is read so. They are valid until `forgetValues`.
  package func parse(
    _ fields: FieldSlice, at span: Range<Int>, _ scratch: ColumnScratch,
    keeping wanted: ReadingForms = []
  ) -> [KeptReading] {
    var kept: [KeptReading] = []
    func keep(_ form: ReadingForm, _ chunk: RelationFinder.Chunk) {
      if wanted.contains(form) { kept.append((form, chunk)) }
    }
    func read(_ parser: ColumnParser, as form: ReadingForm) -> RelationFinder.Chunk? {
      parser.keepsValues = wanted.contains(form)
      guard let chunk = try? parser.parse(fields, scratch) else { return nil }
      parser.evidence.add(chunk.0, at: span)
      return chunk
    }
    if let text, let chunk = read(text, as: .text) { keep(.text, chunk) }
    if let inferred {
      let family = inferred.evidence.valueKinds.first?.kind.family
      if family == nil { earlier = inferred.evidenceSoFar }
      if let chunk = goOn(from: family, read(inferred, as: .inferred)) {
        keep(.inferred, chunk)
        if family == nil, chunk.report.kind == .null {
          for form in ReadingForm.ofValues { keep(form, (chunk.report, .nulls(fields.rowCount))) }
        }
      }
    }
    if let floats {
      if let chunk = read(floats, as: .floats) { keep(.floats, chunk) } else { self.floats = nil }
    }
    for (pattern, parser) in dates {
      let form = ReadingForm(orderOf: pattern)
      if let chunk = read(parser, as: form) { keep(form, chunk) } else { dates[pattern] = nil }
    }
    return kept
  }

  /// Finds out how the column is to be read on.
  ///
  /// - Parameters:
  ///   - family: That of the chunks so far.
  ///   - chunk: The next one; `nil` where it has none.
  /// - Returns: The same chunk, where all so far are of one family, and no floats.
  private func goOn(
    from family: FieldKind.Family?, _ chunk: RelationFinder.Chunk?
  ) -> RelationFinder.Chunk? {
    let own = chunk?.report.kind.family
    switch (family, own) {
    case (_, .null?): return chunk
    case (_, nil), (_, .string?): giveUp()
    case (nil, _): if let report = chunk?.report { begin(report) }
    case (.number?, .float?), (.float?, .number?): inferred = nil
    default: if family != own { giveUp() }
    }
    if own == .float { inferred = nil }
    return inferred == nil ? nil : chunk
  }

  /// No chunk's values are used any more.
  package func forgetValues() {
    for parser in [text, inferred, floats].compactMap(\.self) + dates.values {
      parser.forgetValues()
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
