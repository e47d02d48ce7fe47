extension Unicode.Scalar {
  /// What is shown instead of a character that would move the cursor, or turn the direction of
  /// writing around; `nil` for all others.
  package var picture: Unicode.Scalar? {
    switch value {
    case 0..<0x20: Unicode.Scalar(0x2400 + value)
    case 0x7F: "␡"
    case 0x2028, 0x2029: "␤"
    case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
    default: nil
    }
  }
}
