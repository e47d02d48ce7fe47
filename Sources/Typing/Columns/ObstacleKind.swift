/// What kind of value stands in the way of a narrower type.
package enum ObstacleKind: String, Hashable, Sendable, CaseIterable {
  case word, blank, decimal, float, integer, boolean, date, timestamp, time
  /// A timestamp that names its offset, or one that names none, among others.
  case zone
  /// More digits after the point, or within a second, than the others have.
  case places
  /// A whole number beyond 64 bits, or a decimal with more digits than they hold.
  case overlong
  /// Zeros in front of digits.
  case zeroPadded = "zero_padded"
  /// A clock that shows `:60`, or `24:00`.
  case clock
  /// An address or a UUID of another form.
  case id
  /// Too small or too large.
  case range

  init(_ field: Field, _ found: FieldClass, rule: FieldClass) {
    switch (found, rule) {
    case (.decimal, .decimal), (.time, .time): self = .places
    case (.timestamp(let zoned, _), .timestamp(let isZoned, _)):
      self = zoned == isZoned ? .places : .zone
    case (.date, .timestamp): self = .zone
    case (.integer, _): self = .integer
    case (.decimal, _): self = .decimal
    case (.float, .decimal), (.float, .integer):
      self = Self.isDigitsAndPoint(field) ? .overlong : .float
    case (.float, _): self = .float
    case (.boolean, _): self = .boolean
    case (.date, _), (.ambiguousDate, _): self = .date
    case (.timestamp, _): self = .timestamp
    case (.duration, .duration): self = .places
    // `24:00:00` is what a clock shows; 36:15:00 is too much for one.
    case (.duration, .time) where Self.ofText(field) == .clock: self = .clock
    case (.duration, .time) where DurationText(field)?.isBeyondDay == true: self = .range
    case (.time, _), (.duration, _): self = .time
    case (.uuid, _), (.ipv4, _): self = .id
    case (.null, _), (.text, _): self = Self.ofText(field)
    }
  }

  private static func isDigitsAndPoint(_ field: Field) -> Bool {
    field.bytes.allSatisfy { $0 &- 0x30 <= 9 || ".,-+ ".utf8.contains($0) }
  }

  private static func ofText(_ field: Field) -> ObstacleKind {
    let bytes = field.bytes
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return .blank }
    if isDigitsAndPoint(field), bytes.contains(where: { $0 &- 0x30 <= 9 }) {
      let text = field.trimmed
      let first = text.count > 0 && text.start[0] &- 0x30 > 9 ? 1 : 0
      let isPadded =
        text.count > first + 1 && text.start[first] == 0x30 && text.start[first + 1] &- 0x30 <= 9
      return isPadded ? .zeroPadded : text.count > 18 ? .overlong : .word
    }
    // `23:59:60`, `24:00:00`: what a clock shows and no time of day is.
    let text = Array(bytes)
    for index in text.indices.dropFirst(2) where text[index] == 0x3A {
      if text[index - 2] == 0x32, text[index - 1] == 0x34 { return .clock }
      if index + 2 < text.count, text[index + 1] == 0x36, text[index + 2] == 0x30 { return .clock }
    }
    return .word
  }
}
