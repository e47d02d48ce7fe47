public import Columnar

extension Column {
  /// The same values as another type, each exactly; the first that has no such value is an error with
  /// its row. Nulls stay nulls.
  ///
  /// - Whole numbers, decimals, floats and booleans (0 and 1) become one another; a decimal becomes the
  ///   float that is written with the same digits.
  /// - Dates, times, durations and timestamps change their unit; days are midnights. A time of day becomes the
  ///   span since midnight.
  /// - Instants become those of another zone; readings of a clock without a zone become instants of `UTC`, and
  ///   these readings.
  /// - Durations become numbers, and numbers durations, by their seconds.
  /// - Every value becomes text, as it would be written out, and text becomes what it spells.
  ///
  ///       let cents = try prices.cast(to: .decimal(scale: 2))
  ///
  /// Takes a few nanoseconds a value where numbers become numbers, some ten where they become text or text
  /// becomes them, on all threads; of a dictionary for each of its values.
  ///
  /// - Throws: `FrameError` where values of this type never become those of `type`, and for the first
  ///   value that does not.
  public func cast(to type: LogicalType) throws(FrameError) -> Column {
    if type == self.type { return self }
    if let scale = type.scale, !(0...18).contains(scale) {
      throw FrameError(
        .argumentOutOfRange, column: name, "a decimal has 0 to 18 places, not \(scale)")
    }
    if nullCount == count { return .nulls(name, type, count: count) }
    guard Casting.canCast(self.type, to: type) else {
      throw FrameError(.unfitType, column: name, "values of type \(self.type) are no \(type)")
    }
    if type == .string { return written(threads: KernelThreads.count) }
    if let cast = BlockCast(self, to: type).result { return cast }
    return try castRowByRow(to: type)
  }

  /// The same for values that have none, and for rare pairs of types.
  func castRowByRow(to type: LogicalType) throws(FrameError) -> Column {
    let rows = ColumnRows(self)
    var integers: [Int64?] = []
    var floats: [Double?] = []
    // What each entry of a dictionary becomes: looked at when a row first has it.
    var codes: PlainValues?
    var known: [StoredValue?] = []
    if case .indexed(let stored, _, let entryCount) = rows.view, entryCount <= count {
      codes = stored
      known = [StoredValue?](repeating: nil, count: entryCount)
    }
    for row in 0..<count {
      var found: StoredValue?
      if rows.hasValue(row) {
        let code = codes?.code(at: row)
        found = code.flatMap { known[$0] }
        if found == nil {
          let scalar = Scalar(
            rows.view.storedValue(at: row, domain: self.type.domain), of: self.type)
          found = Casting.value(scalar, as: type)
          if case .integer(let word)? = found, !type.hasUnits(word) { found = nil }
          guard found != nil else { throw misfit(row, scalar, type) }
          if let code { known[code] = found }
        }
      }
      switch found {
      case .integer(let value):
        integers.append(Int64(value))
      case .float(let value): floats.append(value)
      case .text: throw misfit(row, "", type)
      case nil:
        integers.append(nil)
        floats.append(nil)
      }
    }
    switch type {
    case .float: return Column(name, floats: floats)
    case .boolean: return Column(name, booleans: integers.map { $0.map { $0 == 1 } })
    default: return Column(name, units: integers, of: type)
    }
  }

  private func misfit(_ row: Int, _ value: Scalar, _ type: LogicalType) -> FrameError {
    FrameError(
      .unfitValue, column: name, row: row, "'\(value)' in row \(row + 1) is no \(type)")
  }
}

/// What values of one type are as another.
enum Casting {
  static func canCast(_ from: LogicalType, to type: LogicalType) -> Bool {
    switch (from, type) {
    case (_, .string): true
    case (_, .null), (_, .uuid), (_, .ipv4): false
    case (.string, _): true
    case (.boolean, .integer), (.boolean, .decimal), (.boolean, .float), (.integer, .boolean),
      (.decimal, .boolean), (.float, .boolean):
      true
    case (.integer, .float), (.integer, .decimal), (.decimal, .integer), (.decimal, .decimal),
      (.decimal, .float), (.float, .integer), (.float, .decimal):
      true
    case (.date, .timestamp), (.timestamp, .date), (.time, .time), (.duration, .duration): true
    case (.time, .duration): true
    case (.duration, .integer), (.duration, .decimal), (.duration, .float), (.integer, .duration),
      (.decimal, .duration), (.float, .duration):
      true
    // A reading of a clock is taken for UTC's, and the other way round; that of a place is not known here.
    case (.timestamp(_, let zone), .timestamp(_, let other)):
      (zone == nil) == (other == nil) || (zone ?? other) == "UTC"
    default: false
    }
  }

