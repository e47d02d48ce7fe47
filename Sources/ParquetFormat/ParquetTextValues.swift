import Columnar
import Platform

/// The text of a column chunk: codes of a dictionary as long as all pages have codes, else bytes and
/// offsets. Null rows are empty.
final class ParquetTextValues {
  /// Text with `count + 1` offsets.
  final class Store {
    var bytes = PageBytes()
    let offsets: Buffer
    var count = 0

    init(capacity: Int) {
      offsets = Buffer(uninitializedByteCount: (capacity + 1) * 4)
      offsets.pointer(as: UInt32.self)[0] = 0
    }

    @inline(__always)
    func append(_ source: UnsafeRawPointer?, _ byteCount: Int) throws(PageFault) {
      if byteCount > 0, let source { bytes.append(source, count: byteCount) }
      guard bytes.count <= Int(UInt32.max) else {
        throw PageFault(.unsupportedInput, "a row group has more than 4 GiB of text in a column")
      }
      count &+= 1
      offsets.pointer(as: UInt32.self)[count] = UInt32(truncatingIfNeeded: bytes.count)
    }

    subscript(index: Int) -> UnsafeRawBufferPointer {
      let offsets = offsets.pointer(as: UInt32.self)
      let start = Int(offsets[index])
      return UnsafeRawBufferPointer(
        start: bytes.base + start, count: Int(offsets[index + 1]) - start)
    }
  }

  private let rowCount: Int
  private let growth: ParquetGrowth
  private(set) var dictionary: Store?
  private(set) var codes: Buffer?
  private(set) var text: Store?
  private let scratch = ChunkScratch()

  init(rowCount: Int, growth: ParquetGrowth) {
    self.rowCount = rowCount
    self.growth = growth
  }

  func readDictionary(_ cursor: inout PageCursor, count: Int) throws(PageFault) {
    guard count <= cursor.remaining / 4 else {
      throw PageFault("a dictionary of \(count) entries has \(cursor.remaining) bytes")
    }
    let entries = Store(capacity: count)
    for _ in 0..<count {
      let length = try cursor.length()
      try entries.append(try cursor.take(length), length)
    }
    dictionary = entries
  }

  /// Reads the values of a page; see `ParquetFixedValues.read`.
  func read(
    _ cursor: inout PageCursor, _ encoding: ParquetEncoding, rows: Range<Int>, count: Int,
    validity: UnsafePointer<UInt8>?
  ) throws(PageFault) {
    switch encoding {
    case .plainDictionary, .runLengthDictionary:
      try readCodes(&cursor, rows: rows, count: count, validity: validity)
    case .plain:
      let store = try materialized(rows.lowerBound)
      for row in rows {
        guard hasValue(row, validity) else {
          try store.append(nil, 0)
          continue
        }
        let length = try cursor.length()
        try store.append(try cursor.take(length), length)
      }
    case .deltaLengthByteArray, .deltaByteArray:
      let store = try materialized(rows.lowerBound)
      try growth.add(count * 8)
      var decoder = try DeltaTextDecoder(
        &cursor, sharesPrefixes: encoding == .deltaByteArray, count: count)
      for row in rows {
        guard hasValue(row, validity) else {
          try store.append(nil, 0)
          continue
        }
        try growth.add(max(0, decoder.nextByteCount))
        let text = try decoder.next()
        try store.append(text.baseAddress, text.count)
      }
      cursor = decoder.cursor
    default:
      throw PageFault(.unsupportedInput, "BYTE_ARRAY in the encoding \(encoding.name) is not read")
    }
  }

  @inline(__always)
  private func hasValue(_ row: Int, _ validity: UnsafePointer<UInt8>?) -> Bool {
    guard let validity else { return true }
    return validity[row >> 3] >> UInt8(truncatingIfNeeded: row & 7) & 1 == 1
  }

  private func readCodes(
    _ cursor: inout PageCursor, rows: Range<Int>, count: Int, validity: UnsafePointer<UInt8>?
  ) throws(PageFault) {
    let read = try readDictionaryCodes(
      &cursor, count: count, below: dictionary?.count ?? 0, scratch)
    guard text == nil else {
      var next = 0
      for row in rows {
        if hasValue(row, validity) {
          try appendEntry(Int(read[next]))
          next += 1
        } else {
          try text?.append(nil, 0)
        }
      }
      return
    }
    if codes == nil {
      try growth.add(rowCount * 4)
      codes = Buffer(uninitializedByteCount: rowCount * 4)
    }
    guard let codes else { return }
    let target = codes.pointer(as: UInt32.self) + rows.lowerBound
    target.update(from: read, count: count)
    if count < rows.count, let validity {
      spreadValues(target, rows, count: count, validity)
    }
  }

  private func appendEntry(_ code: Int) throws(PageFault) {
    guard let dictionary, code < dictionary.count else {
      // The codes of nulls lead nowhere.
      try text?.append(nil, 0)
      return
    }
    let entry = dictionary[code]
    try growth.add(entry.count)
    try text?.append(entry.baseAddress, entry.count)
  }

  /// The store of bytes and offsets, with the text of the codes so far.
  private func materialized(_ rowCountSoFar: Int) throws(PageFault) -> Store {
    if let text { return text }
    try growth.add(rowCount * 4)
    let store = Store(capacity: rowCount)
    text = store
    if let codes {
      let codes = codes.pointer(as: UInt32.self)
      for row in 0..<rowCountSoFar { try appendEntry(Int(codes[row])) }
    }
    codes = nil
    return store
  }
}
