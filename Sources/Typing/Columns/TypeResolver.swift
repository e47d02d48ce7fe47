package import Columnar

/// Settles the type of a column from its evidence alone.
package struct TypeResolver {
  /// What a column is, or what has to be done to find out.
  package enum Resolution {
    case settled(Settled)
    /// The fields have to be read once more, as this.
    case readAgain(ColumnParser.Target, note: Note?)
    /// The numbers have to be read once more, by these signs where they are known.
    case readNumbers(unit: [UInt8], signs: AffixedNumber.Signs?)
    /// The values do not say what the user wants to know.
    case refused(String)
  }

  package struct Settled {
    var type: LogicalType
    /// The kind that every chunk is brought to.
    package var kind: FieldKind
    var fidelity: Fidelity
    /// How dates are written, where the user's formats settled it.
    package var dateFormat: DateFormat?
    package var note: Note?
    /// Whether the caller named the type.
    var isTold = false

    package init(
      type: LogicalType, kind: FieldKind, fidelity: Fidelity, dateFormat: DateFormat? = nil,
      note: Note? = nil
    ) {
      self.type = type
      self.kind = kind
      self.fidelity = fidelity
      self.dateFormat = dateFormat
      self.note = note
    }
  }

  let evidence: ColumnEvidence
  /// What the chunks that have values were, kind by kind.
  let kinds: [KindEvidence]
  let keepsExactDigits: Bool
  private let dateFormats: [DateFormat]
  let isDecimalTold: Bool
  let families: Set<FieldKind.Family>
  let facts: FieldFacts
  private let nullWords: UInt64
  /// The column's name, for what is advised.
  var name = ""
  /// Whether decimals may turn out to be versions.
  var mayBeVersions = false
  /// What the other columns show of decimals.
  var signs = DecimalSigns()

  init(_ evidence: ColumnEvidence, options: TypingOptions) {
    dateFormats = options.dateFormats.compactMap(DateFormat.init)
    self.evidence = evidence
    kinds = evidence.valueKinds
    keepsExactDigits = options.keepsExactDigits
    isDecimalTold = options.decimalSeparator != nil || options.thousandsSeparator != nil
    families = Set(kinds.map(\.kind.family))
    facts = kinds.reduce(into: FieldFacts()) { $0.formUnion($1.facts) }
    nullWords = evidence.nullWords
    hasLiteralNulls = evidence.kinds.contains {
      $0.kind != .string && $0.nullWords & (NullWords.builtinMask | NullWords.quotedEmptyMask) != 0
    }
  }

  /// Some chunk took for null what is a value in a column of text.
  private let hasLiteralNulls: Bool

  func resolve() -> Resolution {
    if kinds.contains(where: \.hasTold), !families.contains(.string) { return asTold() }
    if !families.contains(.string), let open = openAffixes() { return open }
    switch families {
    case []:
      // Nothing but words such as NA is text; nothing at all is null.
      return hasLiteralNulls ? text(nil as Note?) : settled(.null, .null, varies: false)
    case [.boolean]:
      if styles.count > 1 { return text("true and false in several spellings") }
      return settled(.boolean, .boolean, varies: false)
    case [.number]: return number()
    case [.float], [.number, .float]: return float()
    case [.date]: return date()
    case [.time]: return time()
    case [.ambiguousDate]:
      if styles.count == 1, let style = styles.first,
        let format = AmbiguousDateSyntax.settledFormat(facts: facts, style: style)
      {
        return .readAgain(
          .date(format, unit: nil),
          note: Note(
            .datesReadAs,
            """
            \(format.meaning == .date ? "dates" : "instants") read as \(format.pattern): no other \
            order fits all rows
            """))
      }
      return text(ambiguity)
    case [.string]:
      return hasLiteralNulls ? text(nil as Note?) : settled(.string, .string, varies: false)
    default:
      let isInPart = kinds.contains { $0.someFormats != 0 }
      return text(isInPart ? Note(.formatInPart, Self.toldInPart) : nil)
    }
  }

  /// Why no order of day and month is taken, and which would read the column.
  private var ambiguity: Note {
    let isOpen = !facts.contains(.notDayFirst) && !facts.contains(.notMonthFirst)
    guard isOpen, styles.count == 1, let style = styles.first else {
      return Note(
        .datesVary, "dates that are written in more than one way: no format reads them all")
    }
    let orders = AmbiguousDateSyntax.formats(style).map {
      Sentence.Option("date-format", .ofColumn(name, $0.pattern))
    }
    return Note(
      .ambiguousDates,
      """
      dates whose day and month could be either: \(option: orders[0]) or \(option: orders[1]) \
      settles it
      """)
  }

  /// What is said of a column that no format of the user's fits as a whole; the first value that does
  /// not fit is found when all is settled.
  package static let toldInPart: Sentence =
    "some values are written as \(mention: "date-format") says, and others are not"

  /// Columns of which some chunk fits the words or formats that the user named: all do, the dates
  /// in one format, or the column is read without them.
  private func asTold() -> Resolution {
    guard families.count == 1, !kinds.contains(where: \.hasUntold) else {
      return .readAgain(
        .inferredUntold, note: families == [.boolean] ? nil : Note(.formatInPart, Self.toldInPart))
    }
    if families == [.boolean] { return settled(.boolean, .boolean, varies: false) }
    let fitting = kinds.reduce(~0) { $0 & $1.allFormats }
    // Evidence of parts that were read with other formats names some that nobody told here.
    guard dateFormats.indices.contains(fitting.trailingZeroBitCount) else {
      return .readAgain(.inferredUntold, note: Note(.formatInPart, Self.toldInPart))
    }
    let format = dateFormats[fitting.trailingZeroBitCount]
    guard styles == [fitting.trailingZeroBitCount + 1],
      case .settled(var settled) = formatted(format)
    else { return .readAgain(.date(format, unit: nil), note: nil) }
    settled.dateFormat = format
    return .settled(settled)
  }

  /// A column all of whose chunks were read in a format.
  private func formatted(_ format: DateFormat) -> Resolution {
    switch format.meaning {
    case .date: settled(.date, .date, varies: false)
    case .time:
      settled(.time(unit: units.max() ?? .second), .time(units.max() ?? .second), varies: false)
    case .timestamp: date()
    }
  }

  /// What a column is whose fields were all read in this format.
  func settled(in format: DateFormat, unit: TimeUnit?) -> Settled? {
    switch format.meaning {
    case .date: settled(as: .date)
    case .time: settled(as: .time(unit ?? units.max() ?? .second))
    case .timestamp: settled(as: .timestamp(unit ?? units.max() ?? .second))
    }
  }

  /// A column whose every chunk was read as text, because the user or a plan said so.
  var settledText: Settled {
    Settled(
      type: .string, kind: .string, fidelity: nullWords.nonzeroBitCount > 1 ? .value : .text)
  }

  func text(_ note: Note?) -> Resolution { .readAgain(.kind(.string), note: note) }

  /// Text, and why.
  func text(_ reason: Sentence) -> Resolution { text(Note(.keptAsText, reason)) }

  func settled(_ type: LogicalType, _ kind: FieldKind, varies: Bool) -> Resolution {
    var fidelity: Fidelity = .text
    if varies || facts.contains(.nonCanonical) || nullWords.nonzeroBitCount > 1 {
      fidelity = .value
    }
    if kind == .float, facts.contains(.rounded) { fidelity = .rounded }
    return .settled(Settled(type: type, kind: kind, fidelity: fidelity))
  }

  /// What a column is whose kind the user or a plan named, and whose fields were all read as that;
  /// `nil` where chunks read so do not go together.
  func settled(as kind: FieldKind) -> Settled? {
    let type: LogicalType
    var varies = styles.count > 1 || digitsVary
    switch kind {
    case .null: type = .null
    case .boolean: type = .boolean
    case .integer:
      if facts.isSuperset(of: [.unsigned, .negative]) { return nil }
      type = .integer
    case .decimal(let scale): type = .decimal(scale: scale)
    case .float: (type, varies) = (.float, false)
    case .date: type = .date
    case .time(let unit): type = .time(unit: unit)
    case .duration(let unit):
      type = .duration(unit: unit)
      varies = digitsVary || spanStylesVary
    case .timestamp(let unit):
      if facts.isSuperset(of: [.zoned, .unzoned]) { return nil }
      type = .timestamp(unit: unit, zone: facts.contains(.zoned) ? "UTC" : nil)
      varies = varies || facts.contains(.styleVaries)
    case .ambiguousDate, .string: return nil
    }
    guard case .settled(var settled) = settled(type, kind, varies: varies) else { return nil }
    if kind == .float, facts.contains(.inexactInteger) { settled.fidelity = .rounded }
    return settled
  }

  // MARK: - Times

  private var units: [TimeUnit] {
    kinds.compactMap {
      switch $0.kind {
      case .time(let unit), .duration(let unit), .timestamp(let unit): unit
      default: nil
      }
    }
  }

  var digitsVary: Bool {
    kinds.contains(where: \.hasUntoldDigits)
      || kinds.map(\.minimumDigits).min() != kinds.map(\.maximumDigits).max()
  }

  /// How booleans and times are spelled.
  private var styles: Set<Int> { kinds.reduce(into: []) { $0.formUnion($1.styles) } }

  /// Whether spans are spelled in several ways: times of day among them have two digits for the hour.
  private var spanStylesVary: Bool {
    if facts.contains(.styleVaries) { return true }
    var styles = Set<DurationText.Style>()
    for part in kinds {
      if case .time(let unit) = part.kind {
        styles.insert(part.minimum < Int128(10 * 3600 * unit.perSecond) ? .padded : .clock)
      } else {
        styles.formUnion(part.styles.compactMap(DurationText.Style.init))
      }
    }
    return DurationSyntax.told(styles).count > 1
  }

  private func time() -> Resolution {
    let unit = units.max() ?? .second
    let isOfDay = kinds.allSatisfy { if case .time = $0.kind { true } else { false } }
    if isOfDay { return settled(.time(unit: unit), .time(unit), varies: digitsVary) }
    // `9:20:30` and `24:00:00` alone may be anything.
    guard facts.contains(.beyondDay) else { return text(nil as Note?) }
    guard fit(.duration(unit)) else {
      return text("spans of time beyond the range of 64-bit \(unit.rawValue)")
    }
    let varies = digitsVary || spanStylesVary
    return settled(.duration(unit: unit), .duration(unit), varies: varies)
  }

  /// Whether all values have 64 bits when counted as `kind` says.
  func fit(_ kind: FieldKind) -> Bool {
    kinds.allSatisfy { $0.fits(kind) }
  }

  private func date() -> Resolution {
    guard let unit = units.max() else { return settled(.date, .date, varies: false) }
    let hasDates = kinds.contains { $0.kind == .date }
    let isZoned = facts.contains(.zoned)
    if isZoned, hasDates || facts.contains(.unzoned) {
      return text("timestamps with and without a zone")
    }
    guard fit(.timestamp(unit)) else {
      return text("timestamps beyond the range of 64-bit \(unit.rawValue)")
    }
    return settled(
      .timestamp(unit: unit, zone: isZoned ? "UTC" : nil), .timestamp(unit),
      varies: hasDates || styles.count > 1 || facts.contains(.styleVaries) || digitsVary)
  }
}
