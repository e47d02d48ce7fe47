package import Columnar
import Platform

/// Reads one column's fields, chunk after chunk, on one thread: finds the narrowest syntax that fits
/// each chunk, keeps its values in the narrowest width and learns what the byte formulas need.
package final class ColumnParser {
  /// What a column is to be read as, where that is settled: by the user, by a plan, or by the first
  /// pass.
  package enum Target: Sendable {
    /// The narrowest kind that fits, words and formats that the user named before all others.
    case inferred
    /// The same without those words and formats, which do not fit the whole column.
    case inferredUntold
    case kind(FieldKind)
    /// Text, if that shows that the column is of versions; decimals of that scale otherwise.
    case versions(scale: Int)
    /// Days, times or instants in one format; these in a unit that a plan named.
    case date(DateFormat, unit: TimeUnit?)
    /// Not read at all.
    case skipped

    package var isVersions: Bool { if case .versions = self { true } else { false } }
  }

  let context: TypingContext
  let target: Target
  /// Whether the values of the next chunk are stored.
  package var keepsValues: Bool
  private let purpose: IntegerSet.Purpose
  private var slabs: SlabWriter
  /// Where packed chunks are kept, which were made in `slabs`.
  private var packedSlabs: SlabWriter
  /// The kind of the last chunk with values: most likely that of the next.
  private var hint: FieldKind?

  /// What was learned, but for strings and what the fields were as they stood in the file.
  package var evidence: ColumnEvidence
  private var growth = DistinctGrowth()
  /// What most fields are, where somebody asks.
  var votes = ClassVotes()
  /// Whether some values of a chunk, and not all, were in a format of the user's, as far as was looked.
  private(set) var fitsToldInPart = false
  /// `nil` until some chunk is text: most columns of a wide table never are, and it takes kilobytes.
  private(set) var text: TextCollector?
  /// The strings, where they are those of a part of a table.
  private var words = WordEvidence()
  /// For arrays of dictionaries: the codes that the entries of the last one have here.
  var entryCodes: EntryCodes?
  private var source = SourceSurvey()
  private var shortestDigits: ShortestDigits
  private var versions = VersionNumbers.Search()
  /// For numbers that have something beside them.
  let affixes: AffixRemoval?

  package init(
    context: TypingContext, target: Target, keepsValues: Bool, purpose: IntegerSet.Purpose,
    slabCapacity: Int
  ) {
    self.context = context
    self.target = target
    affixes = context.affixes.map { AffixRemoval($0, context) }
    self.keepsValues = keepsValues
    self.purpose = purpose
    slabs = SlabWriter(initialCapacity: slabCapacity)
    packedSlabs = SlabWriter(initialCapacity: slabCapacity, greatestCapacity: 256 << 10)
    evidence = ColumnEvidence(purpose: purpose)
    shortestDigits = ShortestDigits(context)
  }

  /// A field does not fit the kind that the column must have.
  package struct Misfit: Error {
    package let row: Int
    /// What is wrong, where the target does not say it.
    package var problem: String?
  }

  /// Reads one chunk, which stands in the file as `written`.
  func parse(
    _ fields: FieldSlice, of written: FieldSlice, _ scratch: ColumnScratch
  ) throws(Misfit) -> (ChunkReport, ColumnChunk?) {
    spillFilledSlabs()
    switch target {
    case .skipped: return (ChunkReport(), nil)
    case .kind(.string), .versions: break
    case .kind(let kind):
      scratch.begin(rowCount: fields.rowCount)
      if let row = parseForced(fields, kind, scratch) { throw Misfit(row: row) }
      return finish(written, scratch)
    case .date(let format, let unit):
      scratch.begin(rowCount: fields.rowCount)
      var dates = FormattedDates(context: context)
      if unit == nil, context.dateFormats.contains(format),
        dates.parseAsTold(fields, in: format, into: scratch)
      {
        return finish(written, scratch)
      }
      scratch.begin(rowCount: fields.rowCount)
      if let row = dates.parse(fields, format: format, unit: unit, into: scratch) {
        throw Misfit(row: row)
      }
      return finish(written, scratch)
    case .inferred, .inferredUntold:
      if hint != .string {
        if case .inferred = target, parseAsTold(fields, scratch) { return finish(written, scratch) }
        if parseInferred(fields, scratch) { return finish(written, scratch) }
      }
    }
    let chunk = collectText {
      $0.collect(written, scratch, context, slabs: &$1, keepsValues: keepsValues)
    }
    if scratch.report.kind == .string { hint = .string }
    return (scratch.report, chunk)
  }

  /// The chunks so far are complete: their memory may lie on disk.
  func spillFilledSlabs() {
    slabs.spillFilled()
    packedSlabs.spillFilled()
  }

  /// The last chunk in fewer bytes; its values may then be forgotten.
  package func packed(_ chunk: ColumnChunk, compressesText: Bool) -> ColumnChunk {
    chunk.packed(in: &packedSlabs, compressesText: compressesText)
  }

  /// No chunk's values are used any more: their memory may be.
  package func forgetValues() { slabs.recycle() }

  /// Gives `body` the column's strings, from the first chunk of text on, and the memory for values.
  func collectText(
    _ body: (inout TextCollector, inout SlabWriter) -> ColumnChunk?
  ) -> ColumnChunk? {
    var collector = text.take() ?? TextCollector(purpose: purpose)
    defer { text = collector }
    let chunk = body(&collector, &slabs)
    if purpose == .part { collector.gather(into: &words) }
    return chunk
  }

  /// Tries the syntaxes; false where the chunk is text.
  func parseInferred(_ fields: FieldSlice, _ scratch: ColumnScratch) -> Bool {
    if fields.areAllEmpty {
      scratch.begin(rowCount: fields.rowCount)
      scratch.setAllNull(word: NullWords.empty)
      scratch.byteCounts = (0, 0)
      return true
    }
    var row = 0
    while row < fields.rowCount, context.nulls.index(of: fields[row]) != nil { row += 1 }
    guard row < fields.rowCount else {
      // Only nulls so far: any syntax says which.
      scratch.begin(rowCount: fields.rowCount)
      return IntegerSyntax().parse(fields, into: scratch, hint: nil, context: context) == nil
    }
    var candidate = startingSyntax(for: fields[row])
    while let syntax = candidate {
      scratch.begin(rowCount: fields.rowCount)
      guard let stopped = syntax.parse(fields, into: scratch, hint: hint, context: context) else {
        return true
      }
      candidate = wider(than: syntax, for: fields[stopped])
    }
    return false
  }

  /// Reads by the words and formats that the user named; false where they do not fit the chunk.
  ///
  /// - Parameter kind: The kind that it must be; `nil` for any.
  func parseAsTold(
    _ fields: FieldSlice, _ scratch: ColumnScratch, kind: FieldKind? = nil
  ) -> Bool {
    if let words = context.options.booleanWords, kind ?? .boolean == .boolean {
      scratch.begin(rowCount: fields.rowCount)
      let stopped = BooleanSyntax(words: words).parse(
        fields, into: scratch, hint: nil, context: context)
      if stopped == nil { return true }
    }
    guard !context.dateFormats.isEmpty, kind != .boolean else { return false }
    var dates = FormattedDates(context: context)
    defer { if dates.fitInPart { fitsToldInPart = true } }
    return dates.parseAsTold(fields, into: scratch, kind: kind)
  }

  private func startingSyntax(for field: Field) -> (any FieldSyntax)? {
    let hinted: (any FieldSyntax)? =
      switch hint {
      case .integer: IntegerSyntax()
      case .decimal: DecimalSyntax()
      case .float: FloatSyntax()
      case .date: DateSyntax()
      case .timestamp: TimestampSyntax()
      case .duration: DurationSyntax()
      default: nil
      }
    if let hinted, hinted.accepts(field, context) { return hinted }
    return FieldSyntaxes.all.first { $0.accepts(field, context) }
  }

  /// The next syntax that reads all that `syntax` reads and the field at which it stopped.
  private func wider(than syntax: any FieldSyntax, for field: Field) -> (any FieldSyntax)? {
    let candidates: [any FieldSyntax] =
      switch syntax {
      case is IntegerSyntax: [DecimalSyntax(), FloatSyntax()]
      case is DecimalSyntax: [FloatSyntax()]
      case is DateSyntax: [TimestampSyntax()]
      case is TimeSyntax: [DurationSyntax()]
      default: []
      }
    return candidates.first { $0.accepts(field, context) }
  }

  // MARK: - What a parsed chunk adds

  /// Has the values that may keep the column wide on their own noted.
  package func seekOutermost() { evidence.outermost = OutermostValues() }

  /// Hands over what was learned; nothing is read any more.
  package func takeEvidence() -> ColumnEvidence {
    var all = evidence
    evidence = ColumnEvidence(purpose: purpose)
    all.source = source.facts
    if let text = text.take() {
      all.source.formUnion(text.source.facts)
      if purpose == .part {
        all.words = words.with(text.profile)
      } else {
        all.texts = [text]
      }
    }
    return all
  }

  /// What is known of a column without strings; it is read on.
  var evidenceSoFar: ColumnEvidence {
    var all = evidence
    all.source = source.facts
    return all
  }

  func finish(
    _ fields: FieldSlice, _ scratch: ColumnScratch
  ) -> (ChunkReport, ColumnChunk?) {
    noteAffixes(scratch)
    source.add(fields, scratch, context, countsBytes: purpose.isReport)
    if scratch.report.valueCount == 0 {
      scratch.report.kind = .null
      return (scratch.report, keepsValues ? .nulls(scratch.report.rowCount) : nil)
    }
    hint = scratch.report.kind
    shortestDigits.note(fields, scratch)
    versions.note(fields, scratch)
    if scratch.report.kind == .ambiguousDate {
      return (scratch.report, keepsValues ? .nulls(scratch.report.rowCount) : nil)
    }
    return learn(scratch)
  }

  /// Learns from the values that stand in `scratch`, of which there is at least one, and stores them.
  func learn(_ scratch: ColumnScratch) -> (ChunkReport, ColumnChunk?) {
    evidence.distinct.insert(scratch)
    foreseeTooMany(scratch)
    evidence.addSpread(of: scratch)
    if scratch.report.kind == .float {
      evidence.floats.add(scratch)
      return (scratch.report, keepsValues ? storeFloats(scratch) : nil)
    }
    noteOrder(scratch)
    evidence.outermost?.add(scratch)
    return (scratch.report, keepsValues ? storeIntegers(scratch) : nil)
  }

  /// Stops counting values where there will be too many of them.
  private func foreseeTooMany(_ scratch: ColumnScratch) {
    guard purpose == .report, let count = evidence.distinct.values.countSoFar else { return }
    growth.add(rowCount: scratch.report.valueCount, distinctCount: count)
    guard evidence.distinct.values.isHashed, count > DistinctShare.foreseeingCount,
      scratch.mayForgetValues,
      let expected = scratch.expectedRowCount, growth.foretell(expected).foreseesTooMany
    else { return }
    evidence.distinct.foreseeTooMany()
  }

  private func noteOrder(_ scratch: ColumnScratch) {
    guard !evidence.order.isBroken else { return }
    scratch.report.order = IntegerOrder(
      scratch.values, count: scratch.report.rowCount, nullCount: scratch.report.nullCount,
      validity: scratch.validityWords)
  }

  private func storeIntegers(_ scratch: ColumnScratch) -> ColumnChunk {
    let count = scratch.report.rowCount
    let base = scratch.report.minimum
    let range = UInt64(bitPattern: scratch.report.maximum &- base)
    let values = scratch.values
    if let validity = scratch.validityWords {
      // What stands in null rows must fit, too.
      for row in 0..<count where validity[row >> 6] >> UInt64(row & 63) & 1 == 0 {
        values[row] = base
      }
    }
    let width = range == 0 ? 0 : range < 1 << 8 ? 1 : range < 1 << 16 ? 2 : range < 1 << 32 ? 4 : 8
    var slice: SlabSlice?
    if width > 0 {
      let target = slabs.allocate(count * width)
      switch width {
      case 1: narrow(values, base, to: target.pointer(as: UInt8.self), count)
      case 2: narrow(values, base, to: target.pointer(as: UInt16.self), count)
      case 4: narrow(values, base, to: target.pointer(as: UInt32.self), count)
      default: narrow(values, base, to: target.pointer(as: UInt64.self), count)
      }
      slice = target
    }
    return ColumnChunk(
      rowCount: count, nullCount: scratch.report.nullCount,
      validity: scratch.storeValidity(&slabs),
      values: .integers(IntegerChunk(base: base, width: width, offsets: slice)))
  }

  private func storeFloats(_ scratch: ColumnScratch) -> ColumnChunk {
    let count = scratch.report.rowCount
    let slice = slabs.allocate(count * 8)
    memcpy(slice.base, scratch.values, count * 8)
    return ColumnChunk(
      rowCount: count, nullCount: scratch.report.nullCount,
      validity: scratch.storeValidity(&slabs), values: .floats(slice))
  }
}

@inline(__always)
private func narrow<Offset: FixedWidthInteger>(
  _ values: UnsafeMutablePointer<Int64>, _ base: Int64, to target: UnsafeMutablePointer<Offset>,
  _ count: Int
) {
  var row = 0
  while row < count {
    target[row] = Offset(truncatingIfNeeded: values[row] &- base)
    row &+= 1
  }
}
