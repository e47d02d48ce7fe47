package import Columnar

/// What is known of a column of a part of a table, in every way in which the whole column may turn out to be
/// read.
///
/// Whoever has the whole file reads it once more where its chunks turn out to be of different types. Parts may be
/// on other machines, and gone: so each is read in all ways at once, and a way that some field of some part does
/// not allow falls away. What is left follows from the rows alone, wherever they were cut and in whatever order
/// parts were joined.
///
/// Where readings are brief, a part was read as what it is alone. That takes a fraction of the time, and is enough as
/// long as all parts are alike; else some reading is lacking.
package struct ColumnReadings: Sendable {
  /// Fields that are all of one family.
  struct Typed: Sendable {
    /// What they are by themselves.
    var inferred: ColumnEvidence
    /// The same as floats, where they are whole numbers or decimals; `nil` where they are no floats.
    var floats: ColumnEvidence?
    /// The same in each order of day and month that all allow, by its pattern, where that is open.
    var dates: [String: ColumnEvidence] = [:]
  }

  enum Form: Sendable {
    case typed(Typed)
    /// Numbers of which some are floats.
    case floats(ColumnEvidence)
    /// Nothing but text.
    case text
  }

  /// As it is known; the parts of `Form` lie side by side, since to take one out of it would copy its sets at
  /// every part that is added.
  private var typed: Typed?
  private var floats: ColumnEvidence?
  /// The fields as they are written; `nil` where some part left that out.
  package private(set) var text: ColumnEvidence?

  /// A column of no rows.
  package init() {
    typed = Typed(inferred: ColumnEvidence(purpose: .part))
    text = ColumnEvidence(purpose: .part)
  }

  init(_ form: Form, text: ColumnEvidence?) {
    self.text = text
    self.form = form
    normalize()
  }

  private(set) var form: Form {
    get { typed.map { .typed($0) } ?? floats.map { .floats($0) } ?? .text }
    set {
      (typed, floats) = (nil, nil)
      switch newValue {
      case .typed(let all): typed = all
      case .floats(let all): floats = all
      case .text: break
      }
    }
  }

  /// `nil` where no reading is of all rows.
  package var rowCount: Int? { text?.rowCount ?? typed?.inferred.rowCount ?? floats?.rowCount }

  /// Whether all rows allow to read the column so.
  package func isRead(as form: ReadingForm) -> Bool {
    switch form {
    case .inferred: typed != nil
    case .floats: floats != nil || typed?.asFloats != nil
    case .text: text != nil
    case .dayFirst, .monthFirst:
      typed.map { typed in
        !typed.hasValues || typed.dates.keys.contains { ReadingForm(orderOf: $0) == form }
      } ?? false
    }
  }

  /// Whether the column has to be read in a way that some part left out.
  package var isLacking: Bool { text == nil && typed == nil && floats == nil }

  /// Adds rows that have no such column.
  package mutating func addMissing(rowCount: Int) {
    var missing = ColumnEvidence(purpose: .part)
    missing.addMissing(rowCount: rowCount)
    // Beside longer records they would be empty fields.
    missing.source.fieldCount = rowCount
    missing.source.emptyCount = rowCount
    formUnion(ColumnReadings(.typed(Typed(inferred: missing)), text: missing))
  }

  /// All chunks of these parts are there, and no others.
  ///
  /// - Parameter parts: Where they stand in their file and how many rows they have, in order and without touching
  ///   one another; `nil` where they are of several files.
  package mutating func close(_ parts: [(span: Range<Int>, rowCount: Int)]?) {
    typed?.inferred.order.close(parts)
    typed?.floats?.order.close(parts)
    for pattern in Array((typed?.dates ?? [:]).keys) { typed?.dates[pattern]?.order.close(parts) }
    floats?.order.close(parts)
    text?.order.close(parts)
  }

  /// Adds what is known of another part of the column.
  package mutating func formUnion(_ other: ColumnReadings) {
    if let theirs = other.text { text?.formUnion(theirs) } else { text = nil }
    if typed != nil, let others = other.typed {
      if typed?.formUnion(others) == false { typed = nil }
    } else {
      // No copy of them may be there when they grow.
      if typed != nil { (floats, typed) = (typed?.asFloats, nil) }
      if let others = other.typed?.asFloats ?? other.floats {
        floats?.formUnion(others)
      } else {
        floats = nil
      }
    }
    normalize()
  }

  /// Gives up what no more rows can make of use again, which another cut would not have had.
  private mutating func normalize() {
    if let floats, TypeResolver.mixesDecimalSigns(floats) { self.floats = nil }
    switch typed.map({ TypeResolver.outlook(of: $0.inferred) }) {
    case .open?, nil: break
    case .floats?: (floats, typed) = (typed?.floats, nil)
    case .text?: typed = nil
    }
  }
}

extension ColumnReadings.Typed {
  var family: FieldKind.Family? { inferred.kinds.first { $0.kind != .null }?.kind.family }
  var hasValues: Bool { family != nil }

  /// As floats: rows that are all null are that, too.
  var asFloats: ColumnEvidence? { hasValues ? floats : inferred }

