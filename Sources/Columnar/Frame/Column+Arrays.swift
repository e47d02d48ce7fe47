/// Columns of values that a program has at hand, each in the narrowest plain layout; `nil` is null.
extension Column {
  /// Whole numbers.
  public init(_ name: String, integers values: [Int64?]) {
    self.init(name, units: values, of: .integer)
  }

  /// The units of a type: digits of a decimal, days since 1970 of a date.
  ///
  /// - Throws: `FrameError` where values of `type` are not counted in integers, for a decimal that has not 0 to
  ///   18 places, for a time that no day has and for a date beyond 32 bits.
  public init(_ name: String, integers values: [Int64?], type: LogicalType) throws(FrameError) {
    guard type.domain == .integer, type != .boolean, type != .null else {
      throw FrameError(
        .unfitType, column: name,
        "values of type \(type) are not counted in integers; allowed are integer, decimal, date, time, "
          + "duration and timestamp")
    }
    if let scale = type.scale, !(0...18).contains(scale) {
      throw FrameError(
        .argumentOutOfRange, column: name, "a decimal has 0 to 18 places, not \(scale)")
    }
    if let range = type.unitRange,
      let row = values.firstIndex(where: { $0.map { !range.contains($0) } ?? false })
    {
      throw FrameError(
        .unfitValue, column: name, row: row,
        "\(values[row] ?? 0) in row \(row + 1) is no \(type): those are \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
    self.init(name, units: values, of: type)
  }

  /// - Precondition: `type` is counted in integers.
  package init(_ name: String, units values: [Int64?], of type: LogicalType) {
    let buffer = Buffer(uninitializedByteCount: values.count * 8)
    buffer.fill(with: values)
    let nulls = Nulls(values)
    self = .units(
      name, type, buffer, count: values.count, validity: nulls.validity, nullCount: nulls.count)
  }

  /// Binary64.
  public init(_ name: String, floats values: [Double?]) {
    let buffer = Buffer(uninitializedByteCount: values.count * 8)
    buffer.fill(with: values)
    let nulls = Nulls(values)
    self = .floats(
      name, buffer, count: values.count, validity: nulls.validity, nullCount: nulls.count)
  }

  /// True and false, a bit a row.
  public init(_ name: String, booleans values: [Bool?]) {
    let buffer = Buffer(zeroedByteCount: (values.count + 7) / 8)
    let bits = buffer.pointer(as: UInt8.self)
    for (row, value) in values.enumerated() where value == true {
      bits[row >> 3] |= 1 << UInt8(row & 7)
    }
    let nulls = Nulls(values)
    self = .booleans(
      name, buffer, count: values.count, validity: nulls.validity, nullCount: nulls.count)
  }

  /// Text, as codes of a sorted dictionary where that takes less than the text. Words are found on all
  /// threads.
  ///
  /// - Precondition: The texts that a dictionary does not shorten take 4 GiB at most.
  public init(_ name: String, strings values: [String?]) {
    self.init(name, .string, NullableStrings(values: values), threads: .max)
  }

  /// The same of texts of which none is null.
  package init(_ name: String, strings values: [String]) {
    self.init(name, .string, Strings(values: values), threads: .max)
  }

  /// The same of bytes, which are values of `type`.
  package init(_ name: String, texts values: [[UInt8]?], of type: LogicalType) {
    self.init(name, type, ByteStrings(values: values), threads: .max)
  }

  /// Text row by row, as the entries of a dictionary.
  package init(words: [[UInt8]], _ name: String, _ type: LogicalType) {
    self.init(plainText: ByteStrings(values: words), name, type, validity: nil, nullCount: 0)
  }
}

extension LogicalType {
  /// What units of the type there are, where these are fewer than 64 bits have: a day's, and the days of Arrow.
  package var unitRange: ClosedRange<Int64>? {
    switch self {
    case .time(let unit): 0...86_400 * unit.perSecond - 1
    case .date: Int64(Int32.min)...Int64(Int32.max)
    default: nil
    }
  }

  /// Whether 64 bits with a sign hold so many units, and there is a value of so many.
  package func hasUnits(_ count: Int128) -> Bool {
    guard let count = Int64(exactly: count) else { return false }
    return unitRange?.contains(count) ?? true
  }
}

/// Which rows are null, and how many.
private struct Nulls {
  let count: Int
  let validity: Buffer?

  init<T>(_ values: [T?]) {
    count = values.count { $0 == nil }
    if count == 0 || count == values.count {
      validity = nil
      return
    }
    let buffer = Buffer(zeroedByteCount: (values.count + 7) / 8)
    let bits = buffer.pointer(as: UInt8.self)
    for (row, value) in values.enumerated() where value != nil {
      bits[row >> 3] |= 1 << UInt8(row & 7)
    }
    validity = buffer
  }
}

extension Buffer {
  /// Writes the values, zero for those that are not there.
  fileprivate func fill<T: Numeric>(with values: [T?]) {
    let target = pointer(as: T.self)
    for (row, value) in values.enumerated() { target[row] = value ?? 0 }
  }
}