  /// The value as a column of `type` stores it; `nil` where it is none.
  static func value(_ value: Scalar, as type: LogicalType) -> StoredValue? {
    switch (value, type) {
    case (.text(let bytes), _): return spelled(bytes, as: type)
    case (.duration, .duration): return value.stored(in: type)
    case (.time(let units, let unit), .duration):
      return Scalar.duration(units, unit: unit).stored(in: type)
    case (.timestamp(let units, let unit, _), .timestamp(_, let zone)):
      return Scalar.timestamp(units, unit: unit, zone: zone).stored(in: type)
    // In seconds.
    case (.duration(let units, let unit), _):
      return self.value(.decimal(unscaled: units, scale: unit.fractionDigits), as: type)
    case (_, .duration(let unit)):
      return self.value(value, as: .decimal(scale: unit.fractionDigits))
    case (.boolean(let truth), _): return self.value(.integer(truth ? 1 : 0), as: type)
    case (_, .boolean):
      guard case .integer(let number)? = self.value(value, as: .integer), number == 0 || number == 1
      else { return nil }
      return .integer(number)
    case (.decimal(let digits, let scale), .float):
      let number = Double(digits) / Double(powerOfTen(scale))
      // Up to 2^53 the quotient is rounded once, which is the number nearest to what is written.
      return digits.magnitude <= 1 << 53 ? .float(number) : nil
    case (.float(let number), .integer): return Int128(exactly: number).map { .integer($0) }
    case (.float(let number), .decimal(let scale)):
      let power = Double(powerOfTen(scale))
      guard let digits = Int128(exactly: (number * power).rounded()),
        Double(digits) / power == number
      else { return nil }
      return .integer(digits)
    case (.date(let days), .timestamp(let unit, _)):
      return .integer(days * 86_400 * Int128(unit.perSecond))
    case (.timestamp(let value, let unit, _), .date):
      let unitsPerDay = 86_400 * Int128(unit.perSecond)
      return value % unitsPerDay == 0 ? .integer(value / unitsPerDay) : nil
    default: return value.stored(in: type)
    }
  }

  /// What a text spells: digits, `true` and `false`, dates and times by ISO 8601.
  static func spelled(_ bytes: [UInt8], as type: LogicalType) -> StoredValue? {
    let text = String(decoding: bytes, as: UTF8.self)
    switch type {
    case .boolean: return ["true": 1, "false": 0][text].map { .integer($0) }
    case .integer: return Int128(text).map { .integer($0) }
    case .float: return Double(text).map { .float($0) }
    case .decimal(let scale): return decimal(text).flatMap { value($0, as: .decimal(scale: scale)) }
    case .date:
      guard let found = CalendarPart.parse(bytes), found.nanoseconds == nil else { return nil }
      return found.day.map { .integer(Int128($0)) }
    case .time(let unit):
      guard let found = CalendarPart.parse(bytes), found.day == nil else { return nil }
      return found.nanoseconds.flatMap { inUnits(Int128($0), unit) }
    case .duration(let unit): return CalendarPart.parseSpan(bytes).flatMap { inUnits($0, unit) }
    case .timestamp(let unit, let zone):
      guard let found = CalendarPart.parse(bytes), found.isInstant == (zone != nil),
        let day = found.day, let nanoseconds = found.nanoseconds
      else { return nil }
      return inUnits(Int128(day) * 86_400_000_000_000 + Int128(nanoseconds), unit)
    default: return nil
    }
  }

  private static func inUnits(_ nanoseconds: Int128, _ unit: TimeUnit) -> StoredValue? {
    let divisor = 1_000_000_000 / Int128(unit.perSecond)
    return nanoseconds % divisor == 0 ? .integer(nanoseconds / divisor) : nil
  }

  private static func decimal(_ text: String) -> Scalar? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, Int128(whole) != nil || whole == "-" else {
      return nil
    }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard fraction.utf8.allSatisfy({ $0 &- 0x30 <= 9 }), fraction.utf8.count <= 36 else {
      return nil
    }
    return Int128(whole + fraction).map { .decimal(unscaled: $0, scale: fraction.utf8.count) }
  }
}

extension DataFrame {
  /// This table with a column as another type.
  ///
  /// - Throws: `FrameError` where there is no such column, and as `Column.cast(to:)`.
  public func casting(_ name: String, to type: LogicalType) throws(FrameError) -> DataFrame {
    try assigning(column(name).cast(to: type))
  }
}
