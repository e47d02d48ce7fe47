public import Columnar
import Platform

extension Column {
  /// The rows of several columns, one after the other, under the name of the first.
  ///
  /// Integers take the narrowest width that holds all. Dictionaries of text are united. Decimals take the most
  /// places, moments and spans the finest unit, whole numbers become decimals beside some. A column of nulls
  /// goes with any type. Takes time and memory in proportion to the rows of the answer.
  ///
  /// - Throws: `FrameError` where there is no column, where other types differ (`cast(to:)` brings
  ///   them together), and for more than 4 GiB of text or 2^32 − 2 rows.
  public init(concatenating columns: [Column]) throws(FrameError) {
    try self.init(
      concatenating: columns, isDense: columns.contains { $0.layout.storage.isDense })
  }

  /// - Parameter isDense: Whether rows are to be held in as few bits as they need.
  init(concatenating columns: [Column], isDense: Bool) throws(FrameError) {
    guard let first = columns.first else {
      throw FrameError(.argumentOutOfRange, "there is no column to begin with")
    }
    var type = first.type
    for (index, other) in columns.enumerated() {
      guard let common = type.common(with: other.type) else {
        throw FrameError(
          .unfitType, column: first.name,
          "values of type \(other.type), in number \(index + 1), do not go behind those of type \(type); read"
            + " both as one type, or cast one first")
      }
      type = common
    }
    var alike: [Column] = []
    for column in columns {
      alike.append(column.type == .null ? column : try column.cast(to: type))
    }
    let told = columns
    let columns = alike
    let count = columns.reduce(0) { $0 + $1.count }
    guard count < Int(noRow) else { throw .tooManyRows(count) }
    let parts = Parts(columns, count: count, isDense: isDense)
    if parts.nullCount == count {
      self = .nulls(first.name, type, count: count)
    } else if let whole = parts.only(of: columns) ?? parts.constant {
      self = whole.renamed(first.name)
    } else {
      switch type.domain {
      case .integer where type == .boolean: self = parts.booleans(first.name)
      case .integer: self = try parts.integers(first.name, type)
      case .float: self = parts.floats(first.name)
      case .bytes: self = try parts.texts(first.name, type)
      }
    }
    declared = Self.declared(of: told)
    planned = columns.allSatisfy { $0.planned == columns[0].planned } ? columns[0].planned : nil
  }

  /// What is said of all that were read from files; nothing where one was computed.
  private static func declared(of columns: [Column]) -> DeclaredType? {
    let told = columns.filter { $0.type != .null || $0.declared != nil }
    return told.dropFirst().reduce(told.first?.declared) { $0?.joined($1.declared) }
  }

  /// These rows and those of `other` after them, under this name.
  ///
  /// - Throws: `FrameError`, as `init(concatenating:)`.
  public func appending(_ other: Column) throws(FrameError) -> Column {
    try Column(concatenating: [self, other])
  }
}

/// Columns of one type, and where the rows of each go.
struct Parts {
  let columns: [(column: Column, start: Int)]
  let count: Int
  let nullCount: Int
  let validity: Buffer?
  /// Whether rows are to be held in as few bits as they need.
  let isDense: Bool

  /// Columns whose rows and nulls are known to go there.
  private init(
    columns: [(column: Column, start: Int)], count: Int, nullCount: Int, validity: Buffer?,
    isDense: Bool
  ) {
    self.isDense = isDense
    (self.columns, self.count) = (columns, count)
    (self.nullCount, self.validity) = (nullCount, validity)
  }

  init(_ columns: [Column], count: Int, isDense: Bool) {
    self.isDense = isDense
    var start = 0
    var parts: [(Column, Int)] = []
    for column in columns {
      if column.nullCount < column.count { parts.append((column, start)) }
      start += column.count
    }
    self.columns = parts
    self.count = count
    nullCount = columns.reduce(0) { $0 + $1.nullCount }
    guard nullCount > 0, nullCount < count else {
      validity = nil
      return
    }
    let buffer = Buffer(zeroedByteCount: (count + 7) / 8)
    for (column, start) in parts {
      withExtendedLifetime(column.validity?.bits) { bits in
        appendBits(
          bits.map { UnsafePointer($0.pointer(as: UInt64.self)) }, count: column.count,
          to: buffer.pointer(as: UInt64.self), at: start)
      }
    }
    validity = buffer
  }

