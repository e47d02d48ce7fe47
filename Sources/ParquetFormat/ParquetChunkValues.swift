import ArrowFormat
import CKernels
import Columnar

/// What a column chunk holds, on the way from its pages to an array.
final class ParquetChunkValues {
  private enum Storage {
    case fixed(ParquetFixedValues)
    case text(ParquetTextValues)
  }

  private let field: ParquetFooter.Field
  private let statistics: ParquetChunkStatistics
  private let rowCount: Int
  private let storage: Storage
  /// Bit `i` is 1 where row `i` has a value; `nil` where rows cannot be null.
  private let bitmap: Buffer?
  private var valueCount = 0
  /// The rows read so far.
  private(set) var doneCount = 0

  init(
    _ field: ParquetFooter.Field, _ statistics: ParquetChunkStatistics, rowCount: Int,
    growth: ParquetGrowth
  ) throws(PageFault) {
    self.field = field
    self.statistics = statistics
    self.rowCount = rowCount
    if field.isOptional {
      try growth.add(rowCount / 8)
      bitmap = Buffer(zeroedByteCount: (rowCount + 7) / 8)
    } else {
      bitmap = nil
    }
    if field.type.physical == .byteArray {
      storage = .text(ParquetTextValues(rowCount: rowCount, growth: growth))
    } else {
      storage = .fixed(
        try ParquetFixedValues(field.type, rowCount: rowCount, growth: growth))
    }
  }

  func readDictionary(_ cursor: inout PageCursor, count: Int) throws(PageFault) {
    switch storage {
    case .fixed(let values): try values.readDictionary(&cursor, count: count)
    case .text(let values): try values.readDictionary(&cursor, count: count)
    }
  }

  /// - Parameter levels: Where rows can be null.
  func readPage(
    _ cursor: inout PageCursor, _ encoding: ParquetEncoding, rowCount pageRowCount: Int,
    levels: PageCursor?
  ) throws(PageFault) {
    guard pageRowCount <= rowCount - doneCount else {
      throw PageFault("a page has \(pageRowCount) rows, \(rowCount - doneCount) are left")
    }
    let rows = doneCount..<doneCount + pageRowCount
    var count = pageRowCount
    let bits = bitmap?.pointer(as: UInt8.self)
    if var levels, let bits {
      count = try HybridDecoder.readLevels(&levels, count: pageRowCount, to: bits, at: doneCount)
      try levels.checkEnd(ofBits: true)
    }
    let validity = count < pageRowCount ? bits.map { UnsafePointer($0) } : nil
    switch storage {
    case .fixed(let values):
      try values.read(&cursor, encoding, rows: rows, count: count, validity: validity)
    case .text(let values):
      try values.read(&cursor, encoding, rows: rows, count: count, validity: validity)
    }
    // What no value needs, the head of an encoding, some writers leave out and some do not.
    if count > 0 { try cursor.checkEnd(ofBits: encoding.endsInBits(field.type.physical)) }
    valueCount += count
    doneCount += pageRowCount
  }

  /// Holds what the footer says of the chunk against its values.
  private func checkStatistics() throws(PageFault) {
    let nullCount = rowCount - valueCount
    if let said = statistics.nullCount, said != nullCount {
      throw PageFault("the statistics have \(said) nulls, the pages \(nullCount)")
    }
    guard let bounds = ParquetBounds(statistics, of: field.type) else { return }
    let validity = nullCount > 0 ? bitmap.map { UnsafePointer($0.pointer(as: UInt8.self)) } : nil
    switch storage {
    case .fixed(let values):
      try bounds.check(values.memory, rowCount: rowCount, validity: validity)
    case .text(let values): try bounds.check(values, rowCount: rowCount, validity: validity)
    }
  }

  /// The values as readers see them, once all pages are read.
  func array() throws(PageFault) -> ArrowArray {
    precondition(doneCount == rowCount)
    try checkStatistics()
    let validity = valueCount < rowCount ? bitmap : nil
    let nulls = ArrowNulls(validity: validity.map { UnsafePointer($0.pointer(as: UInt8.self)) })
    if case .unknown? = field.type.annotation {
      guard valueCount == 0 else { throw PageFault("a column of nulls has \(valueCount) values") }
      return ArrowArray(nullCount: rowCount)
    }
    let (view, memory): (ColumnView, [Buffer])
    switch storage {
    case .fixed(let values): (view, memory) = try values.view(field.type, nulls, rowCount: rowCount)
    case .text(let values): (view, memory) = try values.view(field.type, nulls, rowCount: rowCount)
    }
    return ArrowArray(
      rowCount: rowCount, nullCount: rowCount - valueCount, nulls: nulls, view: view,
      memory: memory + (validity.map { [$0] } ?? []))
  }
}
