import Columnar

/// How many columns of a terminal a text takes, and how it is made to take no more.
///
/// Unicode leaves this to UAX #11: East Asian wide and full-width characters and emoji take two
/// columns, combining marks none. A cluster (a letter with its accents, a family emoji) is as wide
/// as its widest scalar, which is what current terminals draw.
extension StringProtocol {
  package var displayWidth: Int {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
    return reduce(0) { $0 + $1.displayWidth }
  }

  /// The text in at most `width` columns: where it is longer, its middle is left out.
  package func ellipsized(to width: Int) -> String {
    guard displayWidth > width else { return String(self) }
    guard width > 1 else { return width == 1 ? "…" : "" }
    let end = suffix(fitting: width / 2)
    let start = prefix(fitting: width - 1 - end.displayWidth)
    return start + "…" + end
  }

  /// Sentences in at most `width` columns: where they are longer, their end is left out, from a word on. Without their
  /// middle they would say something else.
  package func abridged(to width: Int) -> String {
    guard displayWidth > width else { return String(self) }
    let start = prefix(fitting: width - 2)
    let end = start.lastIndex(of: " ") ?? start.endIndex
    return start[..<end] + " …"
  }

  /// The text with spaces after it, up to `width` columns.
  package func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - displayWidth))
  }

  /// The text with spaces before it, up to `width` columns.
  package func alignedRight(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - displayWidth)) + self
  }

  /// The longest start that takes at most `width` columns.
  func prefix(fitting width: Int) -> String {
    var rest = width
    return String(
      prefix {
        rest -= $0.displayWidth
        return rest >= 0
      })
  }

  private func suffix(fitting width: Int) -> String {
    String(String(reversed()).prefix(fitting: width).reversed())
  }

  /// The text on one line and harmless: control characters as their pictures (`␊`, `␛`), those
  /// that turn the direction of writing around as `�`.
  package var onOneLine: String {
    guard unicodeScalars.contains(where: { $0.picture != nil }) else { return String(self) }
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars { text.append(scalar.picture ?? scalar) }
    return String(text)
  }
}

extension Character {
  fileprivate var displayWidth: Int {
    let scalars = unicodeScalars
    // U+FE0F asks for the colourful form, and two regional indicators make a flag.
    if scalars.contains("\u{FE0F}") || scalars.first!.properties.isEmojiPresentation { return 2 }
    return scalars.reduce(0) { Swift.max($0, $1.displayWidth) }
  }
}

extension Unicode.Scalar {
  fileprivate var displayWidth: Int {
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // The vowels and final consonants of Hangul join the letter before them.
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    if value < 0x1100 { return 1 }
    return Self.wideRanges.contains { $0.contains(value) } || properties.isEmojiPresentation ? 2 : 1
  }

  /// East Asian wide and full-width blocks (UAX #11), rounded to whole blocks; of pictures only those that are emoji
  /// by themselves are wide.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1D300...0x1D37F,
    0x1F200...0x1F2FF, 0x20000...0x3FFFD,
  ]
}
