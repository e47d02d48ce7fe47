package import Columnar

/// The sum: exact for integers and decimals, of which 128 bits hold any number that memory does.
///
/// Floats are added in a fixed order, so that the sum has the same bits on every CPU and in every
/// encoding. NaN and infinities count, as IEEE 754 says.
package struct Sum: Reduction {
  package let name = "sum"

  package init() {}

  package func applies(to type: LogicalType) -> Bool {
    switch type {
    case .null, .boolean, .integer, .decimal, .float: true
    case .date, .time, .timestamp, .uuid, .ipv4, .string: false
    }
  }

  package func isMeasured(on rows: ColumnRows) -> Bool { true }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer {
    .value(type.domain == .float ? .float(0) : .integer(0))
  }

  package func reduce(
    _ rows: ColumnRows, constant: Scalar?
  ) throws(ReductionError) -> Reduced {
    if rows.type.domain == .integer {
      return Reduced(.value(.integer(sumIntegers(rows))), .direct)
    }
    let (sum, path) = sumFloats(rows)
    return Reduced(.value(.float(sum)), path)
  }

  private func sumIntegers(_ rows: ColumnRows) -> Int128 {
    let valueCount = Int128(rows.valueCount)
    switch rows.view {
    case .plain(let values):
      guard let stored = values.integers else { fatalError("the view holds no integers") }
      return stored.sum(rows)
    case .scaled(let base, let offsets):
      guard let stored = offsets.integers else { fatalError("offsets are integers") }
      return Int128(base) * valueCount + stored.sum(rows)
    case .indexed(let codes, let dictionary, let count):
      let codes = DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count)
      var sum: Int128 = 0
      for (code, rowCount) in codes.histogram(rows).enumerated() where rowCount > 0 {
        sum += dictionary.integer(at: code) * Int128(rowCount)
      }
      return sum
    case .sequence(let start, let step):
      // Every row has a value. The product of neighbours is even.
      return Int128(start) * valueCount + Int128(step) * (valueCount * (valueCount - 1) / 2)
    case .constant(let value): return (value?.integer(at: 0) ?? 0) * valueCount
    }
  }

  private func sumFloats(_ rows: ColumnRows) -> (Double, ReductionPath) {
    switch rows.view {
    case .plain(let values):
      guard let stored = values.floats else { fatalError("the view holds no floating point") }
      return (stored.sum(rows), .direct)
    case .indexed(let codes, let dictionary, let count):
      // Counts times values would be quicker, and round otherwise than the values in row order do.
      let table = (0..<count).map(dictionary.float(at:))
      switch codes {
      case .uint8(let codes): return (sumLooked(up: codes, in: table, rows), .decoded)
      case .uint16(let codes): return (sumLooked(up: codes, in: table, rows), .decoded)
      case .uint32(let codes): return (sumLooked(up: codes, in: table, rows), .decoded)
      default: fatalError("codes have no sign")
      }
    case .constant(let value):
      let value = value?.float(at: 0) ?? 0
      let sum = PairwiseSum.sum(rows) { run, values in
        if run.lowerBound == 0 { values.initialize(repeating: value, count: run.count) }
      }
      return (sum, .direct)
    case .scaled, .sequence: fatalError("the view holds no floating point")
    }
  }
}

private func sumLooked<Code: FixedWidthInteger>(
  up codes: UnsafePointer<Code>, in table: [Double], _ rows: ColumnRows
) -> Double {
  table.withUnsafeBufferPointer { table in
    let table = table.baseAddress!
    return PairwiseSum.sum(rows) { run, values in
      let codes = codes + run.lowerBound
      var row = 0
      while row < run.count {
        values[row] = table[Int(truncatingIfNeeded: codes[row])]
        row &+= 1
      }
    }
  }
}
