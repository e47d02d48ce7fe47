/// What the user allows when layouts are chosen.
public struct LayoutPolicy: Hashable, Sendable {
  /// Integers without a sign (u8–u32) may be used; otherwise only u64, for values past 2^63 − 1.
  public var allowsUnsigned: Bool
  /// The names of columns that stay in their plain wide layout.
  public var keptColumns: Set<String>
  /// How far floats may be from their values, as a share of these, to be stored in 32 bits: above 0
  /// and below 1. `nil`, as is the rule, where no value may change; another number is as good as none.
  public var floatErrorLimit: Double? {
    didSet { floatErrorLimit = Self.limit(floatErrorLimit) }
  }
  /// The room that integers get beyond their own values.
  public var room: IntegerRoom
  /// How densely values are stored.
  public var storage = StoragePolicy.fast
  /// Which columns engines get as dictionaries: these are such under every storage policy. No part of what is saved.
  package var categories = CategoryPolicy.text
  /// Whether layouts are offered whose bytes are learned from text; no part of what is saved.
  package private(set) var learnsText = true

  /// What is allowed; by default nothing that changes a value, and no integer without a sign.
  public init(
    allowsUnsigned: Bool = false, keptColumns: Set<String> = [], floatErrorLimit: Double? = nil,
    room: IntegerRoom = .none
  ) {
    self.allowsUnsigned = allowsUnsigned
    self.keptColumns = keptColumns
    self.floatErrorLimit = Self.limit(floatErrorLimit)
    self.room = room
  }

  /// The same, with values held as densely as that.
  ///
  /// - Parameter learnsText: Whether layouts are offered whose bytes are learned from text.
  package func storing(
    _ storage: StoragePolicy, learningText learnsText: Bool = true
  ) -> LayoutPolicy {
    var policy = self
    policy.storage = storage
    policy.learnsText = learnsText
    return policy
  }

  private static func limit(_ limit: Double?) -> Double? {
    limit.flatMap { $0 > 0 && $0 < 1 ? $0 : nil }
  }
}

extension LayoutPolicy: Codable {
  private enum Key: String, CodingKey {
    case allowsUnsigned, keptColumns, floatErrorLimit, margin, minimumBits, holdsSums, storage
  }

  /// Plans that were saved before there was anything of this to say are silent about it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let limit = try container.decodeIfPresent(Double.self, forKey: .floatErrorLimit)
    guard limit.map({ $0 > 0 && $0 < 1 }) ?? true else {
      throw DecodingError.dataCorruptedError(
        forKey: .floatErrorLimit, in: container, debugDescription: "not between 0 and 1")
    }
    let margin = try container.decodeIfPresent(String.self, forKey: .margin)
    guard let margin = Margin(margin ?? Margin.none.description) else {
      throw DecodingError.dataCorruptedError(
        forKey: .margin, in: container, debugDescription: "no factor of at least 1")
    }
    let bits = try container.decodeIfPresent(Int.self, forKey: .minimumBits) ?? 8
    guard IntegerRoom.widths.contains(bits) else {
      throw DecodingError.dataCorruptedError(
        forKey: .minimumBits, in: container, debugDescription: "none of 8, 16, 32, 64")
    }
    self.init(
      allowsUnsigned: try container.decode(Bool.self, forKey: .allowsUnsigned),
      keptColumns: Set(try container.decodeIfPresent([String].self, forKey: .keptColumns) ?? []),
      floatErrorLimit: limit,
      room: IntegerRoom(
        margin: margin, minimumBits: bits,
        holdsSums: try container.decodeIfPresent(Bool.self, forKey: .holdsSums) ?? false))
    storage = try container.decodeIfPresent(StoragePolicy.self, forKey: .storage) ?? .fast
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(allowsUnsigned, forKey: .allowsUnsigned)
    if !keptColumns.isEmpty { try container.encode(keptColumns.sorted(), forKey: .keptColumns) }
    try container.encodeIfPresent(floatErrorLimit, forKey: .floatErrorLimit)
    if room.margin != .none { try container.encode(room.margin.description, forKey: .margin) }
    if room.minimumBits > 8 { try container.encode(room.minimumBits, forKey: .minimumBits) }
    if storage != .fast { try container.encode(storage, forKey: .storage) }
    if room.holdsSums { try container.encode(true, forKey: .holdsSums) }
  }
}
