/// Lines that are one field each: whether the first is a name, or one of them.
///
/// Logs, tables with spaces between their columns and lists with colons have no names, though the
/// lines are text as a whole. What is within the lines tells: a number in the first where those below
/// have numbers, or the key that each begins with.
struct UndividedLines {
  private let lines: [[UInt8]]
  private let looksTyped: TypedEvidence

  private static let signs = Array(" \t:=,;|".utf8)

  /// - Parameter records: of one field each.
  init(_ records: SampleRecords, looksTyped: @escaping TypedEvidence) {
    lines = records.prefix(HeaderEvidence.recordCount).compactMap(\.first)
    self.looksTyped = looksTyped
  }

  /// Whether the first line is one of data.
  var firstIsData: Bool {
    guard lines.count > 2, let first = lines.first else { return false }
    return haveOneKey(like: first)
      || Self.signs.contains { first.contains($0) && isAlike(dividedBy: $0) }
  }

  /// `level=` before the first value of every line.
  private func haveOneKey(like first: [UInt8]) -> Bool {
    guard let end = first.firstIndex(of: UInt8(ascii: "=")), end > 0,
      !first[..<end].contains(where: { Self.signs.contains($0) })
    else { return false }
    return lines.allSatisfy { $0.starts(with: first[...end]) }
  }

  /// Whether some part of each line has a type, that of the first, too, and none has words on top.
  private func isAlike(dividedBy sign: UInt8) -> Bool {
    let parts = lines.map { $0.split(separator: sign).map(Array.init) }
    guard let width = parts.map(\.count).min(), width > 1 else { return false }
    var isTyped = false
    for column in 0..<width {
      let below = parts.dropFirst().map { $0[column] }
      guard looksTyped(below) else { continue }
      guard looksTyped([parts[0][column]] + below) else { return false }
      isTyped = true
    }
    return isTyped
  }
}
