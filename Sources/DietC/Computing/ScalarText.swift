import Columnar
import Kernels
import Wording

// Values as JSON, exactly: whole numbers of any size, decimals as text, dates as days since 1970, times,
// durations and timestamps in their unit. What JSON has no number for is text: "nan", "inf".

extension Scalar {
  /// One value with its type: `{"type": "decimal", "values": ["12.30"]}`.
  var answer: JSONText { .answer(type, [json]) }

  fileprivate var json: JSONText {
    switch self {
    case .boolean(let value): .bool(value)
    case .integer(let value), .date(let value), .time(let value, _), .duration(let value, _),
      .timestamp(let value, _, _):
      .integer(value)
    case .decimal: .string(description)
    case .float(let value): .number(value)
    case .text(let bytes): .string(String(decoding: bytes, as: UTF8.self))
    }
  }

  private var type: LogicalType {
    switch self {
    case .boolean: .boolean
    case .integer: .integer
    case .decimal(_, let scale): .decimal(scale: scale)
    case .float: .float
    case .date: .date
    case .time(_, let unit): .time(unit: unit)
    case .duration(_, let unit): .duration(unit: unit)
    case .timestamp(_, let unit, let zone): .timestamp(unit: unit, zone: zone)
    case .text: .string
    }
  }
}

extension Column {
  /// All values with their type.
  var values: JSONText {
    let rows = DataFrame(aligned: [renamed("")]).rows
    return .answer(type, rows.map { $0[""].map(\.json) ?? .null })
  }

  /// The value of the first row.
  var firstValue: Scalar? { DataFrame(aligned: [renamed("")]).rows[0][""] }
}

extension JSONText {
  /// A float, whatever it is.
  static func number(_ value: Double) -> JSONText {
    value.isFinite ? .float(value) : .string(value.description)
  }

  fileprivate static func answer(_ type: LogicalType, _ values: [JSONText]) -> JSONText {
    var members: [(key: String, value: JSONText)] = [("type", .string(type.name))]
    if let unit = type.unit { members.append(("unit", .string(unit.rawValue))) }
    if let zone = type.zone { members.append(("zone", .string(zone))) }
    return .object(members + [("values", .array(values))])
  }
}
