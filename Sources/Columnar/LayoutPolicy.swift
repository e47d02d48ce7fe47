/// What the user allows when layouts are chosen.
public struct LayoutPolicy: Hashable, Sendable {
  /// Integers without a sign (u8–u32) may be used; otherwise only u64, for values past 2^63 − 1.
  public var allowsUnsigned: Bool
  /// The names of columns that stay in their plain wide layout.
  public var keptColumns: Set<String>

  public init(allowsUnsigned: Bool = false, keptColumns: Set<String> = []) {
    self.allowsUnsigned = allowsUnsigned
    self.keptColumns = keptColumns
  }
}

extension LayoutPolicy: Codable {
  private enum Key: String, CodingKey {
    case allowsUnsigned, keptColumns
  }

  /// Plans that were saved before columns could be kept say nothing of them.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      allowsUnsigned: try container.decode(Bool.self, forKey: .allowsUnsigned),
      keptColumns: Set(try container.decodeIfPresent([String].self, forKey: .keptColumns) ?? []))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(allowsUnsigned, forKey: .allowsUnsigned)
    if !keptColumns.isEmpty { try container.encode(keptColumns.sorted(), forKey: .keptColumns) }
  }
}
