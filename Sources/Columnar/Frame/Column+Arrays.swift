/// Columns of values that a program has at hand, each in the narrowest plain layout; `nil` is null.
extension Column {
  /// Whole numbers.
  public init(_ name: String, integers values: [Int64?]) {
    self.init(name, units: values, of: .integer)
  }

  /// The units of a type: digits of a decimal, days since 1970 of a date.
  ///
  /// - Throws: `FrameError` where values of `type` are not counted in integers, and for a decimal that
  ///   has not 0 to 18 places.
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
    self.init(name, units: values, of: type)
  }

  /// - Precondition: `type` is counted in integers.
  package init(_ name: String, units values: [Int64?], of type: LogicalType) {
    let present = values.lazy.compactMap { $0 }
    let (least, greatest) = (present.min() ?? 0, present.max() ?? 0)
    let width = [1, 2, 4].first { width in
      let half = Int64(1) << Int64(width * 8 - 1)
      return least >= -half && greatest < half
    }
    let buffer = Buffer(uninitializedByteCount: values.count * (width ?? 8))
    switch width {
    case 1: buffer.fill(with: values) { Int8(truncatingIfNeeded: $0) }
    case 2: buffer.fill(with: values) { Int16(truncatingIfNeeded: $0) }
    case 4: buffer.fill(with: values) { Int32(truncatingIfNeeded: $0) }
    default: buffer.fill(with: values) { $0 }
    }
    let nulls = Nulls(values)
    self = .integers(
      name, type, buffer, width: width ?? 8, count: values.count, validity: nulls.validity,
      nullCount: nulls.count)
  }

  /// Binary64.
  public init(_ name: String, floats values: [Double?]) {
    let buffer = Buffer(uninitializedByteCount: values.count * 8)
    buffer.fill(with: values) { $0 }
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

  /// Text, as codes of a sorted dictionary where that takes less than the text.
  public init(_ name: String, strings values: [String?]) {
    self.init(name, texts: values.map { $0.map { Array($0.utf8) } }, of: .string)
  }

  /// The same of bytes, which are values of `type`.
  package init(_ name: String, texts values: [[UInt8]?], of type: LogicalType) {
    let codes = Set(values.lazy.compactMap { $0 }).sorted { $0.lexicographicallyPrecedes($1) }
    let textByteCount = values.reduce(0) { $0 + ($1?.count ?? 0) } + values.count * 4
    let width = codes.count <= 1 << 8 ? 1 : codes.count <= 1 << 16 ? 2 : 4
    let distinctByteCount = codes.reduce(0) { $0 + $1.count + 4 }
    let nulls = Nulls(values)
    if nulls.count == values.count {
      self = .nulls(name, type, count: values.count)
    } else if (values.count * width + distinctByteCount) * 5 <= textByteCount * 4 {
      let ranks = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
      let rows = values.map { $0.map { ranks[$0] ?? 0 } ?? 0 }
      let buffer = Buffer(uninitializedByteCount: values.count * width)
      switch width {
      case 1: buffer.fill(with: rows) { UInt8(truncatingIfNeeded: $0) }
      case 2: buffer.fill(with: rows) { UInt16(truncatingIfNeeded: $0) }
      default: buffer.fill(with: rows) { UInt32(truncatingIfNeeded: $0) }
      }
      self.init(
        name: name, type: type,
        layout: Layout(
          encoding: "dictionary", width: width, isUnsigned: true, values: Layout(encoding: "utf8")),
        count: values.count, nullCount: nulls.count, validity: nulls.validity, values: buffer,
        dictionary: Column(words: codes, name, type))
    } else {
      self.init(plainText: values.map { $0 ?? [] }, name, type, nulls)
    }
  }

  /// Text row by row, as the entries of a dictionary.
  package init(words: [[UInt8]], _ name: String, _ type: LogicalType) {
    self.init(plainText: words, name, type, Nulls(count: 0, validity: nil))
  }

  private init(
    plainText rows: [[UInt8]], _ name: String, _ type: LogicalType, _ nulls: Nulls
  ) {
    let bytes = Buffer(uninitializedByteCount: rows.reduce(0) { $0 + $1.count })
    let offsets = Buffer(uninitializedByteCount: (rows.count + 1) * 4)
    var position = 0
    for (row, text) in rows.enumerated() {
      offsets.pointer(as: UInt32.self)[row] = UInt32(position)
      for byte in text {
        bytes.pointer(as: UInt8.self)[position] = byte
        position += 1
      }
    }
    offsets.pointer(as: UInt32.self)[rows.count] = UInt32(position)
    self.init(
      name: name, type: type, layout: Layout(encoding: "utf8"), count: rows.count,
      nullCount: nulls.count, validity: nulls.validity, values: bytes, offsets: offsets)
  }
}

/// Which rows are null, and how many.
private struct Nulls {
  let count: Int
  let validity: Buffer?

  init(count: Int, validity: Buffer?) {
    self.count = count
    self.validity = validity
  }

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
  fileprivate func fill<S, T: Numeric>(with values: [S?], _ convert: (S) -> T) {
    let target = pointer(as: T.self)
    for (row, value) in values.enumerated() { target[row] = value.map(convert) ?? 0 }
  }
}