  func booleans(_ name: String) -> Column {
    let buffer = Buffer(zeroedByteCount: (count + 7) / 8)
    for (column, start) in columns {
      if case .plain(.bits) = column.view, let values = column.values {
        appendBits(
          UnsafePointer(values.pointer(as: UInt64.self)), count: column.count,
          to: buffer.pointer(as: UInt64.self), at: start)
      } else {
        let rows = column.view.integers
        let bits = buffer.pointer(as: UInt8.self)
        withExtendedLifetime(ArrowNulls(column)) { nulls in
          for row in 0..<column.count where !nulls.isNull(row) && rows.value(at: row) != 0 {
            bits[(start + row) >> 3] |= 1 << UInt8((start + row) & 7)
          }
        }
      }
    }
    return .booleans(name, buffer, count: count, validity: validity, nullCount: nullCount)
  }

  func integers(_ name: String, _ type: LogicalType) throws(FrameError) -> Column {
    // Of the rows, not of all entries of a dictionary: the same under every policy.
    let ranges = columns.map(\.column.integerEnds)
    let low = ranges.map(\.lowerBound).min() ?? 0
    let high = ranges.map(\.upperBound).max() ?? 0
    // Without a sign where their file has none.
    let isUnsigned =
      high > Int128(Int64.max)
      || (low >= 0 && columns.allSatisfy { $0.column.declared?.isUnsigned == true })
    guard !isUnsigned || low >= 0 else {
      throw FrameError(.tooLarge, column: name, "\(low) and \(high) do not fit 64 bits together")
    }
    if let packed = relaidIntegers(name) ?? packedIntegers(name, type, low, high) { return packed }
    let width =
      [1, 2, 4].first { width in
        Int128.range(bits: width * 8, isSigned: !isUnsigned).contains(low...high)
      } ?? 8
    let buffer = Buffer(zeroedByteCount: count * width)
    for (column, start) in columns {
      let target = buffer.base + start * width
      column.view.integers.copy(0..<column.count, to: target, width: width)
      clearNulls(of: column, target, width)
    }
    return .integers(
      name, type, buffer, width: width, isUnsigned: isUnsigned, count: count, validity: validity,
      nullCount: nullCount)
  }

  func floats(_ name: String) -> Column {
    let isNarrow = columns.allSatisfy { $0.column.view.floats.width == 4 }
    let width = isNarrow ? 4 : 8
    let buffer = Buffer(zeroedByteCount: count * width)
    for (column, start) in columns {
      let rows = column.view.floats
      if isNarrow {
        rows.copy(0..<column.count, to: buffer.pointer(as: Float.self) + start)
      } else {
        rows.copy(0..<column.count, to: buffer.pointer(as: Double.self) + start)
      }
      clearNulls(of: column, buffer.base + start * width, width)
    }
    return Column(
      name: name, type: .float, layout: Layout(encoding: "float", width: width), count: count,
      nullCount: nullCount, validity: validity, values: buffer)
  }

  /// Null rows hold zeros, whatever they held.
  private func clearNulls(of column: Column, _ target: UnsafeMutableRawPointer, _ width: Int) {
    guard column.nullCount > 0, let bits = column.validity?.bits else { return }
    withExtendedLifetime(bits) {
      let valid = bits.pointer(as: UInt64.self)
      for word in 0..<(column.count + 63) / 64 where valid[word] != ~0 {
        for row in word * 64..<min(word * 64 + 64, column.count)
        where valid[word] >> UInt64(row & 63) & 1 == 0 { memset(target + row * width, 0, width) }
      }
    }
  }

  func texts(_ name: String, _ type: LogicalType) throws(FrameError) -> Column {
    let sharesValues = columns.allSatisfy {
      switch $0.column.view {
      case .indexed, .constant: true
      default: false
      }
    }
    if sharesValues { return unitedText(name, type) }
    if let fixed = fixedText(name, type) { return fixed }
    if let numbered = try numberedText(name, type) { return numbered }
    if let dense = denseText(name, type) { return dense }
    let offsets = Buffer(zeroedByteCount: (count + 1) * 4)
    let ends = offsets.pointer(as: UInt32.self)
    var bytes: [UInt8] = []
    var place = 0
    for (column, start) in columns {
      while place < start {
        place += 1
        ends[place] = UInt32(truncatingIfNeeded: bytes.count)
      }
      column.view.texts.forEach(0..<column.count) { row, text in
        if !column.isNull(row) { bytes.append(contentsOf: text) }
        place += 1
        ends[place] = UInt32(truncatingIfNeeded: bytes.count)
      }
    }
    guard bytes.count <= Int(UInt32.max) else { throw .longText(name) }
    while place < count {
      place += 1
      ends[place] = UInt32(bytes.count)
    }
    let values = Buffer(uninitializedByteCount: bytes.count)
    values.base.copyMemory(from: bytes, byteCount: bytes.count)
    return Column(
      name: name, type: type, layout: Layout(encoding: "utf8"), count: count,
      nullCount: nullCount, validity: validity, values: values, offsets: offsets)
  }

