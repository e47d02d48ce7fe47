import Columnar

extension TypedColumn {
  /// Whether `word` is sure to be no value of the column that means something: it does not occur, or is
  /// one of the few that keep the column from being of another type.
  package func canLose(_ word: String) -> Bool {
    let numbers = ["nan", "inf", "infinity", "true", "false"]
    let bare = word.lowercased().drop { $0 == "-" || $0 == "+" }
    guard !numbers.contains(String(bare)) else { return false }
    guard profile.type == .string, profile.valueCount > 0 else { return true }
    if narrower.contains(where: { $0.isWords && $0.texts?.contains(word) ?? false }) { return true }
    guard let table = unitedText?.table else { return false }
    return !(0..<table.count).contains { table[$0].elementsEqual(word.utf8) }
  }
}

extension NarrowerColumn {
  /// Whether the obstacles are few words without a digit, such as people write where they know nothing.
  package var isWords: Bool {
    guard obstacles.allSatisfy({ $0.kind == .word || $0.kind == .blank }), let texts,
      texts.count <= 8
    else { return false }
    return texts.allSatisfy { text in
      text.unicodeScalars.allSatisfy {
        $0.value >= 0x20 && $0.value != 0x7F && $0.value != 0xFFFD
          && !("0"..."9").contains($0) && !"\"'\\`".unicodeScalars.contains($0)
      }
    }
  }
}
