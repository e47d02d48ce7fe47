import Columnar

/// Spans of time: `36:15:00`, `-1:02:03.5`, `PT36H15M`.
///
/// Times of day are among them. What makes a column of spans is that some value is no time of day:
/// past 24 hours, below zero, or written as ISO 8601 writes spans.
struct DurationSyntax: FieldSyntax {
  func accepts(_ field: Field, _ context: TypingContext) -> Bool { DurationText(field) != nil }

  func parse(
    _ fields: FieldSlice, into scratch: ColumnScratch, hint: FieldKind?, context: TypingContext
  ) -> Int? {
    var unit = TimeUnit.second
    if case .duration(let hinted)? = hint { unit = hinted }
    var minimum = Int64.max
    var maximum = Int64.min
    var styles = Set<DurationText.Style>()
    var row = 0
    while row < fields.rowCount {
      let field = fields[row]
      if context.nulls.spellNumbers, let word = context.nulls.userIndex(of: field) {
        scratch.setNull(row, word: word)
      } else if let span = DurationText(field) {
        if span.significantDigits > unit.fractionDigits {
          unit = TimeUnit(fractionDigits: span.significantDigits)
          scratch.begin(rowCount: fields.rowCount)
          styles = []
          (row, minimum, maximum) = (0, .max, .min)
          continue
        }
        guard let value = span.value(in: unit) else { return row }
        scratch.values[row] = value
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        styles.insert(span.style)
        if span.isBeyondDay { scratch.report.facts.insert(.beyondDay) }
        scratch.report.minimumDigits = min(scratch.report.minimumDigits, span.writtenDigits)
        scratch.report.maximumDigits = max(scratch.report.maximumDigits, span.writtenDigits)
      } else if let word = context.nulls.index(of: field) {
        scratch.setNull(row, word: word)
      } else {
        return row
      }
      row += 1
    }
    scratch.report.kind = scratch.report.valueCount == 0 ? .null : .duration(unit)
    scratch.report.minimum = minimum
    scratch.report.maximum = maximum
    if styles.contains(.components) { scratch.report.facts.insert(.nonCanonical) }
    styles = Self.told(styles)
    if styles.count > 1 { scratch.report.facts.insert(.styleVaries) }
    scratch.report.style = styles.map(\.rawValue).max() ?? 0
    return nil
  }

  /// The styles that differ: from ten hours on, clocks have one.
  static func told(_ styles: Set<DurationText.Style>) -> Set<DurationText.Style> {
    styles.isDisjoint(with: [.padded, .unpadded]) ? styles : styles.subtracting([.clock])
  }
}

/// One span of time as it is written.
struct DurationText {
  enum Style: Int {
    /// `36:15:00`; hours below ten with a zero before them, `09:15:00`, and without, `9:15:00`.
    case clock = 1
    case padded, unpadded
    /// `PT36H15M`: no days, no part that is zero, fractions without zeros at their end.
    case canonical
    /// `P1DT12H15M0S` and other ways of ISO 8601.
    case components
  }

  private(set) var isNegative = false
  private var seconds: Int64 = 0
  private var nanosecond: Int64 = 0
  /// Digits of the fraction as written, where the style does not say them, and without zeros at its end.
  private(set) var writtenDigits = 0
  private(set) var significantDigits = 0
  private(set) var style = Style.clock

  /// Whether it is no time of day. 24:00:00 may be the end of one.
  var isBeyondDay: Bool {
    isNegative || style.rawValue >= Style.canonical.rawValue || seconds > 86_400
      || (seconds == 86_400 && nanosecond > 0)
  }

  /// `nil` where the field is no span: years and months are of no fixed length.
  init?(_ field: Field) {
    var text = UnsafeBufferPointer(start: field.start, count: field.count)[...]
    guard text.count > 2 else { return nil }
    if text.first == UInt8(ascii: "-") {
      isNegative = true
      text.removeFirst()
    }
    if text.first == UInt8(ascii: "P") {
      guard readComponents(text.dropFirst()) else { return nil }
    } else {
      guard readClock(text) else { return nil }
    }
    // A zero has no sign that could be had back.
    if isNegative, seconds == 0, nanosecond == 0 { return nil }
  }

