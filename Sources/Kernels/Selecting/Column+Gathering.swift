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

  private func gathered(_ rows: some RowGathering) throws(FrameError) -> Column {
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
    case .indexed(let codes, _, _): return fixed(codes.byteCount(1))
    case .scaled(_, let offsets): return fixed(offsets.byteCount(1))
    case .plain(.bits(let bits)):
      let buffer = Buffer(zeroedByteCount: (target + 7) / 8)
      let out = buffer.pointer(as: UInt8.self)
      rows.forEachPlace { row, place in
        if let row, bits[row >> 3] >> UInt8(row & 7) & 1 == 1 {
          out[place >> 3] |= 1 << UInt8(place & 7)
        }
      }
      return made(buffer)
    case .plain(.utf8(let bytes, let offsets)): return try gatheredText(rows, bytes, offsets, made)
    case .plain(.fixed(_, let width, _)): return fixed(width)
    case .plain(let values): return fixed(values.byteCount(1))
    case .sequence, .decoded: return try gatheredDecoded(rows, validity, nullCount: nullCount)
    }
  }

  /// Some rows of a sequence are none, nor are those of runs: the values are written out.
  private func gatheredDecoded(
    _ rows: some RowGathering, _ validity: Buffer?, nullCount: Int
  ) throws(FrameError) -> Column {
    let target = rows.targetCount
    switch type.domain {
    case .integer:
      let integers = view.integers
      let buffer = Buffer(uninitializedByteCount: target * 8)
      let out = buffer.pointer(as: Int64.self)
      rows.forEachPlace { row, place in out[place] = row.map { integers.value(at: $0) } ?? 0 }
      return .integers(
        name, type, buffer, width: 8, isUnsigned: integers.isUnsigned, count: target,
        validity: validity, nullCount: nullCount)
    case .float:
      let floats = view.floats
      let buffer = Buffer(uninitializedByteCount: target * 8)
      let out = buffer.pointer(as: Double.self)
      rows.forEachPlace { row, place in out[place] = row.map { floats.value(at: $0) } ?? 0 }
      return .floats(name, buffer, count: target, validity: validity, nullCount: nullCount)
    case .bytes:
      let texts = view.texts
      var bytes: [UInt8] = []
      let ends = Buffer(uninitializedByteCount: (target + 1) * 4)
      let starts = ends.pointer(as: UInt32.self)
      rows.forEachPlace { row, place in
        starts[place] = UInt32(truncatingIfNeeded: bytes.count)
        if let row, !isNull(row) { texts.withText(at: row) { bytes.append(contentsOf: $0) } }
      }
      guard bytes.count <= UInt32.max else { throw .longText(name) }
      starts[target] = UInt32(bytes.count)
      let buffer = Buffer(uninitializedByteCount: bytes.count)
      buffer.base.copyMemory(from: bytes, byteCount: bytes.count)
      return Column(
        name: name, type: type, layout: Layout(encoding: "utf8"), count: target,
        nullCount: nullCount, validity: validity, values: buffer, offsets: ends)
    }
  }

  private func gatheredText(
    _ rows: some RowGathering, _ bytes: UnsafePointer<UInt8>, _ offsets: UnsafePointer<UInt32>,
    _ made: (Buffer?, Buffer?) -> Column
  ) throws(FrameError) -> Column {
    let ends = Buffer(uninitializedByteCount: (rows.targetCount + 1) * 4)
    let starts = ends.pointer(as: UInt32.self)
    var position = 0
    rows.forEachPlace { row, place in
      starts[place] = UInt32(truncatingIfNeeded: position)
      if let row { position += Int(offsets[row + 1] - offsets[row]) }
    }
    guard position <= UInt32.max else { throw .longText(name) }
    starts[rows.targetCount] = UInt32(position)
    let buffer = Buffer(uninitializedByteCount: position)
    rows.forEachPlace { row, place in
      guard let row else { return }
      memcpy(
        buffer.base + Int(starts[place]), bytes + Int(offsets[row]),
        Int(offsets[row + 1] - offsets[row]))
    }
    return made(buffer, ends)
  }

  private func gatheredValidity(_ rows: some RowGathering) -> (Buffer?, nullCount: Int) {
    if nullCount == 0 && !rows.makesNulls { return (nil, 0) }
    if nullCount == count { return (nil, rows.targetCount) }
    let buffer = Buffer(zeroedByteCount: (rows.targetCount + 7) / 8)
    let bits = validity.map { UnsafePointer($0.pointer(as: UInt8.self)) }
    let nullCount = rows.targetCount - rows.gatherValidity(bits, buffer.pointer(as: UInt8.self))
    return (nullCount == 0 ? nil : buffer, nullCount)
  }
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

/// Rows to be brought together, whatever says which.
private protocol RowGathering {
  var targetCount: Int { get }
  /// Some places are of no row.
  var makesNulls: Bool { get }
  /// Calls `body` with each row and its new place.
  func forEachPlace(_ body: (Int?, Int) -> Void)
  /// Copies values of one, two, four or eight bytes.
  func gather<T: FixedWidthInteger & Sendable>(
    _ source: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>)
  /// Sets the bits of rows that have a value, all of them where there are no bits; returns how many.
  func gatherValidity(_ source: UnsafePointer<UInt8>?, _ target: UnsafeMutablePointer<UInt8>) -> Int
}

