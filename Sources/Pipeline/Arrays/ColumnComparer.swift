import ArrowFormat
import Columnar
import Platform

/// Compares a column with the arrays that a file has in its place, a block of rows at a time.
struct ColumnComparer {
  private enum Values {
    /// The file has nulls only.
    case none
    case integers(IntegerRows)
    case floats(FloatRows)
    /// Decimals that the file has as binary64.
    case quotients(IntegerRows, divisor: Double)
    case text(TextRows)
  }

  private let values: Values
  /// What the table's integers are multiplied by to be the file's.
  private let factor: Int64
  private let nulls: ArrowNulls
  private let isAllNull: Bool
  private let column: Column
  /// Two blocks of values fit a core's second-level cache.
  private static let blockRowCount = 8192

  /// `nil` where a column of this type is not written as `type`.
  init?(_ column: Column, _ type: ArrowType) {
    self.column = column
    nulls = ArrowNulls(column)
    isAllNull = column.nullCount == column.count
    // Instants are handed over in microseconds, and Parquet has no seconds.
    if let unit = column.type.unit, let finer = type.logicalType.unit, unit <= finer {
      factor = unit.factor(to: finer)
    } else {
      factor = 1
    }
    if isAllNull {
      values = .none
      return
    }
    let view = column.view
    switch (column.type, type) {
    // What the target engine cannot hold is there as numbers of the same unit.
    case (.boolean, .boolean), (.integer, .integer), (.integer, .decimal(_, scale: 0)),
      (.date, .date), (.time, .integer), (.timestamp, .integer), (.duration, .integer):
      guard let rows = IntegerRows(view) else { return nil }
      values = .integers(rows)
    case (.decimal(let scale), .decimal(_, let other)):
      guard scale == other, let rows = IntegerRows(view) else { return nil }
      values = .integers(rows)
    case (.decimal(let scale), .float(64)):
      guard let rows = IntegerRows(view) else { return nil }
      values = .quotients(rows, divisor: powerOfTen(scale))
    case (.float, .float):
      guard let rows = FloatRows(view) else { return nil }
      values = .floats(rows)
    case (.time, .time), (.timestamp, .timestamp), (.duration, .duration):
      guard column.type.unit! <= type.logicalType.unit!,
        column.type.zone == type.logicalType.zone, let rows = IntegerRows(view)
      else { return nil }
      values = .integers(rows)
    case (.uuid, .utf8), (.ipv4, .utf8), (.string, .utf8):
      guard let rows = TextRows(view) else { return nil }
      values = .text(rows)
    default: return nil
    }
  }

  /// The first row of `array` that differs from the column's row `firstRow` plus that many.
  func firstDifference(_ array: ArrowArray, at firstRow: Int) -> Int? {
    switch values {
    case .none:
      return (0..<array.rowCount).first { !(array.isAllNull || array.nulls.isNull($0)) }
    case .integers(let rows):
      guard let other = IntegerRows(array.view) else { return 0 }
      // The same bits are another number where only one side has a sign.
      let signsDiffer = rows.isUnsigned != other.isUnsigned
      return blocks(array, firstRow, of: Int64.self) { own, block, fileRows, theirs in
        rows.copy(own, to: block)
        if factor != 1 { for index in 0..<own.count { block[index] &*= factor } }
        other.copy(fileRows, to: theirs)
      } isEqual: {
        $0 == $1 && !(signsDiffer && $0 < 0)
      }
    case .quotients(let rows, let divisor):
      guard let other = FloatRows(array.view) else { return 0 }
      return blocks(array, firstRow, of: Double.self) { own, block, fileRows, theirs in
        rows.divide(own, by: divisor, to: block)
        other.copy(fileRows, to: theirs)
      } isEqual: {
        $0.bitPattern == $1.bitPattern
      }
    case .floats(let rows):
      guard let other = FloatRows(array.view) else { return 0 }
      return blocks(array, firstRow, of: Double.self) { own, block, fileRows, theirs in
        rows.copy(own, to: block)
        other.copy(fileRows, to: theirs)
      } isEqual: {
        $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN)
      }
    case .text(let rows):
      guard let other = TextRows(array.view) else { return 0 }
      for start in stride(from: 0, to: array.rowCount, by: Self.blockRowCount) {
        MemoryLimit.relieve()
        let block = start..<min(start + Self.blockRowCount, array.rowCount)
        var difference: Int?
        rows.forEach(firstRow + block.lowerBound..<firstRow + block.upperBound) { ownRow, own in
          let row = ownRow - firstRow
          guard difference == nil else { return }
          let (isNull, otherIsNull) = areNull(array, row, firstRow)
          let isEqual =
            isNull || otherIsNull
            ? isNull == otherIsNull
            : other.withText(at: row) { own.count == $0.count && hasEqualBytes(own, $0) }
          if !isEqual { difference = row }
        }
        if let difference { return difference }
      }
      return nil
    }
  }

  @inline(__always)
  private func areNull(_ array: ArrowArray, _ row: Int, _ firstRow: Int) -> (Bool, Bool) {
    (isAllNull || nulls.isNull(firstRow + row), array.isAllNull || array.nulls.isNull(row))
  }

  /// Fills a block of both sides and compares it, until one differs.
  @inline(__always)
  private func blocks<Value>(
    _ array: ArrowArray, _ firstRow: Int, of type: Value.Type,
    fill: (Range<Int>, UnsafeMutablePointer<Value>, Range<Int>, UnsafeMutablePointer<Value>) ->
      Void,
    isEqual: (Value, Value) -> Bool
  ) -> Int? {
    withUnsafeTemporaryAllocation(of: Value.self, capacity: Self.blockRowCount * 2) { memory in
      let own = memory.baseAddress!
      let theirs = own + Self.blockRowCount
      let hasNulls =
        isAllNull || array.isAllNull || nulls.validity != nil || array.nulls.validity != nil
      for start in stride(from: 0, to: array.rowCount, by: Self.blockRowCount) {
        MemoryLimit.relieve()
        let rows = start..<min(start + Self.blockRowCount, array.rowCount)
        fill(rows.lowerBound + firstRow..<rows.upperBound + firstRow, own, rows, theirs)
        for (index, row) in rows.enumerated() {
          if hasNulls {
            let (isNull, otherIsNull) = areNull(array, row, firstRow)
            if isNull != otherIsNull { return row }
            if isNull { continue }
          }
          if !isEqual(own[index], theirs[index]) { return row }
        }
      }
      return nil
    }
  }
}

@inline(__always)
private func hasEqualBytes(
  _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
) -> Bool {
  guard let first = a.baseAddress, let second = b.baseAddress else { return a.isEmpty }
  return memcmp(first, second, a.count) == 0
}
