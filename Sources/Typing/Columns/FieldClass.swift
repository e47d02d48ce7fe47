import Columnar

/// The narrowest that one field can be read as by itself.
///
/// A class also names what a column might be but for some of its values: those that do not fit it.
enum FieldClass: Hashable, Sendable {
  case null
  case boolean(style: Int)
  case integer
  case decimal(places: Int)
  case float
  case date
  case timestamp(isZoned: Bool, places: Int)
  case time(places: Int)
  case duration(places: Int)
  case ambiguousDate(style: Int)
  case uuid(isLowercase: Bool)
  case ipv4
  case text

  init(_ field: Field, _ context: TypingContext) {
    var facts: FieldFacts = []
    if context.nulls.index(of: field) != nil {
      self = .null
    } else if let style = Self.booleanStyle(field, context) {
      self = .boolean(style: style)
    } else if SlowInteger.read(field, context, &facts) != nil {
      self = .integer
    } else if let number = SlowDecimal.read(field, context, &facts), number.fractionDigits <= 18 {
      let isWhole = number.fractionDigits == 1 && number.mantissa % 10 == 0
      self = isWhole ? .integer : .decimal(places: number.fractionDigits)
    } else if FloatSyntax().accepts(field, context) {
      self = .float
    } else if DateSyntax().accepts(field, context)
      || context.dateFormats.contains(where: { $0.read(field) != nil })
    {
      self = .date
    } else if let text = TimestampText(field) {
      self = .timestamp(isZoned: text.offsetMinutes != nil, places: text.clock.significantDigits)
    } else if let clock = TimeSyntax.read(field) {
      self = .time(places: clock.significantDigits)
    } else if let span = DurationText(field) {
      self = .duration(places: span.significantDigits)
    } else if let style = Self.ambiguousStyle(field, context) {
      self = .ambiguousDate(style: style)
    } else {
      let forms = TextForms(
        classifying: field.bytes, among: [.lowercaseUUID, .uppercaseUUID, .ipv4])
      self =
        forms.contains(.lowercaseUUID)
        ? .uuid(isLowercase: true)
        : forms.contains(.uppercaseUUID)
          ? .uuid(isLowercase: false) : forms.contains(.ipv4) ? .ipv4 : .text
    }
  }

  private static func booleanStyle(_ field: Field, _ context: TypingContext) -> Int? {
    if let words = context.options.booleanWords,
      let told = BooleanSyntax(words: words).read(field)
    {
      return told.style
    }
    return BooleanSyntax().read(field)?.style
  }

  private static func ambiguousStyle(_ field: Field, _ context: TypingContext) -> Int? {
    context.openDateStyles.first { style in
      AmbiguousDateSyntax.formats(style).contains { $0.read(field) != nil }
    }
  }

  /// The class of a chunk's widest field; of text no more is known than that.
  init(of report: ChunkReport) {
    switch report.kind {
    case .null: self = .null
    case .boolean: self = .boolean(style: report.style)
    case .integer: self = .integer
    case .decimal(let scale): self = .decimal(places: scale)
    case .float: self = .float
    case .date: self = .date
    case .ambiguousDate: self = .ambiguousDate(style: report.style)
    case .time(let unit):
      self = .time(places: min(unit.fractionDigits, report.maximumDigits))
    case .duration(let unit): self = .duration(places: unit.fractionDigits)
    case .timestamp(let unit):
      self = .timestamp(
        isZoned: report.facts.contains(.zoned),
        places: min(unit.fractionDigits, report.maximumDigits))
    case .string: self = .text
    }
  }

  /// Whether a value of this class is one of `wider`, too.
  func fits(_ wider: FieldClass) -> Bool {
    switch (self, wider) {
    case (.null, _), (.integer, .decimal), (.integer, .float), (.decimal, .float): true
    case (.decimal(let places), .decimal(let most)): places <= most
    case (.date, .timestamp(isZoned: false, _)): true
    case (.timestamp(let isZoned, let places), .timestamp(let zoned, let most)):
      isZoned == zoned && places <= most
    case (.time(let places), .time(let most)), (.time(let places), .duration(let most)),
      (.duration(let places), .duration(let most)):
      places <= most
    default: self == wider
    }
  }

  /// The narrowest class that values of both fit; `nil` where only text holds them.
  func joined(with other: FieldClass) -> FieldClass? {
    if fits(other) { return other }
    if other.fits(self) { return self }
    switch (self, other) {
    case (.timestamp(let zoned, let a), .timestamp(let otherZoned, let b)) where zoned == otherZoned:
      return .timestamp(isZoned: zoned, places: max(a, b))
    case (.time(let a), .duration(let b)), (.duration(let b), .time(let a)):
      return .duration(places: max(a, b))
    default: return nil
    }
  }

  /// Whether the class of a whole column is this one or narrower: it then has no value too many.
  static func holds(_ settled: TypeResolver.Settled, in rule: FieldClass) -> Bool {
    switch (settled.kind, rule) {
    case (.integer, .integer), (.float, .float): true
    case (.integer, .decimal), (.integer, .float), (.decimal, .float), (.null, _): true
    case (.decimal(let scale), .decimal(let places)): scale <= places
    case (.boolean, .boolean), (.date, .date), (.date, .timestamp), (.ambiguousDate, _),
      (.date, .ambiguousDate):
      true
    case (.time(let unit), .time(let places)), (.time(let unit), .duration(let places)),
      (.duration(let unit), .duration(let places)):
      unit.fractionDigits <= places
    case (.timestamp(let unit), .timestamp(_, let places)): unit.fractionDigits <= places
    default: false
    }
  }
}
