/// Which columns of few different values are handed over as dictionaries: categories in pandas and
/// polars, which compute with text only in part and with numbers not at all.
public enum CategoryPolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// Every column that takes fewer bytes so, where the engine can read it.
  case all
  /// Text, UUIDs and addresses; numbers and times are plain.
  case text
  /// None: text is plain, too.
  case none
}
