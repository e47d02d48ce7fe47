/// How densely values are stored, and what reading them costs.
public enum StoragePolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// Whole bytes, which every loop reads as they lie.
  case fast
  /// As many bits as values need, in blocks that are unpacked on the way.
  case packed
  /// As few bytes as there are, also where a row is read with the 64 KiB of text around it.
  case smallest
}

extension StoragePolicy: Comparable {
  /// Whether values are stored less densely.
  public static func < (a: StoragePolicy, b: StoragePolicy) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .fast: 0
    case .packed: 1
    case .smallest: 2
    }
  }
}

extension StoragePolicy {
  /// Whether values take as few bits as they need, whatever reading them costs.
  package var isDense: Bool { self != .fast }
}
