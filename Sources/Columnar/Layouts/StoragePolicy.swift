/// How densely values are stored, and what reading them costs.
public enum StoragePolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// Whole bytes, which every loop reads as they lie.
  case fast
  /// As many bits as values need, in blocks that are unpacked on the way.
  case packed
}

extension StoragePolicy {
  /// Whether values take as few bits as they need, whatever reading them costs.
  package var isDense: Bool { self != .fast }
}
