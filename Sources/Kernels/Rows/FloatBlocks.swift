import CKernels
import Columnar

/// The numbers of a column as binary64, a block of rows at a time: floats as they are, integers and
/// decimals as the binary64 nearest to them.
struct FloatBlocks: @unchecked Sendable {
  // Sound to share: the pointers lead into buffers that `rows` keeps and no one changes.
  private enum Source {
    case floats(FloatRows)
    /// The numbers of a dictionary of integers.
    case table(codes: PlainValues, [Double])
    /// `divisor` is a power of ten, of decimals.
    case integers(IntegerBlocks, divisor: Double)
  }

  let rows: ColumnRows
  private let source: Source

  init(_ rows: ColumnRows) {
    self.rows = rows
    if rows.type.domain == .float {
      source = .floats(rows.view.floats)
    } else if case .indexed(let codes, let dictionary, let count) = rows.view {
      let divisor = rows.type.unitsPerOne
      source = .table(
        codes: codes, dictionary.integers(count: count).map { Double($0) / divisor })
    } else {
      source = .integers(IntegerBlocks(rows), divisor: rows.type.unitsPerOne)
    }
  }

  /// The numbers of the rows in `range`: in `scratch`, or where they are stored. Those of null rows
  /// mean nothing.
  func read(
    _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Double>
  ) -> UnsafePointer<Double> {
    switch source {
    case .floats(let floats): return floats.read(range, scratch)
    case .table(let codes, let table):
      table.withUnsafeBufferPointer {
        codes.lookUp(range, in: $0.baseAddress!.asWords, scratch.asWords)
      }
    case .integers(let blocks, let divisor): round(blocks, divisor, range, scratch)
    }
    return UnsafePointer(scratch)
  }

  /// Words are read into the room of the numbers, of the same size, and replaced by them.
  private func round(
    _ blocks: IntegerBlocks, _ divisor: Double, _ range: Range<Int>,
    _ scratch: UnsafeMutablePointer<Double>
  ) {
    let room = UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: Int64.self)
    let words = blocks.read(range, room)
    if blocks.offset == 0 {
      diet_round_i64(words, range.count, scratch)
    } else if let offset = Int64(exactly: blocks.offset), abs(offset) < 1 << 61,
      blocks.hasNarrowWords
    {
      for row in 0..<range.count { scratch[row] = Double(words[row] &+ offset) }
    } else {
      for row in 0..<range.count { scratch[row] = Double(Int128(words[row]) + blocks.offset) }
    }
    if divisor != 1 { for row in 0..<range.count { scratch[row] /= divisor } }
  }

  /// The same with `number` in null rows. `range` starts at a multiple of 64.
  func read(
    _ range: Range<Int>, filling number: Double, _ scratch: UnsafeMutablePointer<Double>
  ) -> UnsafePointer<Double> {
    if rows.nullCount == 0 { return read(range, scratch) }
    guard let valid = rows.valid else {
      scratch.update(repeating: number, count: range.count)
      return UnsafePointer(scratch)
    }
    let numbers = read(range, scratch)
    if numbers != UnsafePointer(scratch) { scratch.update(from: numbers, count: range.count) }
    diet_fill_gaps(
      scratch.asWords, valid + range.lowerBound / 64, range.count, number.bitPattern)
    return UnsafePointer(scratch)
  }
}

extension LogicalType {
  /// How many of the column's units make one: 100 for a decimal of scale 2.
  package var unitsPerOne: Double {
    if case .duration(let unit) = self { return Double(unit.perSecond) }
    guard let scale else { return 1 }
    return (0..<scale).reduce(1.0) { power, _ in power * 10 }
  }
}