  /// Values that are all stored in the same number of bytes; `nil` where they are not.
  private func fixedText(_ name: String, _ type: LogicalType) -> Column? {
    guard let layout = columns.first?.column.layout,
      case .plain(.fixed(_, let width, _))? = columns.first?.column.view,
      columns.allSatisfy({ $0.column.layout == layout })
    else { return nil }
    let buffer = Buffer(zeroedByteCount: count * width)
    for (column, start) in columns {
      guard let values = column.values else { return nil }
      memcpy(buffer.base + start * width, values.base, column.count * width)
    }
    return Column(
      name: name, type: type, layout: layout, count: count, nullCount: nullCount,
      validity: validity, values: buffer)
  }

  /// Numbers in texts of one form; `nil` where they are of several.
  private func numberedText(_ name: String, _ type: LogicalType) throws(FrameError) -> Column? {
    guard let affix = columns.first?.column.layout.affix,
      columns.allSatisfy({ $0.column.layout.affix == affix })
    else { return nil }
    let parts = columns.compactMap { column, start in column.numbers.map { ($0, start) } }
    let numbers = Parts(
      columns: parts, count: count, nullCount: nullCount, validity: validity, isDense: isDense)
    return try numbers.integers(name, .integer).affixed(affix, type: type)
  }

  /// Codes of all words that one of the dictionaries has, sorted.
  private func unitedText(_ name: String, _ type: LogicalType) -> Column {
    let united = UnitedDictionary(of: columns.map(\.column), name, type)
    let words = denseWords(united.column)
    let width = words.count <= 1 << 8 ? 1 : words.count <= 1 << 16 ? 2 : 4
    let buffer = Buffer(zeroedByteCount: count * width)
    for (ranks, (column, start)) in zip(united.ranks, columns) {
      let target = buffer.base + start * width
      switch width {
      case 1: copyCodes(of: column, ranks, to: target.assumingMemoryBound(to: UInt8.self))
      case 2: copyCodes(of: column, ranks, to: target.assumingMemoryBound(to: UInt16.self))
      default: copyCodes(of: column, ranks, to: target.assumingMemoryBound(to: UInt32.self))
      }
      // Null rows have code 0, whatever word that is.
      clearNulls(of: column, target, width)
    }
    if let packed = packedCodes(name, type, words, buffer, width) { return packed }
    return Column(
      name: name, type: type,
      layout: Layout(
        encoding: "dictionary", width: width, isUnsigned: true, values: words.layout),
      count: count, nullCount: nullCount, validity: validity, values: buffer,
      dictionary: words.renamed(name))
  }

  /// The codes of a part, as `ranks` has them.
  private func copyCodes<T: FixedWidthInteger>(
    of column: Column, _ ranks: [UInt32]?, to target: UnsafeMutablePointer<T>
  ) {
    func copy<S: FixedWidthInteger>(_ codes: UnsafePointer<S>) {
      guard let ranks else {
        for row in 0..<column.count { target[row] = T(truncatingIfNeeded: codes[row]) }
        return
      }
      ranks.withUnsafeBufferPointer { ranks in
        for row in 0..<column.count {
          target[row] = T(truncatingIfNeeded: ranks[Int(truncatingIfNeeded: codes[row])])
        }
      }
    }
    switch column.view {
    case .indexed(.uint8(let codes), _, _): copy(codes)
    case .indexed(.uint16(let codes), _, _): copy(codes)
    case .indexed(.uint32(let codes), _, _): copy(codes)
    case .indexed(let codes, _, _):
      codes.forEachRun(0..<column.count) { place, count, words in
        if let ranks {
          for row in 0..<count {
            target[place + row] = T(truncatingIfNeeded: ranks[words.code(at: row)])
          }
        } else {
          for row in 0..<count { target[place + row] = T(truncatingIfNeeded: words.code(at: row)) }
        }
      }
    default:
      // A constant: one word.
      target.update(repeating: T(truncatingIfNeeded: ranks?[0] ?? 0), count: column.count)
    }
  }
}
