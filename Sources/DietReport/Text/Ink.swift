/// The few colours of a report, or none: ANSI escapes only where the caller asks for them.
struct Ink {
  enum Color: String {
    case plain = ""
    case bold = "1"
    case faint = "2"
    case green = "32"
    case yellow = "33"
    case red = "31"
  }

  let usesColor: Bool

  func paint(_ text: String, _ color: Color) -> String {
    guard usesColor, color != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m"
  }
}
