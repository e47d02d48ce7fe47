import CKernels
import Columnar

/// A column as another type, a block of rows after the other on all threads: what each pair of types needs
/// below one dispatch. `nil` where some value has no such value, or where there is no such loop: the
/// general way then says which row.
struct BlockCast {
  private let column: Column
  private let rows: ColumnRows
  private let type: LogicalType

  init(_ column: Column, to type: LogicalType) {
    self.column = column
    self.type = type
    rows = ColumnRows(column)
  }

  var result: Column? {
    if rows.valueCount == 0 { return nil }
    if case .indexed(_, _, let entryCount) = rows.view, entryCount <= rows.count {
      return lookedUp
    }
    switch (column.type.domain, type.domain) {
    case (.integer, .float): return floatsOfIntegers
    case (.integer, .integer): return integersOfIntegers
    case (.float, .integer): return integersOfFloats
    case (.bytes, .float): return parsed(FieldParser.float).map(floats)
    case (.bytes, .integer): return FieldParser.integers(of: type).flatMap(parsed).flatMap(integers)
    case (.float, .float), (_, .bytes): return nil
    }
  }

  /// Words of 64 bits that `body` makes of each block of rows, false where one has no value. Null rows
  /// hold zeros.
  private func words(
    _ body: @Sendable (Range<Int>, UnsafeMutablePointer<Int64>) -> Bool
  ) -> Buffer? {
    let buffer = Buffer(uninitializedByteCount: rows.count * 8)
    let target = Shared(buffer.pointer(as: Int64.self))
    let parts = ColumnRows.parts(rows.count)
    let areAll = parallelMap(parts.count) { index -> Bool in
      for start in stride(
        from: parts[index].lowerBound, to: parts[index].upperBound, by: ColumnRows.blockRowCount)
      {
        let range = start..<min(start + ColumnRows.blockRowCount, parts[index].upperBound)
        let words = target.pointer + start
        if !body(range, words) { return false }
        if let valid = rows.valid {
          diet_fill_gaps(words.asWords, valid + start / 64, range.count, 0)
        }
      }
      return true
    }
    return areAll.allSatisfy { $0 } ? buffer : nil
  }

  private func floats(_ words: Buffer) -> Column {
    .floats(
      column.name, words, count: rows.count, validity: column.validity?.bits,
      nullCount: rows.nullCount)
  }

  private func integers(_ words: Buffer) -> Column? {
    guard type == .boolean else {
      return .units(
        column.name, type, words, count: rows.count, validity: column.validity?.bits,
        nullCount: rows.nullCount)
    }
    let values = words.pointer(as: Int64.self)
    let buffer = Buffer(zeroedByteCount: (rows.count + 7) / 8)
    let bits = buffer.pointer(as: UInt8.self)
    var all: Int64 = 0
    for row in 0..<rows.count {
      all |= values[row]
      bits[row >> 3] |= UInt8(truncatingIfNeeded: values[row] & 1) << UInt8(row & 7)
    }
    guard all & ~1 == 0 else { return nil }
    return .booleans(
      column.name, buffer, count: rows.count, validity: column.validity?.bits,
      nullCount: rows.nullCount)
  }

  /// What each entry of the dictionary becomes, once.
  private var lookedUp: Column? {
    guard let entries = column.dictionary.first, let cast = BlockCast(entries, to: type).result,
      cast.nullCount == 0
    else { return nil }
    let known = ColumnRows(cast)
    let isFloat = type.domain == .float
    let table = [UInt64](unsafeUninitializedCapacity: known.count) { room, count in
      let words = UnsafeMutableRawPointer(room.baseAddress!)
      if isFloat {
        known.view.floats.copy(0..<known.count, to: words.assumingMemoryBound(to: Double.self))
      } else {
        known.view.integers.copy(0..<known.count, to: words.assumingMemoryBound(to: Int64.self))
      }
      count = known.count
    }
    let found = words { range, target in
      table.withUnsafeBufferPointer { lookUp(range, $0.baseAddress!, target) }
      return true
    }
    return isFloat ? found.map(floats) : found.flatMap(integers)
  }

  private func lookUp(
    _ range: Range<Int>, _ table: UnsafePointer<UInt64>, _ target: UnsafeMutablePointer<Int64>
  ) {
    if case .indexed(let codes, _, _) = rows.view { codes.lookUp(range, in: table, target.asWords) }
  }

