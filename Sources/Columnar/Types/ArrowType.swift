/// The types of Arrow that tables are written in.
package enum ArrowType: Hashable, Sendable {
  case null
  case boolean
  case integer(bits: Int, isSigned: Bool)
  /// 32 or 64 bits.
  case float(bits: Int)
  /// 128 bits, of which `precision` decimal digits are used.
  case decimal(precision: Int, scale: Int)
  /// Days in 32 bits.
  case date
  /// Seconds and milliseconds in 32 bits, the finer ones in 64.
  case time(TimeUnit)
  case timestamp(TimeUnit, zone: String?)
  /// Spans of time in 64 bits.
  case duration(TimeUnit)
  /// Text with 32-bit offsets.
  case utf8
}

extension ArrowType {
  /// The bytes of one value; `nil` where they are not whole and fixed.
  package var byteWidth: Int? {
    switch self {
    case .null, .boolean, .utf8: nil
    case .integer(let bits, _), .float(let bits): bits / 8
    case .decimal: 16
    case .date: 4
    case .time(let unit): unit <= .millisecond ? 4 : 8
    case .timestamp, .duration: 8
    }
  }

  /// How many buffers an array of this type has.
  package var bufferCount: Int {
    switch self {
    case .null: 0
    case .utf8: 3
    default: 2
    }
  }
}

extension ArrowType: CustomStringConvertible {
  /// As pyarrow prints it: `int16`, `decimal128(15, 2)`, `timestamp[ms, tz=UTC]`.
  package var description: String {
    switch self {
    case .null: "null"
    case .boolean: "bool"
    case .integer(let bits, let isSigned): (isSigned ? "int" : "uint") + "\(bits)"
    case .float(let bits): bits == 32 ? "float" : "double"
    case .decimal(let precision, let scale): "decimal128(\(precision), \(scale))"
    case .date: "date32[day]"
    case .time(let unit): "time\(unit <= .millisecond ? 32 : 64)[\(unit.rawValue)]"
    case .timestamp(let unit, nil): "timestamp[\(unit.rawValue)]"
    case .timestamp(let unit, let zone?): "timestamp[\(unit.rawValue), tz=\(zone)]"
    case .duration(let unit): "duration[\(unit.rawValue)]"
    case .utf8: "string"
    }
  }
}

extension ArrowType {
  /// The unit of instants and spans of time, in which they may be handed on; `nil` for other types.
  package var unit: TimeUnit? {
    switch self {
    case .timestamp(let unit, _), .duration(let unit): unit
    default: nil
    }
  }
}
