/// What the user allows when layouts are chosen.
public struct LayoutPolicy: Hashable, Sendable {
  /// Integers without a sign (u8–u32) may be used; otherwise only u64, for values past 2^63 − 1.
  public var allowsUnsigned: Bool
  /// The names of columns that stay in their plain wide layout.
  public var keptColumns: Set<String>
  /// How far floats may be from their values, as a share of these, to be stored in 32 bits: above 0
  /// and below 1. `nil`, as is the rule, where no value may change.
  public var floatErrorLimit: Double?

  public init(
    allowsUnsigned: Bool = false, keptColumns: Set<String> = [], floatErrorLimit: Double? = nil
  ) {
    precondition(
      floatErrorLimit.map { $0 > 0 && $0 < 1 } ?? true, "an error limit lies between 0 and 1")
    self.allowsUnsigned = allowsUnsigned
    self.keptColumns = keptColumns
    self.floatErrorLimit = floatErrorLimit
  }
}

extension LayoutPolicy: Codable {
  private enum Key: String, CodingKey {
    case allowsUnsigned, keptColumns, floatErrorLimit
  }

  /// Plans that were saved before columns could be kept, or floats be rounded, say nothing of that.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let limit = try container.decodeIfPresent(Double.self, forKey: .floatErrorLimit)
    guard limit.map({ $0 > 0 && $0 < 1 }) ?? true else {
      throw DecodingError.dataCorruptedError(
        forKey: .floatErrorLimit, in: container, debugDescription: "not between 0 and 1")
    }
    self.init(
      allowsUnsigned: try container.decode(Bool.self, forKey: .allowsUnsigned),
      keptColumns: Set(try container.decodeIfPresent([String].self, forKey: .keptColumns) ?? []),
      floatErrorLimit: limit)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(allowsUnsigned, forKey: .allowsUnsigned)
    if !keptColumns.isEmpty { try container.encode(keptColumns.sorted(), forKey: .keptColumns) }
    try container.encodeIfPresent(floatErrorLimit, forKey: .floatErrorLimit)
  }
}
