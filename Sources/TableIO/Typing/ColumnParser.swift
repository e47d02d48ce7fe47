import Columnar
import Glibc

/// Reads one column's fields, chunk after chunk, on one thread: finds the narrowest syntax that fits
/// each chunk, keeps its values in the narrowest width and learns what the byte formulas need.
final class ColumnParser {
  /// What a column is to be read as, where that is settled: by the user, by a plan, or by the first
  /// pass.
  enum Target: Sendable {
    /// The narrowest kind that fits, words and formats that the user named before all others.
    case inferred
    /// The same without those words and formats, which do not fit the whole column.
    case inferredUntold
    case kind(FieldKind)
    /// Dates in one format.
    case date(DateFormat)
    /// Not read at all.
    case skipped
  }

  let context: TypingContext
  let target: Target
  /// Whether the values of the next chunk are stored.
  var keepsValues: Bool
  private let purpose: IntegerSet.Purpose
  private var slabs: SlabWriter
  /// The kind of the last chunk with values: most likely that of the next.
  private var hint: FieldKind?

  private(set) var reports: [ChunkReport] = []
  /// The distinct integers in units of `integerKind`, or bits of binary64.
  private(set) var distinct: IntegerSet
  private(set) var distinctKind: FieldKind?
  private var growth = DistinctGrowth()
  /// False once values of another family were learned about and forgotten.
  private(set) var isDistinctComplete = true
  private(set) var floats = FloatFacts()
  /// `nil` until some chunk is text: most columns of a wide table never are, and it takes kilobytes.
  private(set) var text: TextCollector?
  /// For arrays of dictionaries: the codes that the entries of the last one have here.
  var entryCodes: EntryCodes?
  private var source = SourceSurvey()
  /// The values that may keep the column wide on their own; `nil` where nobody asks.
  var outermost: OutermostValues?
  /// What fields are, of chunks that do not say; see `ClassVotes`.
  var votes: [FieldClass: Int] = [:]
  private var maySequence = true
  private var shortestDigits: ShortestDigits

  init(
    context: TypingContext, target: Target, keepsValues: Bool, purpose: IntegerSet.Purpose,
    slabCapacity: Int
  ) {
    self.context = context
    self.target = target
    self.keepsValues = keepsValues
    self.purpose = purpose
    slabs = SlabWriter(initialCapacity: slabCapacity)
    distinct = IntegerSet(purpose: purpose)
    shortestDigits = ShortestDigits(context)
  }

  /// A field does not fit the kind that the column must have.
  struct Misfit: Error { let row: Int }

  /// Reads one chunk. The values are `nil` where they are not kept.
  func parse(
    _ fields: FieldSlice, _ scratch: ColumnScratch
  ) throws(Misfit) -> (ChunkReport, ColumnChunk?) {
    switch target {
    case .skipped: return (ChunkReport(), nil)
    case .kind(.string): break
    case .kind(let kind):
      scratch.begin(rowCount: fields.rowCount)
      if let row = parseForced(fields, kind, scratch) { throw Misfit(row: row) }
      return finish(fields, scratch)
    case .date(let format):
      scratch.begin(rowCount: fields.rowCount)
      if let row = DateSyntax().parse(fields, format: format, into: scratch, context: context) {
        throw Misfit(row: row)
      }
      return finish(fields, scratch)
    case .inferred, .inferredUntold:
      if hint != .string {
        if case .inferred = target, parseAsTold(fields, scratch) { return finish(fields, scratch) }
        if parseInferred(fields, scratch) { return finish(fields, scratch) }
      }
    }
    let chunk = collectText {
      $0.collect(fields, scratch, context, slabs: &$1, keepsValues: keepsValues)
    }
    if scratch.report.kind == .string { hint = .string }
    scratch.report.missingRows = scratch.missingRows
    return (scratch.report, chunk)
  }

  /// No chunk's values are used any more: their memory may be.
  func forgetValues() { slabs.recycle() }

