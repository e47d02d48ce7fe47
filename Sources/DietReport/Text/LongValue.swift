import Wording

/// How much of a value stands in reports: a field may have megabytes.
enum LongValue {
  /// The characters that people are shown.
  static let shown = 200
  /// Those that JSON keeps.
  static let kept = 1000
}

extension String {
  /// The text where it has at most `limit` characters; else its start, `…`, and how long it is. What stands between
  /// backticks stays there.
  func cut(to limit: Int) -> String {
    // There are at least as many bytes as characters, and they are counted at once.
    guard utf8.count > limit, let end = index(startIndex, offsetBy: limit, limitedBy: endIndex),
      end < endIndex
    else { return self }
    let isCode = first == "`" && last == "`"
    let length = count - (isCode ? 2 : 0)
    guard length > limit else { return self }
    return "\(self[..<end])…\(isCode ? "`" : "") (\(CountText(length, "character")))"
  }
}
