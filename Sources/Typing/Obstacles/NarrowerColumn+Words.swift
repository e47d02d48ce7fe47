extension NarrowerColumn {
  /// Whether the obstacles are what people write where they know nothing: signs and blanks without
  /// letters and digits, or words that are known for it.
  package var isWords: Bool {
    guard obstacles.allSatisfy({ $0.kind == .word || $0.kind == .blank }), let texts,
      texts.count <= 8
    else { return false }
    return texts.allSatisfy { Self.words.contains($0.lowercased()) || Self.isSign($0) }
  }

  private static func isSign(_ text: String) -> Bool {
    text.utf8.count <= 8 && text.utf8.allSatisfy { " -?.*_~#/".utf8.contains($0) }
  }

  private static let words: Set<String> = [
    "n/a", "n.a.", "na", "n/k", "n.k.", "n/d", "n.d.", "nd", "k.a.", "k. a.", "nil", "null", "none",
    "(null)", "<null>", "<na>", "[null]", "#n/a", "#na", "missing", "unknown", "not available",
    "not known", "no data", "nodata", "unbekannt", "s.d.",
  ]
}