  /// Gives `body` the column's strings, from the first chunk of text on, and the memory for values.
  func collectText(
    _ body: (inout TextCollector, inout SlabWriter) -> ColumnChunk?
  ) -> ColumnChunk? {
    var collector = text.take() ?? TextCollector(purpose: purpose)
    defer { text = collector }
    return body(&collector, &slabs)
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
  func parseAsTold(_ fields: FieldSlice, _ scratch: ColumnScratch) -> Bool {
    if let words = context.options.booleanWords {
      scratch.begin(rowCount: fields.rowCount)
      let stopped = BooleanSyntax(words: words).parse(
        fields, into: scratch, hint: nil, context: context)
      if stopped == nil { return true }
    }
    return !context.dateFormats.isEmpty
      && DateSyntax().parseAsTold(fields, into: scratch, context: context)
  }

  private func startingSyntax(for field: Field) -> (any FieldSyntax)? {
    let hinted: (any FieldSyntax)? =
      switch hint {
      case .integer: IntegerSyntax()
      case .decimal: DecimalSyntax()
      case .float: FloatSyntax()
      case .date: DateSyntax()
      case .timestamp: TimestampSyntax()
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
      default: []
      }
    return candidates.first { $0.accepts(field, context) }
  }

  private func parseForced(
    _ fields: FieldSlice, _ kind: FieldKind, _ scratch: ColumnScratch
  ) -> Int? {
    switch kind {
    case .null:
      return (0..<fields.rowCount).first { context.nulls.index(of: fields[$0]) == nil }
        ?? IntegerSyntax().parse(fields, into: scratch, hint: nil, context: context)
    case .integer:
      return IntegerSyntax().parse(fields, into: scratch, hint: nil, context: context)
    case .boolean:
      if parseAsTold(fields, scratch), scratch.report.kind.family != .date { return nil }
      scratch.begin(rowCount: fields.rowCount)
      return BooleanSyntax().parse(fields, into: scratch, hint: nil, context: context)
    case .decimal(let scale):
      switch DecimalSyntax().parse(fields, scale: scale, isFixed: true, scratch, context) {
      case .done: return nil
      case .stopped(let row): return row
      case .needsScale: return 0
      }
    case .float: return FloatSyntax().parse(fields, into: scratch, hint: nil, context: context)
    case .date:
      if parseAsTold(fields, scratch), scratch.report.kind.family != .boolean { return nil }
      scratch.begin(rowCount: fields.rowCount)
      return DateSyntax().parse(fields, into: scratch, hint: nil, context: context)
    case .time:
      return TimeSyntax().parse(fields, into: scratch, hint: kind, context: context)
        ?? finerRow(fields, kind, scratch)
    case .timestamp:
      return TimestampSyntax().parse(fields, into: scratch, hint: kind, context: context)
        ?? finerRow(fields, kind, scratch)
    case .ambiguousDate, .string: return 0
    }
  }

  /// The row for which times were read in a finer unit than they must have.
  private func finerRow(
    _ fields: FieldSlice, _ kind: FieldKind, _ scratch: ColumnScratch
  ) -> Int? {
    if scratch.report.valueCount == 0 || scratch.report.kind == kind { return nil }
    for row in 0..<fields.rowCount where !scratch.isNull(row) {
      let field = fields[row]
      let clock = TimestampText(field)?.clock ?? ClockReader(field.start, count: field.count)
      switch kind {
      case .time(let unit), .timestamp(let unit):
        if let clock, clock.significantDigits > unit.fractionDigits { return row }
      default: break
      }
    }
    return 0
  }

  // MARK: - What a parsed chunk adds

  /// What this thread's fields were as they stood in the file.
  var facts: SourceFacts {
    var facts = source.facts
    if let text { facts.formUnion(text.source.facts) }
    return facts
  }

  func finish(
    _ fields: FieldSlice, _ scratch: ColumnScratch
  ) -> (ChunkReport, ColumnChunk?) {
    source.add(fields, scratch, context, countsBytes: purpose.isReport)
    switch scratch.report.kind.family {
    case .number, .float: break
    default: scratch.report.missingRows = scratch.missingRows
    }
    if scratch.report.valueCount == 0 {
      scratch.report.kind = .null
      return (scratch.report, keepsValues ? .nulls(scratch.report.rowCount) : nil)
    }
    hint = scratch.report.kind
    shortestDigits.note(fields, scratch)
    if scratch.report.kind == .ambiguousDate {
      return (scratch.report, keepsValues ? .nulls(scratch.report.rowCount) : nil)
    }
    return learn(scratch)
  }

  /// Learns from the values that stand in `scratch`, of which there is at least one, and stores them.
  func learn(_ scratch: ColumnScratch) -> (ChunkReport, ColumnChunk?) {
    let isFloat = scratch.report.kind == .float
    learnDistinct(scratch, isFloat: isFloat)
    foreseeTooMany(scratch)
    if isFloat {
      floats.add(scratch)
      return (scratch.report, keepsValues ? storeFloats(scratch) : nil)
    }
    noteSequence(scratch)
    outermost?.add(scratch)
    return (scratch.report, keepsValues ? storeIntegers(scratch) : nil)
  }

  private func learnDistinct(_ scratch: ColumnScratch, isFloat: Bool) {
    let kind = scratch.report.kind
    var factor: Int64 = 1
    if let old = distinctKind, old != kind {
      if let growth = old.factor(to: kind) {
        if growth != 1 {
          if let scaled = distinct.scaled(by: growth) {
            distinct = scaled
          } else if !distinct.wasAbandoned {
            isDistinctComplete = false
            distinct = IntegerSet(purpose: purpose)
          }
        }
        distinctKind = kind
      } else if let shrink = kind.factor(to: old) {
        factor = shrink
      } else {
        // Another family: the column's type is then neither, or is settled by a second pass.
        isDistinctComplete = false
        distinct = IntegerSet(purpose: purpose)
        distinctKind = kind
      }
    } else {
      distinctKind = kind
    }
    if isFloat {
      distinct.insert(
        scratch.values, count: scratch.report.rowCount, validity: scratch.validityWords,
        low: .min, range: .max)
      return
    }
    let low = scratch.report.minimum
    let range = UInt64(bitPattern: scratch.report.maximum &- low)
    if factor == 1 {
      distinct.insert(
        scratch.values, count: scratch.report.rowCount, validity: scratch.validityWords, low: low,
        range: range)
    } else {
      var part = IntegerSet(purpose: purpose)
      part.insert(
        scratch.values, count: scratch.report.rowCount, validity: scratch.validityWords, low: low,
        range: range)
      if let scaled = part.scaled(by: factor) {
        distinct.formUnion(scaled)
      } else if part.wasAbandoned {
        distinct.formUnion(part)
      } else {
        isDistinctComplete = false
      }
    }
  }

  /// Stops counting values where there will be too many of them.
  private func foreseeTooMany(_ scratch: ColumnScratch) {
    guard purpose == .report, let count = distinct.countSoFar else { return }
    growth.add(rowCount: scratch.report.valueCount, distinctCount: count)
    guard distinct.isHashed, count > DistinctShare.foreseeingCount, scratch.mayForgetValues,
      let expected = scratch.expectedRowCount, growth.foretell(expected).foreseesTooMany
    else { return }
    distinct.foreseeTooMany()
  }

  private func noteSequence(_ scratch: ColumnScratch) {
    let count = scratch.report.rowCount
    scratch.report.first = scratch.values[0]
    scratch.report.last = scratch.values[count - 1]
    guard maySequence, scratch.report.nullCount == 0 else {
      maySequence = false
      return
    }
    if count == 1 {
      scratch.report.step = 0
      return
    }
    let values = scratch.values
    let step = values[1] &- values[0]
    for row in 1..<count where values[row] &- values[row &- 1] != step {
      maySequence = false
      return
    }
    scratch.report.step = step
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
