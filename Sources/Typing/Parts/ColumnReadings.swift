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

  private(set) var form: Form
  /// The fields as they are written; `nil` where some part left that out.
  package private(set) var text: ColumnEvidence?

  /// A column of no rows.
  package init() {
    form = .typed(Typed(inferred: ColumnEvidence(purpose: .part)))
    text = ColumnEvidence(purpose: .part)
  }

  init(_ form: Form, text: ColumnEvidence?) {
    (self.form, self.text) = (form, text)
    normalize()
  }

  /// `nil` where no reading is of all rows.
  package var rowCount: Int? {
    switch form {
    case .typed(let typed): typed.inferred.rowCount
    case .floats(let evidence): evidence.rowCount
    case .text: text?.rowCount
    }
  }

  /// Whether the column has to be read in a way that some part left out.
  package var isLacking: Bool {
    if case .text = form { text == nil } else { false }
  }

  /// Adds rows that have no such column.
  package mutating func addMissing(rowCount: Int) {
    var missing = ColumnEvidence(purpose: .part)
    missing.addMissing(rowCount: rowCount)
    // Beside longer records they would be empty fields.
    missing.source.fieldCount = rowCount
    missing.source.emptyCount = rowCount
    formUnion(ColumnReadings(.typed(Typed(inferred: missing)), text: missing))
  }

  /// Adds what is known of another part of the column.
  package mutating func formUnion(_ other: ColumnReadings) {
    if let theirs = other.text { text?.formUnion(theirs) } else { text = nil }
    form = Self.united(form, other.form)
    normalize()
  }

  private static func united(_ a: Form, _ b: Form) -> Form {
    switch (a, b) {
    case (.text, _), (_, .text): return .text
    case (.floats(let a), .floats(let b)): return .floats(a.union(b))
    case (.floats(let floats), .typed(let other)), (.typed(let other), .floats(let floats)):
      guard let others = other.asFloats else { return .text }
      return .floats(floats.union(others))
    case (.typed(let a), .typed(let b)):
      if a.hasValues, b.hasValues, a.family != b.family { return .text }
      var dates: [String: ColumnEvidence] = [:]
      for pattern in Set(a.dates.keys).union(b.dates.keys) {
        guard let first = a.asDates(pattern), let second = b.asDates(pattern) else { continue }
        dates[pattern] = first.union(second)
      }
      let floats = a.asFloats.flatMap { first in b.asFloats.map(first.union) }
      return .typed(Typed(inferred: a.inferred.union(b.inferred), floats: floats, dates: dates))
    }
  }

  /// Gives up what no more rows can make of use again, which another cut would not have had.
  private mutating func normalize() {
    if case .floats(let floats) = form, TypeResolver.mixesDecimalSigns(floats) { form = .text }
    guard case .typed(let typed) = form else { return }
    switch TypeResolver.outlook(of: typed.inferred) {
    case .open: break
    case .floats: form = typed.floats.map { .floats($0) } ?? .text
    case .text: form = .text
    }
  }
}

extension ColumnReadings.Typed {
  var family: FieldKind.Family? { inferred.valueKinds.first?.kind.family }
  var hasValues: Bool { family != nil }

  /// As floats: rows that are all null are that, too.
  var asFloats: ColumnEvidence? { hasValues ? floats : inferred }

  /// As dates of a pattern.
  func asDates(_ pattern: String) -> ColumnEvidence? { hasValues ? dates[pattern] : inferred }
}

extension ColumnEvidence {
  fileprivate func union(_ other: ColumnEvidence) -> ColumnEvidence {
    var all = self
    all.formUnion(other)
    return all
  }
}

extension TypeResolver {
  /// What may become of values of one family, whatever rows are added.
  enum Outlook { case open, floats, text }

  /// A chunk that has all of the values says the same.
  static func outlook(of evidence: ColumnEvidence) -> Outlook {
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
    TypeResolver(evidence, options: TypingOptions()).facts
      .isSuperset(of: [.usesDecimalPoint, .usesDecimalComma])
  }

  private var hasOneStyle: Bool {
    kinds.reduce(into: Set<Int>()) { $0.formUnion($1.styles) }.count < 2
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
      var typed = Typed(inferred: try reader.read(), floats: try reader.readOptional())
      for _ in 0..<(try reader.readCount(1 << 10)) {
        let pattern = try reader.readText()
        typed.dates[pattern] = try reader.read()
      }
      form = .typed(typed)
    case .floats, .floatsAlone: form = .floats(try reader.read())
    case .text, .lacking: form = .text
    case nil: throw reader.fault("the column is read in no known way")
    }
    if written?.hasText ?? false { text = try reader.read() }
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