  private var floatsOfIntegers: Column? {
    let ends = rows.integerMinMax
    // Up to 2^53 a whole number is a binary64, and its quotient by a power of ten rounded once.
    guard ends.minimum >= -(1 << 53), ends.maximum <= 1 << 53, type == .float else { return nil }
    let numbers = FloatBlocks(rows)
    return words { range, target in
      let scratch = UnsafeMutableRawPointer(target).assumingMemoryBound(to: Double.self)
      let read = numbers.read(range, scratch)
      if read != UnsafePointer(scratch) { scratch.update(from: read, count: range.count) }
      return true
    }.map(floats)
  }

  private var integersOfIntegers: Column? {
    guard let (factor, divisor) = column.type.ratio(to: type) else { return nil }
    let ends = rows.integerMinMax
    func fits(_ value: Int128) -> Bool {
      let (product, overflow) = value.multipliedReportingOverflow(by: factor)
      return Int64(exactly: value) != nil && !overflow && Int64(exactly: product) != nil
    }
    guard fits(ends.minimum), fits(ends.maximum), let factor = Int64(exactly: factor),
      let divisor = Int64(exactly: divisor)
    else { return nil }
    let blocks = IntegerBlocks(rows)
    let offset = Int64(truncatingIfNeeded: blocks.offset)
    return words { range, target in
      let words = blocks.read(range, target)
      var row = 0
      if divisor == 1 {
        while row < range.count {
          target[row] = (words[row] &+ offset) &* factor
          row &+= 1
        }
        return true
      }
      var isExact = true
      while row < range.count {
        let value = words[row] &+ offset
        let quotient = value / divisor
        if quotient &* divisor != value, rows.hasValue(range.lowerBound + row) { isExact = false }
        target[row] = quotient
        row &+= 1
      }
      return isExact
    }.flatMap(integers)
  }

  private var integersOfFloats: Column? {
    let power: Double
    switch type {
    case .integer, .boolean: power = 1
    case .decimal(let scale): power = Double(powerOfTen(scale))
    default: return nil
    }
    let isWhole = type.scale == nil
    let numbers = FloatBlocks(rows)
    return words { range, target in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { room in
        let read = numbers.read(range, room.baseAddress!)
        var isExact = true
        for row in 0..<range.count {
          let digits = (read[row] * power).rounded()
          if abs(digits) < 0x1p63, isWhole ? digits == read[row] : digits / power == read[row] {
            target[row] = Int64(digits)
          } else if rows.hasValue(range.lowerBound + row) {
            isExact = false
          }
        }
        return isExact
      }
    }.flatMap(integers)
  }

  private func parsed(
    _ parse: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Int64?
  ) -> Buffer? {
    let texts = StoredTexts(rows)
    return words { range, target in
      var areAll = true
      texts.forEach(range) { row, text in
        guard areAll, rows.hasValue(row) else { return }
        guard let word = parse(text) else {
          areAll = false
          return
        }
        target[row - range.lowerBound] = word
      }
      return areAll
    }
  }
}

extension LogicalType {
  /// What stored integers are multiplied with and then divided by as those of another type; one of both is
  /// 1. `nil` where they are not counted in the same.
  fileprivate func ratio(to type: LogicalType) -> (factor: Int128, divisor: Int128)? {
    func powers(_ from: Int, _ to: Int) -> (Int128, Int128) {
      (powerOfTen(to - from), powerOfTen(from - to))
    }
    func units(_ from: Int64, _ to: Int64) -> (Int128, Int128) {
      to >= from ? (Int128(to / from), 1) : (1, Int128(from / to))
    }
    switch (self, type) {
    case (.boolean, _), (.integer, _), (.decimal, _):
      switch type {
      case .integer, .boolean: return powers(scale ?? 0, 0)
      case .decimal(let places): return powers(scale ?? 0, places)
      default: return nil
      }
    case (.time(let own), .time(let unit)), (.duration(let own), .duration(let unit)),
      (.timestamp(let own, _), .timestamp(let unit, _)):
      return units(own.perSecond, unit.perSecond)
    case (.date, .timestamp(let unit, _)): return (86_400 * Int128(unit.perSecond), 1)
    case (.timestamp(let unit, _), .date): return (1, 86_400 * Int128(unit.perSecond))
    default: return nil
    }
  }
}