  /// Units of `unit`, which tells the fraction; `nil` past 64 bits.
  func value(in unit: TimeUnit) -> Int64? {
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: unit.perSecond)
    let (value, carry) = whole.addingReportingOverflow(
      nanosecond / (1_000_000_000 / unit.perSecond))
    return overflow || carry ? nil : isNegative ? -value : value
  }

  private typealias Text = Slice<UnsafeBufferPointer<UInt8>>

  /// `H:MM:SS` and a fraction.
  private mutating func readClock(_ text: Text) -> Bool {
    var rest = text
    guard let hours = Self.number(&rest), hours.count > 0, hours.value <= 1 << 50,
      Self.take(":", &rest), let minutes = Self.number(&rest), minutes.count == 2,
      minutes.value < 60, Self.take(":", &rest), let second = Self.number(&rest),
      second.count == 2, second.value < 60, readFraction(&rest), rest.isEmpty
    else { return false }
    if hours.value < 10 { style = hours.count == 1 ? .unpadded : .padded }
    if hours.count > 2, text.first == UInt8(ascii: "0") { return false }
    seconds = hours.value * 3600 + minutes.value * 60 + second.value
    return true
  }

  /// `1DT2H3M4.5S`, of which parts may be missing.
  private mutating func readComponents(_ text: Text) -> Bool {
    var rest = text
    var isCanonical = true
    let sizes: [(letter: Unicode.Scalar, size: Int64)] = [("H", 3600), ("M", 60), ("S", 1)]
    func add(_ number: (value: Int64, count: Int), _ size: Int64, _ sum: Int64) -> Int64? {
      guard number.count > 0, number.count <= 15 else { return nil }
      let (product, isTooLong) = number.value.multipliedReportingOverflow(by: size)
      let (total, overflow) = sum.addingReportingOverflow(product)
      return isTooLong || overflow ? nil : total
    }
    if rest.first != UInt8(ascii: "T") {
      guard let days = Self.number(&rest), Self.take("D", &rest), let sum = add(days, 86_400, 0)
      else { return false }
      seconds = sum
      isCanonical = false
      if rest.isEmpty {
        style = .components
        return true
      }
    }
    guard Self.take("T", &rest), !rest.isEmpty else { return false }
    for (letter, size) in sizes where !rest.isEmpty {
      let start = rest
      guard let number = Self.number(&rest), number.count > 0 else { return false }
      if letter == "S", !readFraction(&rest) { return false }
      guard Self.take(letter, &rest) else {
        // Fractions are of seconds alone; another letter is for the next.
        rest = start
        if letter == "S" { return false }
        continue
      }
      guard let sum = add(number, size, seconds) else { return false }
      seconds = sum
      let isZero = number.value == 0 && nanosecond == 0
      let isWhole = text.elementsEqual("T0S".utf8)
      if (isZero && !isWhole) || (letter != "H" && number.value >= 60)
        || (number.count > 1 && start.first == UInt8(ascii: "0"))
      {
        isCanonical = false
      }
    }
    guard rest.isEmpty, text.last != UInt8(ascii: "T") else { return false }
    if writtenDigits != significantDigits { isCanonical = false }
    style = isCanonical ? .canonical : .components
    writtenDigits = 0
    return true
  }

  /// `.5`, if there is a point. False where the digits are none, or more than nine.
  private mutating func readFraction(_ rest: inout Text) -> Bool {
    guard rest.first == UInt8(ascii: ".") else { return true }
    rest.removeFirst()
    let digits = rest.prefix { $0 &- 0x30 <= 9 }
    guard (1...9).contains(digits.count) else { return false }
    writtenDigits = digits.count
    for (index, digit) in digits.enumerated() {
      nanosecond = nanosecond * 10 + Int64(digit &- 0x30)
      if digit != UInt8(ascii: "0") { significantDigits = index + 1 }
    }
    for _ in digits.count..<9 { nanosecond *= 10 }
    rest = rest.dropFirst(digits.count)
    return true
  }

  private static func take(_ letter: Unicode.Scalar, _ rest: inout Text) -> Bool {
    guard rest.first == UInt8(ascii: letter) else { return false }
    rest.removeFirst()
    return true
  }

  /// Digits at the start, of which there may be none; `nil` past 15.
  private static func number(_ rest: inout Text) -> (value: Int64, count: Int)? {
    let digits = rest.prefix { $0 &- 0x30 <= 9 }
    guard digits.count <= 15 else { return nil }
    rest = rest.dropFirst(digits.count)
    return (digits.reduce(0) { $0 * 10 + Int64($1 &- 0x30) }, digits.count)
  }
}
