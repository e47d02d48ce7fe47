/// What the values of a column mean, whatever the bytes that hold them.
public enum LogicalType: Hashable, Sendable {
  /// No value at all: every field was empty.
  case null
  /// True or false.
  case boolean
  /// Whole numbers between −2^63 and 2^64 − 1.
  case integer
  /// Numbers with `scale` decimal places, held exactly as integers: 12.30 is 1230 at scale 2.
  case decimal(scale: Int)
  /// IEEE 754 binary64, correctly rounded from the text.
  case float
  /// Days of the proleptic Gregorian calendar.
  case date
  /// A time of day.
  case time(unit: TimeUnit)
  /// A span of time, which may be longer than a day, and below zero.
  case duration(unit: TimeUnit)
  /// A point in time: an instant where there is a zone, a reading of a calendar and clock where not.
  case timestamp(unit: TimeUnit, zone: String?)
  /// UUIDs, 16 bytes each.
  case uuid
  /// IPv4 addresses, 4 bytes each.
  case ipv4
  /// Text, or bytes that are not valid UTF-8 where the reader was told to keep them.
  case string
}

/// The unit in which times are counted.
public enum TimeUnit: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// Seconds.
  case second = "s"
  /// Thousandths of a second.
  case millisecond = "ms"
  /// Millionths of a second.
  case microsecond = "us"
  /// Billionths of a second.
  case nanosecond = "ns"

  /// How many digits of a second's fraction the unit can tell: 0, 3, 6 or 9.
  public var fractionDigits: Int {
    switch self {
    case .second: 0
    case .millisecond: 3
    case .microsecond: 6
    case .nanosecond: 9
    }
  }

  /// How many of the unit make a second.
  public var perSecond: Int64 {
    switch self {
    case .second: 1
    case .millisecond: 1_000
    case .microsecond: 1_000_000
    case .nanosecond: 1_000_000_000
    }
  }

  /// The coarsest unit that tells `digits` digits of a fraction.
  public init(fractionDigits digits: Int) {
    self = TimeUnit.allCases.first { $0.fractionDigits >= digits } ?? .nanosecond
  }

  public static func < (a: TimeUnit, b: TimeUnit) -> Bool { a.fractionDigits < b.fractionDigits }
}

extension LogicalType {
  /// The bare name, without scale, unit or zone.
  public var name: String {
    switch self {
    case .null: "null"
    case .boolean: "boolean"
    case .integer: "integer"
    case .decimal: "decimal"
    case .float: "float"
    case .date: "date"
    case .time: "time"
    case .duration: "duration"
    case .timestamp: "timestamp"
    case .uuid: "uuid"
    case .ipv4: "ipv4"
    case .string: "string"
    }
  }

  /// The three ways in which values are handed from the parser to an encoding.
  public enum Domain: Hashable, Sendable {
    /// 64-bit integers: booleans, integers, decimals (scaled), dates (days), times and spans of time (units).
    case integer
    /// binary64.
    case float
    /// Byte strings: text, and UUIDs as 16 bytes.
    case bytes
  }

  /// The way in which values of the type are handed on.
  public var domain: Domain {
    switch self {
    case .null, .boolean, .integer, .decimal, .date, .time, .duration, .timestamp: .integer
    case .float: .float
    case .ipv4, .uuid, .string: .bytes
    }
  }

  /// The decimal places of a decimal; `nil` for other types.
  public var scale: Int? {
    if case .decimal(let scale) = self { scale } else { nil }
  }

  /// The unit of times, durations and timestamps; `nil` for other types.
  public var unit: TimeUnit? {
    switch self {
    case .time(let unit), .duration(let unit), .timestamp(let unit, _): unit
    default: nil
    }
  }

  /// The zone of instants; `nil` for other types and readings of a clock.
  public var zone: String? {
    if case .timestamp(_, let zone) = self { zone } else { nil }
  }
}

extension LogicalType: CustomStringConvertible {
  /// `decimal(2)`, `timestamp(ms, UTC)`, otherwise the bare name.
  public var description: String {
    switch self {
    case .decimal(let scale): "decimal(\(scale))"
    case .time(let unit): "time(\(unit.rawValue))"
    case .duration(let unit): "duration(\(unit.rawValue))"
    case .timestamp(let unit, let zone?): "timestamp(\(unit.rawValue), \(zone))"
    case .timestamp(let unit, nil): "timestamp(\(unit.rawValue))"
    default: name
    }
  }
}

extension LogicalType: Codable {
  private enum Key: String, CodingKey { case name, scale, unit, zone }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .name)
    let unit = try container.decodeIfPresent(TimeUnit.self, forKey: .unit) ?? .second
    switch name {
    case "decimal":
      let scale = try container.decode(Int.self, forKey: .scale)
      guard (0...18).contains(scale) else {
        throw DecodingError.dataCorruptedError(
          forKey: .scale, in: container, debugDescription: "A decimal has 0 to 18 places.")
      }
      self = .decimal(scale: scale)
    case "time": self = .time(unit: unit)
    case "duration": self = .duration(unit: unit)
    case "timestamp":
      self = .timestamp(unit: unit, zone: try container.decodeIfPresent(String.self, forKey: .zone))
    default:
      guard let type = LogicalType.plainTypes.first(where: { $0.name == name }) else {
        throw DecodingError.dataCorruptedError(
          forKey: .name, in: container, debugDescription: "There is no logical type '\(name)'.")
      }
      self = type
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encodeIfPresent(scale, forKey: .scale)
    try container.encodeIfPresent(unit, forKey: .unit)
    try container.encodeIfPresent(zone, forKey: .zone)
  }

  /// The types that have no parameters.
  public static let plainTypes: [LogicalType] = [
    .null, .boolean, .integer, .float, .date, .uuid, .ipv4, .string,
  ]
}
