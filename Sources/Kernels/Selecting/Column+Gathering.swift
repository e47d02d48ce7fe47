import CKernels
public import Columnar
import Platform

extension Column {
  /// The selected rows, in the same layout and with the same dictionary.
  ///
  /// - Throws: `FrameError` where `selection` is of a column of another length.
  public func filtered(by selection: Selection) throws(FrameError) -> Column {
    guard selection.rowCount == count else {
      throw FrameError(
        .differentRowCounts, column: name,
        "the selection is of \(selection.rowCount) rows, the column has \(count)")
    }
    return keeping(selection)
  }

  /// The rows with these numbers, in this order, in the same layout and with the same dictionary; a
  /// row may be taken more than once.
  ///
  /// - Throws: `FrameError` for a row that there is not, and for more than 4 GiB of text.
  public func taking(_ rows: [Int]) throws(FrameError) -> Column {
    try repeating(rowNumbers: rows.checked(of: count))
  }

  /// - Precondition: `selection` is of as many rows.
  package func keeping(_ selection: Selection) -> Column {
    assert(selection.rowCount == count)
    return once(FilteredRows(selection))
  }

  /// These rows as often as `times` says, one run after the other.
  ///
  /// - Throws: `FrameError` for more than 4 GiB of text.
  func repeating(_ range: Range<Int>, times: Int = 1) throws(FrameError) -> Column {
    try gathered(RunRows(range: range, times: times))
  }

  /// The rows of a run.
  func run(_ range: Range<Int>) -> Column {
    range == 0..<count ? self : once(RunRows(range: range, times: 1))
  }

  /// The rows with these numbers, each once at most; `noRow` makes a null.
  func taking(rowNumbers: [UInt32]) -> Column { once(TakenRows(rowNumbers)) }

  /// The rows with these numbers, which are below `count`; `noRow` makes a null.
  func repeating(rowNumbers: [UInt32]) throws(FrameError) -> Column {
    try gathered(TakenRows(rowNumbers))
  }

  /// Rows of which none stands twice: their text fits where that of all rows does.
  private func once(_ rows: some RowGathering) -> Column {
    do { return try gathered(rows) } catch { fatalError("\(error)") }
  }

  /// What was said of the column is said of its rows.
  private func gathered(_ rows: some RowGathering) throws(FrameError) -> Column {
    var column = try gatheredValues(rows)
    (column.declared, column.planned, column.taken) = (declared, planned, takenIntegers)
    return column
  }

  private func gatheredValues(_ rows: some RowGathering) throws(FrameError) -> Column {
    let target = rows.targetCount
    let (validity, nullCount) = gatheredValidity(rows)
    if nullCount == target { return .nulls(name, type, count: target) }
    func made(_ values: Buffer?, _ offsets: Buffer? = nil) -> Column {
      withRows(
        count: target, nullCount: nullCount, validity: validity, values: values, offsets: offsets)
    }
    func fixed(_ width: Int) -> Column {
      guard let values else { fatalError("the column '\(name)' holds values") }
      let buffer = Buffer(uninitializedByteCount: target * width)
      switch width {
      case 1: rows.gather(values.pointer(as: UInt8.self), buffer.pointer(as: UInt8.self))
      case 2: rows.gather(values.pointer(as: UInt16.self), buffer.pointer(as: UInt16.self))
      case 4: rows.gather(values.pointer(as: UInt32.self), buffer.pointer(as: UInt32.self))
      case 8: rows.gather(values.pointer(as: UInt64.self), buffer.pointer(as: UInt64.self))
      default:
        let source = values.pointer(as: UInt8.self)
        rows.forEachPlace { row, place in
          if let row {
            memcpy(buffer.base + place * width, source + row * width, width)
          } else {
            memset(buffer.base + place * width, 0, width)
          }
        }
      }
      return made(buffer)
    }
    switch view {
    case .constant: return made(nil)
    case .indexed(.packed(let numbers), _, _), .scaled(_, .packed(let numbers)):
      return made(rows.gathered(numbers, rowCount: count))
    case .indexed(.decoded(let codes), _, _):
      let integers = ColumnView.plain(.decoded(codes)).integers
      let numbers = gatheredIntegers(rows, integers, validity, nullCount: nullCount)
      return coded(numbers, count: target, validity: validity, nullCount: nullCount)
    case .indexed(let codes, _, _): return fixed(codes.byteCount(1))
    case .scaled(_, let offsets): return fixed(offsets.byteCount(1))
    case .plain(.bits(let bits)):
      let buffer = Buffer(zeroedByteCount: (target + 7) / 8)
      _ = rows.gatherBits(bits, buffer.pointer(as: UInt8.self))
      return made(buffer)
    case .plain(.utf8(let bytes, let offsets)): return try gatheredText(rows, bytes, offsets, made)
    case .plain(.fixed(_, let width, _)): return fixed(width)
    case .plain(let values): return fixed(values.byteCount(1))
    case .sequence, .decoded: return try gatheredDecoded(rows, validity, nullCount: nullCount)
    }
  }