extension RowGathering {
  func gatherValidity(
    _ source: UnsafePointer<UInt8>?, _ target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var valueCount = 0
    forEachPlace { row, place in
      guard let row else { return }
      if let source, source[row &>> 3] &>> UInt8(truncatingIfNeeded: row & 7) & 1 == 0 { return }
      target[place &>> 3] |= 1 &<< UInt8(truncatingIfNeeded: place & 7)
      valueCount &+= 1
    }
    return valueCount
  }

  func gather<T: FixedWidthInteger & Sendable>(
    _ source: UnsafeMutablePointer<T>, _ target: UnsafeMutablePointer<T>
  ) { gather(UnsafePointer(source), target) }
}

private struct TakenRows: RowGathering {
  let rows: [UInt32]
  let makesNulls: Bool

  init(_ rows: [UInt32]) {
    self.rows = rows
    makesNulls = rows.contains(noRow)
  }

  var targetCount: Int { rows.count }

  @inline(__always)
  func forEachPlace(_ body: (Int?, Int) -> Void) {
    rows.withUnsafeBufferPointer { rows in
      var place = 0
      while place < rows.count {
        let row = rows[place]
        body(row == noRow ? nil : Int(row), place)
        place &+= 1
      }
    }
  }

  func gather<T: FixedWidthInteger & Sendable>(
    _ source: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>
  ) {
    let source = Shared(UnsafeMutablePointer(mutating: source))
    let target = Shared(target)
    let parts = ColumnRows.parts(rows.count)
    _ = parallelMap(parts.count) { index in
      rows.withUnsafeBufferPointer { rows in
        for place in parts[index] {
          let row = rows[place]
          target.pointer[place] = row == noRow ? 0 : source.pointer[Int(row)]
        }
      }
    }
  }
}

extension TakenRows {
  /// Parts begin at whole bytes, so that threads do not meet.
  func gatherValidity(
    _ source: UnsafePointer<UInt8>?, _ target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let source = source.map { Shared(UnsafeMutablePointer(mutating: $0)) }
    let target = Shared(target)
    let parts = ColumnRows.parts(rows.count)
    return parallelMap(parts.count) { index -> Int in
      rows.withUnsafeBufferPointer { rows in
        var valueCount = 0
        var place = parts[index].lowerBound
        while place < parts[index].upperBound {
          var byte: UInt8 = 0
          for bit in 0..<min(8, parts[index].upperBound &- place) {
            let row = rows[place &+ bit]
            if row == noRow { continue }
            let isValue =
              source.map { $0.pointer[Int(row &>> 3)] &>> UInt8(row & 7) & 1 } ?? 1
            byte |= isValue &<< UInt8(truncatingIfNeeded: bit)
          }
          target.pointer[place &>> 3] = byte
          valueCount &+= byte.nonzeroBitCount
          place &+= 8
        }
        return valueCount
      }
    }.reduce(0, +)
  }
}

private struct FilteredRows: RowGathering {
  let selection: Selection
  let targetCount: Int
  let makesNulls = false

  init(_ selection: Selection) {
    self.selection = selection
    targetCount = selection.count
  }

  @inline(__always)
  func forEachPlace(_ body: (Int?, Int) -> Void) {
    var place = 0
    for index in 0..<selection.wordCount {
      var word = selection.words[index]
      while word != 0 {
        body(index &* 64 &+ word.trailingZeroBitCount, place)
        place &+= 1
        word &= word &- 1
      }
    }
  }

  func gather<T: FixedWidthInteger & Sendable>(
    _ source: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>
  ) {
    let parts = ColumnRows.parts(selection.rowCount)
    // Where the rows of each part go.
    var starts: [Int] = []
    var place = 0
    for part in parts {
      starts.append(place)
      place += ColumnRows.validCount(selection.words + part.lowerBound / 64, part.count)
    }
    let (places, source) = (starts, Shared(UnsafeMutablePointer(mutating: source)))
    let target = Shared(target)
    _ = parallelMap(parts.count) { index in
      let start = parts[index].lowerBound
      compress(
        source.pointer + start, selection.words + start / 64, parts[index].count,
        target.pointer + places[index])
    }
  }
}

private func compress<T: FixedWidthInteger & Sendable>(
  _ source: UnsafePointer<T>, _ words: UnsafePointer<UInt64>, _ count: Int,
  _ target: UnsafeMutablePointer<T>
) {
  let (from, to) = (UnsafeRawPointer(source), UnsafeMutableRawPointer(target))
  switch T.bitWidth {
  case 8:
    diet_compress_u8(
      from.assumingMemoryBound(to: UInt8.self), words, count,
      to.assumingMemoryBound(to: UInt8.self))
  case 16:
    diet_compress_u16(
      from.assumingMemoryBound(to: UInt16.self), words, count,
      to.assumingMemoryBound(to: UInt16.self))
  case 32:
    diet_compress_u32(
      from.assumingMemoryBound(to: UInt32.self), words, count,
      to.assumingMemoryBound(to: UInt32.self))
  default:
    diet_compress_u64(
      from.assumingMemoryBound(to: UInt64.self), words, count,
      to.assumingMemoryBound(to: UInt64.self))
  }
}
