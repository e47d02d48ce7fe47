package import Columnar

/// The values of an array in the form in which chunks are made of them.
package enum ArrayValues {
  case none
  case integers(IntegerRows)
  case floats(FloatRows)
  case text(ArrayText)
}

extension ColumnParser {
  /// Takes rows of an array as a chunk. The values are `nil` where they are not kept.
  ///
  /// - Parameters:
  ///   - kind: What the values are; times may turn out to be of a coarser unit.
  ///   - limit: The finest unit that times may have.
  /// - Throws: the first row whose time is finer, or whose float is no decimal where `kind` is one.
  package func take(
    _ values: ArrayValues, _ nulls: ArrowNulls, _ rows: Range<Int>, as kind: FieldKind,
    limit: TimeUnit?, _ scratch: ColumnScratch
  ) throws(Misfit) -> (ChunkReport, ColumnChunk?) {
    spillFilledSlabs()
    scratch.begin(rowCount: rows.count)
    switch values {
    case .none:
      scratch.report.nullCount = rows.count
      return (scratch.report, keepsValues ? .nulls(rows.count) : nil)
    case .text(let text):
      let chunk = collectText {
        $0.collect(
          text, rows, nulls, scratch, Self.plainContext, entryCodes: &entryCodes, slabs: &$1,
          keepsValues: keepsValues)
      }
      return (scratch.report, chunk)
    case .floats(let floats):
      let target = UnsafeMutableRawPointer(scratch.values).assumingMemoryBound(to: Double.self)
      floats.copy(rows, to: target)
      scratch.setNulls(nulls, from: rows.lowerBound)
      if case .decimal(let scale) = kind { try scratch.makeDecimals(scale: scale) }
    case .integers(let integers):
      integers.copy(rows, to: scratch.values)
      scratch.setNulls(nulls, from: rows.lowerBound)
    }
    guard scratch.report.valueCount > 0 else {
      return (scratch.report, keepsValues ? .nulls(rows.count) : nil)
    }
    scratch.report.kind = kind
    switch values {
    case .integers(let integers):
      scratch.noteRange(isUnsigned: integers.isUnsigned)
      try scratch.coarsenUnit(limit: limit)
    case .floats where kind != .float: scratch.noteRange(isUnsigned: false)
    case .floats, .text, .none: break
    }
    return learn(scratch)
  }

  /// No words are null, and none are asked for.
  private static let plainContext = TypingContext(options: TypingOptions(), delimiter: 0x2C)
}

extension ColumnScratch {
  /// The smallest and the largest of the integers, of which there is at least one.
  fileprivate func noteRange(isUnsigned: Bool) {
    if isUnsigned {
      let range = range { UInt64(bitPattern: $0) }
      report.minimum = Int64(bitPattern: range.lowerBound)
      report.maximum = Int64(bitPattern: range.upperBound)
      if range.upperBound > UInt64(Int64.max) { report.facts.insert(.unsigned) }
    } else {
      let range = range { $0 }
      (report.minimum, report.maximum) = (range.lowerBound, range.upperBound)
      if range.lowerBound < 0 { report.facts.insert(.negative) }
    }
  }

  @inline(__always)
  private func range<Value: FixedWidthInteger>(
    _ value: (Int64) -> Value
  ) -> ClosedRange<Value> {
    let count = report.rowCount
    var minimum = Value.max
    var maximum = Value.min
    if report.nullCount == 0 {
      var row = 0
      while row < count {
        let value = value(values[row])
        minimum = value < minimum ? value : minimum
        maximum = value > maximum ? value : maximum
        row &+= 1
      }
    } else {
      for row in 0..<count where !isNull(row) {
        let value = value(values[row])
        minimum = min(minimum, value)
        maximum = max(maximum, value)
      }
    }
    return minimum...maximum
  }

  /// Makes floats the decimals of which they are the nearest.
  fileprivate func makeDecimals(scale: Int) throws(ColumnParser.Misfit) {
    let power = Double(powersOfTen[scale])
    let floats = UnsafeMutableRawPointer(values).assumingMemoryBound(to: Double.self)
    for row in 0..<report.rowCount where !isNull(row) {
      let float = floats[row]
      let digits = (float * power).rounded()
      guard digits.magnitude < 0x1p53, digits / power == float, float.sign == .plus || digits != 0
      else { throw ColumnParser.Misfit(row: row) }
      values[row] = Int64(digits)
    }
  }

  /// Counts times in the coarsest unit that tells all of them.
  fileprivate func coarsenUnit(limit: TimeUnit?) throws(ColumnParser.Misfit) {
    guard var unit = report.kind.unit else { return }
    while unit > .second {
      let coarser = TimeUnit(fractionDigits: unit.fractionDigits - 3)
      if let row = (0..<report.rowCount).first(where: { values[$0] % 1000 != 0 }) {
        if let limit, unit > limit { throw ColumnParser.Misfit(row: row) }
        break
      }
      for row in 0..<report.rowCount { values[row] /= 1000 }
      report.minimum /= 1000
      report.maximum /= 1000
      unit = coarser
    }
    report.kind = report.kind.counted(in: unit)
  }
}

extension FieldKind {
  /// The unit of times; `nil` for other kinds.
  package var unit: TimeUnit? {
    switch self {
    case .time(let unit), .duration(let unit), .timestamp(let unit): unit
    default: nil
    }
  }

  /// The same kind in another unit.
  package func counted(in unit: TimeUnit) -> FieldKind {
    switch self {
    case .time: .time(unit)
    case .duration: .duration(unit)
    case .timestamp: .timestamp(unit)
    default: self
    }
  }
}
