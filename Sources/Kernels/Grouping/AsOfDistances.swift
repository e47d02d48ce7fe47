import Columnar

/// How far rows of one table are from those of another.
struct AsOfDistances {
  private enum Values {
    case integers(IntegerRows, tolerance: Int128)
    case floats(FloatRows, tolerance: Double)
  }

  /// The rows of both, one behind the other.
  private let column: Column
  private let count: Int
  private let values: Values

  init(_ column: Column, _ count: Int, _ tolerance: Scalar?) throws(GroupingError) {
    self.column = column
    self.count = count
    func refused() -> GroupingError {
      let wanted =
        switch column.type {
        case .date: "days, 0 or more"
        case .time, .timestamp, .duration: "a duration of 0 or more"
        default: "a number of 0 or more"
        }
      return GroupingError(
        .argumentOutOfRange, column: column.name, among: ["the tolerance", wanted])
    }
    switch column.type.domain {
    case .bytes:
      throw GroupingError(
        .unsupportedType, column: column.name, among: ["distance", "\(column.type)"])
    case .float:
      guard let tolerance else {
        values = .floats(column.view.floats, tolerance: .infinity)
        break
      }
      guard let limit = tolerance.number, limit >= 0 else { throw refused() }
      values = .floats(column.view.floats, tolerance: limit)
    case .integer:
      guard let tolerance else {
        values = .integers(column.view.integers, tolerance: .max)
        break
      }
      guard let limit = tolerance.distance(in: column.type), limit >= 0 else { throw refused() }
      values = .integers(column.view.integers, tolerance: limit)
    }
  }

  /// Of two partners of each row the nearer one, and the first where both are as near.
  func nearer(_ first: [UInt32], _ second: [UInt32]) -> [UInt32] {
    first.indices.map { row in
      if first[row] == noRow || second[row] == noRow {
        return first[row] == noRow ? second[row] : first[row]
      }
      let (a, b) = (count + Int(first[row]), count + Int(second[row]))
      switch values {
      case .integers(let rows, _):
        let value = rows.wideValue(at: row)
        let isNearer = abs(rows.wideValue(at: b) - value) < abs(rows.wideValue(at: a) - value)
        return isNearer ? second[row] : first[row]
      case .floats(let rows, _):
        let value = rows.value(at: row)
        let isNearer =
          Self.distance(rows.value(at: b), value) < Self.distance(rows.value(at: a), value)
        return isNearer ? second[row] : first[row]
      }
    }
  }

  /// Partners that are not too far away.
  func within(_ partners: [UInt32]) -> [UInt32] {
    partners.enumerated().map { row, partner in
      guard partner != noRow else { return noRow }
      let place = count + Int(partner)
      switch values {
      case .integers(let rows, let tolerance):
        let distance = abs(rows.wideValue(at: place) - rows.wideValue(at: row))
        return distance <= tolerance ? partner : noRow
      case .floats(let rows, let tolerance):
        let distance = Self.distance(rows.value(at: place), rows.value(at: row))
        return distance <= tolerance ? partner : noRow
      }
    }
  }

  /// An infinity is at no distance from itself.
  private static func distance(_ a: Double, _ b: Double) -> Double { a == b ? 0 : abs(a - b) }
}

extension Scalar {
  /// As binary64, where it is a number.
  fileprivate var number: Double? {
    switch self {
    case .float(let number): number
    case .integer(let integer): Double(integer)
    case .decimal(let digits, let scale):
      (0...38).contains(scale) ? Double(digits) / Double(powerOfTen(scale)) : nil
    case .boolean, .date, .time, .duration, .timestamp, .text: nil
    }
  }

  /// The most units of a column of `type` that lie within this; `nil` where it is no distance of its
  /// values.
  fileprivate func distance(in type: LogicalType) -> Int128? {
    switch type {
    case .date:
      if case .duration(let value, let unit) = self {
        return value.flooredQuotient(86_400 * Int128(unit.perSecond))
      }
      return place(in: .integer)?.floor
    case .time(let unit), .timestamp(let unit, _), .duration(let unit):
      guard case .duration = self else { return nil }
      return place(in: .duration(unit: unit))?.floor
    case .boolean, .null: return place(in: .integer)?.floor
    case .integer, .decimal: return place(in: type)?.floor
    case .float, .uuid, .ipv4, .string: return nil
    }
  }
}
