package import Columnar

/// A narrower type that a column is tried as.
package struct TrialPlan: Hashable, Sendable {
  package var column: Int
  /// What fields have to be.
  var rule: FieldClass
  /// How they are read, where that was settled by an earlier reading.
  var kind: FieldKind?
  var dateFormat: DateFormat?
  /// How often the column was tried as this.
  var round = 0

  fileprivate var target: ColumnParser.Target {
    if let dateFormat { return .date(dateFormat, unit: nil) }
    switch rule {
    case .uuid, .ipv4: return .kind(.string)
    default: return kind.map { .kind($0) } ?? .inferred
    }
  }
}

/// One thread's part of a trial: the column as if each field that does not fit were empty.
///
/// Chunks that fit as they are take no longer than in any reading. In the others each field is looked
/// at, and the chunk is read from a copy in which those that do not fit are left out.
package final class ColumnTrial {
  package let plan: TrialPlan
  let parser: ColumnParser
  private let context: TypingContext
  private(set) var tally = ObstacleTally()
  /// Whether some chunk did not read as its fields did one by one.
  private(set) var hasFailed = false
  private var copy = FieldCopy()

  package init(_ plan: TrialPlan, _ context: TypingContext, purpose: IntegerSet.Purpose) {
    self.plan = plan
    self.context = context
    parser = ColumnParser(
      context: context, target: plan.target, keepsValues: false, purpose: purpose,
      slabCapacity: 4 << 10)
    parser.seekOutermost()
  }

  package func add(_ fields: FieldSlice, _ scratch: ColumnScratch) {
    let ordinal = scratch.place.ordinal
    if let report = parser.parse(fields, fitting: plan.rule, scratch) {
      parser.evidence.add(report, at: ordinal..<ordinal + 1)
      return
    }
    copy.begin()
    for row in 0..<fields.rowCount {
      let field = fields[row]
      let found = FieldClass(field, context)
      let fits = found.fits(plan.rule) && (found != .null || isNull(field))
      copy.append(row, of: fields, isBlank: !fits)
      if !fits {
        tally.add(
          field, found, rule: plan.rule,
          at: ChunkRow(ordinal: ordinal, row: scratch.place.row + row))
      }
    }
    let report = copy.withFields(like: fields) { parser.parseWhole($0, scratch) }
    if let report {
      parser.evidence.add(report, at: ordinal..<ordinal + 1)
    } else {
      hasFailed = true
    }
  }

  /// Words such as NA are text in a column of text.
  private func isNull(_ field: Field) -> Bool {
    switch plan.rule {
    case .uuid, .ipv4: context.nulls.textIndex(of: field) != nil
    default: true
    }
  }

  /// A column that only records of other chunks have.
  package func addMissing(rowCount: Int) { parser.evidence.addMissing(rowCount: rowCount) }
}

/// One column's fields written out, each with the separator behind it.
private struct FieldCopy {
  private static let margin = 64
  private var bytes: [UInt8] = []
  private var separators: [UInt32] = []

  mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: repeatElement(UInt8(0), count: Self.margin))
    separators.removeAll(keepingCapacity: true)
    separators.append(.max)
  }

  mutating func append(_ row: Int, of fields: FieldSlice, isBlank: Bool) {
    let span = fields.span(row)
    // The separator itself tells a CR before it from text.
    bytes.append(contentsOf: isBlank ? UnsafeBufferPointer(rebasing: span.suffix(1)) : span)
    separators.append(UInt32(bytes.count - 1 - Self.margin))
  }

  mutating func withFields<R>(like fields: FieldSlice, _ body: (FieldSlice) -> R) -> R {
    bytes.append(contentsOf: repeatElement(0, count: Self.margin))
    return bytes.withUnsafeBufferPointer { bytes in
      separators.withUnsafeBufferPointer { separators in
        body(
          FieldSlice(
            bytes: bytes.baseAddress! + Self.margin, separators: separators.baseAddress! + 1,
            stride: 1, column: 0, rowCount: separators.count - 1, trimsCR: fields.trimsCR,
            mayHaveQuotes: fields.mayHaveQuotes, quote: fields.quote))
      }
    }
  }
}

extension FieldSlice {
  /// The bytes of a field as they stand, and the separator behind them.
  fileprivate func span(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    let index = row &* stride &+ column
    let start = Int(separators[index &- 1] &+ 1)
    return UnsafeBufferPointer(start: bytes + start, count: Int(separators[index]) - start + 1)
  }
}

extension ColumnParser {
  /// Reads one chunk, where it fits `rule` as it stands; `nil` where it does not.
  fileprivate func parse(
    _ fields: FieldSlice, fitting rule: FieldClass, _ scratch: ColumnScratch
  ) -> ChunkReport? {
    switch target {
    case .inferred:
      guard readInferred(fields, scratch), FieldClass(of: scratch.report).fits(rule) else {
        return nil
      }
      return finish(fields, scratch).0
    case .kind(.string): return nil
    default: return parseWhole(fields, scratch)
    }
  }

  /// Reads one chunk by the target alone; `nil` where it does not fit.
  fileprivate func parseWhole(_ fields: FieldSlice, _ scratch: ColumnScratch) -> ChunkReport? {
    if case .inferred = target {
      return readInferred(fields, scratch) ? finish(fields, scratch).0 : nil
    }
    return (try? parse(fields, scratch))?.0
  }

  private func readInferred(_ fields: FieldSlice, _ scratch: ColumnScratch) -> Bool {
    parseAsTold(fields, scratch) || parseInferred(fields, scratch)
  }
}
