public import Columnar

/// Spans of time, and times of day as the time since midnight, in any unit.
extension Duration: ColumnValue {
  public static func _holdsAll(_ rows: ElementRows) -> Bool {
    switch rows.type {
    case .time, .duration: true
    default: false
    }
  }

  public static func _value(_ rows: ElementRows, _ row: Int) -> Duration {
    Duration(Int64(truncatingIfNeeded: rows.integer(at: row)), rows.type.unit ?? .second)
  }

  public static func _append(
    _ rows: ElementRows, _ range: Range<Int>, to values: inout [Duration?]
  ) {
    let unit = rows.type.unit ?? .second
    rows.forEachInteger(range) { units in values.append(units.map { Duration($0, unit) }) }
  }

  /// Spans of time in the coarsest unit that tells them all.
  public static func _column(_ name: String, of values: [Duration?]) throws(FrameError) -> Column {
    var unit = TimeUnit.second
    for (row, value) in values.enumerated() {
      guard let attoseconds = value?.components.attoseconds else { continue }
      let own = TimeUnit.allCases.first { attoseconds % (attosecondsPerSecond / $0.perSecond) == 0 }
      guard let own else {
        throw FrameError(
          .unfitValue, column: name, row: row,
          "the duration in row \(row + 1) tells less than a nanosecond; round it first")
      }
      unit = max(unit, own)
    }
    var units: [Int64?] = []
    units.reserveCapacity(values.count)
    for (row, value) in values.enumerated() {
      guard let value else {
        units.append(nil)
        continue
      }
      guard let count = value.count(of: unit) else {
        throw FrameError(
          .argumentOutOfRange, column: name, row: row,
          "the duration in row \(row + 1) has more than 2^63 \(unit.rawValue), which others ask for"
        )
      }
      units.append(count)
    }
    return try Column(name, integers: units, type: .duration(unit: unit))
  }

  private static var attosecondsPerSecond: Int64 { 1_000_000_000_000_000_000 }

  private init(_ count: Int64, _ unit: TimeUnit) {
    let (seconds, rest) = count.quotientAndRemainder(dividingBy: unit.perSecond)
    self.init(
      secondsComponent: seconds,
      attosecondsComponent: rest * (Self.attosecondsPerSecond / unit.perSecond))
  }

  /// How many units it lasts, of which it is a multiple; `nil` past 64 bits.
  private func count(of unit: TimeUnit) -> Int64? {
    let (seconds, attoseconds) = components
    return Int64(
      exactly: Int128(seconds) * Int128(unit.perSecond)
        + Int128(attoseconds / (Self.attosecondsPerSecond / unit.perSecond)))
  }
}