  /// As dates of a pattern.
  func asDates(_ pattern: String) -> ColumnEvidence? { hasValues ? dates[pattern] : inferred }

  /// Adds those of another part.
  ///
  /// - Returns: False where they are of two families, and nothing was added.
  fileprivate mutating func formUnion(_ other: Self) -> Bool {
    if hasValues, other.hasValues, family != other.family { return false }
    if !hasValues {
      floats = inferred
      for pattern in Array(dates.keys) + other.dates.keys { dates[pattern] = inferred }
    }
    if let others = other.asFloats { floats?.formUnion(others) } else { floats = nil }
    for pattern in Array(dates.keys) {
      if let others = other.asDates(pattern) {
        dates[pattern]?.formUnion(others)
      } else {
        dates[pattern] = nil
      }
    }
    inferred.formUnion(other.inferred)
    return true
  }
}

extension TypeResolver {
  /// What may become of values of one family, whatever rows are added.
  enum Outlook { case open, floats, text }

  /// A chunk that has all of the values says the same.
  static func outlook(of evidence: ColumnEvidence) -> Outlook {
    if evidence.isPlainlyOpen { return .open }
    let resolver = TypeResolver(evidence, options: TypingOptions())
    let facts = resolver.facts
    let affixes = evidence.affixes
    if affixes.unitsDiffer || affixes.isMissingInPart && affixes.first != nil { return .text }
    switch resolver.families {
    case []: return .open
    case [.boolean], [.ambiguousDate]: return resolver.hasOneStyle ? .open : .text
    case [.number]:
      if facts.isSuperset(of: [.usesDecimalPoint, .usesDecimalComma]) { return .text }
      let scale = resolver.kinds.map { part in
        if case .decimal(let scale) = part.kind { scale } else { 0 }
      }
      let written = max(scale.max() ?? 0, resolver.kinds.map(\.maximumDigits).max() ?? 0)
      let isTooWide = facts.isSuperset(of: [.unsigned, .negative])
      return isTooWide || written > 0 && !resolver.fit(.decimal(scale: written)) ? .floats : .open
    case [.float], [.number, .float]: return .floats
    case [.date], [.time]: return .open
    default: return .text
    }
  }

  /// Whether points and commas both stand before fractions.
  static func mixesDecimalSigns(_ evidence: ColumnEvidence) -> Bool {
    var facts: FieldFacts = []
    for part in evidence.kinds where part.kind != .null { facts.formUnion(part.facts) }
    return facts.isSuperset(of: [.usesDecimalPoint, .usesDecimalComma])
  }

  private var hasOneStyle: Bool {
    kinds.reduce(into: Set<Int>()) { $0.formUnion($1.styles) }.count < 2
  }
}

extension ColumnEvidence {
  /// Whether all values are of one kind that stays open, as most are whenever a part is added.
  fileprivate var isPlainlyOpen: Bool {
    guard affixes.first == nil, !affixes.unitsDiffer else { return false }
    var only: KindEvidence?
    for part in kinds where part.kind != .null {
      if only != nil { return false }
      only = part
    }
    guard let only else { return true }
    switch (only.kind, only.kind.family) {
    case (_, .date), (_, .time): return true
    case (.integer, _), (.decimal, _):
      var scale = 0
      if case .decimal(let places) = only.kind { scale = places }
      return only.maximumDigits <= scale && only.fits(only.kind) && !only.facts.contains(.unsigned)
        && !only.facts.isSuperset(of: [.usesDecimalPoint, .usesDecimalComma])
    default: return false
    }
  }
}

extension ColumnReadings: ProfilePart {
  private enum Written: UInt64 {
    case typed, floats, text
    /// Without text.
    case typedAlone, floatsAlone, lacking

    var hasText: Bool { rawValue < Written.typedAlone.rawValue }
  }

  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    let written = Written(rawValue: try reader.readWord())
    switch written {
    case .typed, .typedAlone:
      var typed = Typed(inferred: try ColumnEvidence(from: &reader))
      if try reader.readFlag() { typed.floats = try ColumnEvidence(from: &reader) }
      for _ in 0..<(try reader.readCount(1 << 10)) {
        let pattern = try reader.readText()
        typed.dates[pattern] = try reader.read()
      }
      self.typed = typed
    case .floats, .floatsAlone: floats = try ColumnEvidence(from: &reader)
    case .text, .lacking: break
    case nil: throw reader.fault("the column is read in no known way")
    }
    if written?.hasText ?? false { text = try ColumnEvidence(from: &reader) }
  }

  package func write(to writer: inout ProfileWriter) {
    switch form {
    case .typed(let typed):
      writer.write((text == nil ? Written.typedAlone : .typed).rawValue)
      writer.write(typed.inferred)
      writer.write(typed.floats)
      writer.write(count: typed.dates.count)
      for (pattern, evidence) in typed.dates.sorted(by: { $0.key < $1.key }) {
        writer.write(pattern.utf8)
        writer.write(evidence)
      }
    case .floats(let evidence):
      writer.write((text == nil ? Written.floatsAlone : .floats).rawValue)
      writer.write(evidence)
    case .text: writer.write((text == nil ? Written.lacking : .text).rawValue)
    }
    if let text { writer.write(text) }
  }
}