  /// Some rows of a sequence are none, nor are those of runs: the values are written out. Numbers of text stay numbers.
  private func gatheredDecoded(
    _ rows: some RowGathering, _ validity: Buffer?, nullCount: Int
  ) throws(FrameError) -> Column {
    let target = rows.targetCount
    if let numbers, let affix = layout.affix {
      return try numbers.gathered(rows).affixed(affix, type: type)
    }
    switch type.domain {
    case .integer:
      let integers = view.integers
      let buffer = gatheredIntegers(rows, integers, validity, nullCount: nullCount)
      if layout.storage.isDense,
        let column = packed(
          buffer.pointer(as: Int64.self), count: target, validity: validity, nullCount: nullCount)
      {
        return column
      }
      if !integers.isUnsigned {
        return .units(
          name, type, buffer, count: target, validity: validity, nullCount: nullCount)
      }
      return .integers(
        name, type, buffer, width: 8, isUnsigned: true, count: target, validity: validity,
        nullCount: nullCount)
    case .float:
      let floats = view.floats
      let buffer = Buffer(uninitializedByteCount: target * 8)
      let out = buffer.pointer(as: Double.self)
      rows.forEachPlace { row, place in out[place] = row.map { floats.value(at: $0) } ?? 0 }
      return .floats(name, buffer, count: target, validity: validity, nullCount: nullCount)
    case .bytes: return try gatheredDecodedText(rows, validity, nullCount: nullCount)
    }
  }

  /// Words of some rows; those of rows without a value are 0.
  private func gatheredIntegers(
    _ rows: some RowGathering, _ integers: IntegerRows, _ validity: Buffer?, nullCount: Int
  ) -> Buffer {
    let target = rows.targetCount
    let buffer = Buffer(uninitializedByteCount: target * 8)
    let out = buffer.pointer(as: Int64.self)
    if let run = rows.run {
      integers.copy(run, to: out)
    } else if rows.takesMany(of: count) {
      let source = IntegerSource(integers: integers)
      rows.gather(of: count, out) { source.integers.copy($0, to: $1) }
    } else {
      rows.forEachPlace { row, place in out[place] = row.map { integers.value(at: $0) } ?? 0 }
    }
    // What null rows are decoded to is anything.
    if nullCount > 0, let validity {
      diet_fill_gaps(out.asWords, validity.pointer(as: UInt64.self), target, 0)
    }
    return buffer
  }

  private func gatheredValidity(_ rows: some RowGathering) -> (Buffer?, nullCount: Int) {
    if nullCount == 0 && !rows.makesNulls { return (nil, 0) }
    if nullCount == count { return (nil, rows.targetCount) }
    if let run = rows.run, case .nulls(let nulls)? = validity {
      let nullCount = nulls.count(run)
      return (nullCount == 0 ? nil : nulls.bits(of: run), nullCount)
    }
    let buffer = Buffer(zeroedByteCount: (rows.targetCount + 7) / 8)
    let valueCount = withExtendedLifetime(ArrowNulls(self)) { nulls in
      rows.gatherBits(nulls.validity, buffer.pointer(as: UInt8.self))
    }
    let nullCount = rows.targetCount - valueCount
    return (nullCount == 0 ? nil : buffer, nullCount)
  }
}

/// Integers that threads share.
private struct IntegerSource: @unchecked Sendable {
  // Sound: they are a column's, which whoever gathers its rows keeps, and which no one changes.
  let integers: IntegerRows
}

/// The number of no row: a null is taken.
let noRow = UInt32.max

extension [Int] {
  /// These numbers of rows, if all are among `count`.
  func checked(of count: Int) throws(FrameError) -> [UInt32] {
    if let row = first(where: { $0 < 0 || $0 >= count }) { throw .row(row, of: count) }
    return map { UInt32($0) }
  }
}
