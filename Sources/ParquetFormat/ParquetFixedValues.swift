import Columnar
import Platform

/// The values of a column chunk that all take the same number of bytes, as they lie in plain pages;
/// booleans have a byte each. Null rows hold zeros.
final class ParquetFixedValues {
  let memory: Buffer
  /// Bytes of a value.
  let width: Int
  private let physical: ParquetPhysicalType
  private var dictionary: Buffer?
  private var dictionaryCount = 0
  private let codes = ChunkScratch()
  private let growth: ParquetGrowth

  init(_ type: ParquetType, rowCount: Int, growth: ParquetGrowth) throws(PageFault) {
    physical = type.physical
    width = type.valueByteCount
    self.growth = growth
    try growth.add(rowCount * width)
    memory = Buffer(uninitializedByteCount: rowCount * width)
  }

  func readDictionary(_ cursor: inout PageCursor, count: Int) throws(PageFault) {
    guard count <= cursor.remaining * 8 else {
      throw PageFault("a dictionary of \(count) entries has \(cursor.remaining) bytes")
    }
    let entries = Buffer(uninitializedByteCount: count * width)
    try readPlain(&cursor, count: count, to: entries.base)
    (dictionary, dictionaryCount) = (entries, count)
  }

  /// Reads the values of a page.
  ///
  /// - Parameter rows: The page's.
  /// - Parameter validity: Which rows of the chunk have a value; `nil` where all of the page have.
  /// - Parameter count: How many have.
  func read(
    _ cursor: inout PageCursor, _ encoding: ParquetEncoding, rows: Range<Int>, count: Int,
    validity: UnsafePointer<UInt8>?
  ) throws(PageFault) {
    let target = memory.base + rows.lowerBound * width
    switch (encoding, physical) {
    case (.plain, _): try readPlain(&cursor, count: count, to: target)
    case (.plainDictionary, _), (.runLengthDictionary, _):
      try readCodes(&cursor, count: count, to: target)
    case (.runLength, .boolean): try readRuns(&cursor, count: count, to: target)
    case (.deltaBinaryPacked, .int32):
      try readDifferences(&cursor, count: count, to: target.assumingMemoryBound(to: Int32.self))
    case (.deltaBinaryPacked, .int64):
      try readDifferences(&cursor, count: count, to: target.assumingMemoryBound(to: Int64.self))
    case (.byteStreamSplit, _) where physical != .boolean:
      try readStreams(&cursor, count: count, to: target)
    case (.deltaByteArray, .fixedLengthByteArray):
      var decoder = try DeltaTextDecoder(&cursor, sharesPrefixes: true, count: count)
      for index in 0..<count {
        let text = try decoder.next()
        guard text.count == width else { throw PageFault("a value has \(text.count) bytes") }
        memcpy(target + index * width, text.baseAddress!, width)
      }
      cursor = decoder.cursor
    default:
      throw PageFault(
        .unsupportedInput, "\(physical.name) in the encoding \(encoding.name) is not read")
    }
    if count < rows.count, let validity { spread(target, rows, count: count, validity) }
  }

  private func readPlain(
    _ cursor: inout PageCursor, count: Int, to target: UnsafeMutableRawPointer
  ) throws(PageFault) {
    guard physical == .boolean else {
      memcpy(target, try cursor.take(count, of: width), count * width)
      return
    }
    let bits = try cursor.take((count + 7) / 8)
    for index in 0..<count {
      let byte = bits.load(fromByteOffset: index >> 3, as: UInt8.self)
      target.storeBytes(of: byte >> UInt8(index & 7) & 1, toByteOffset: index, as: UInt8.self)
    }
  }

  private func readCodes(
    _ cursor: inout PageCursor, count: Int, to target: UnsafeMutableRawPointer
  ) throws(PageFault) {
    let codes = try readDictionaryCodes(&cursor, count: count, below: dictionaryCount, codes)
    guard let dictionary else { return }
    switch width {
    case 4: gather(dictionary, codes, count, target.assumingMemoryBound(to: UInt32.self))
    case 8: gather(dictionary, codes, count, target.assumingMemoryBound(to: UInt64.self))
    default:
      for index in 0..<count {
        memcpy(target + index * width, dictionary.base + Int(codes[index]) * width, width)
      }
    }
  }

  private func gather<Value>(
    _ dictionary: Buffer, _ codes: UnsafePointer<UInt32>, _ count: Int,
    _ target: UnsafeMutablePointer<Value>
  ) {
    let entries = dictionary.pointer(as: Value.self)
    for index in 0..<count { target[index] = entries[Int(codes[index])] }
  }

  private func readRuns(
    _ cursor: inout PageCursor, count: Int, to target: UnsafeMutableRawPointer
  ) throws(PageFault) {
    var part = try cursor.part(try cursor.length())
    try growth.add(count * 4)
    let values = codes.memory(of: UInt32.self, count: count)
    try HybridDecoder(width: 1).read(&part, count: count, to: values)
    for index in 0..<count {
      target.storeBytes(
        of: UInt8(truncatingIfNeeded: values[index]), toByteOffset: index, as: UInt8.self)
    }
  }

  private func readDifferences<Number: FixedWidthInteger>(
    _ cursor: inout PageCursor, count: Int, to target: UnsafeMutablePointer<Number>
  ) throws(PageFault) {
    let decoder = try DeltaDecoder(&cursor)
    guard decoder.count == count else {
      throw PageFault("a page of \(count) values has \(decoder.count) differences")
    }
    try decoder.read(&cursor, to: target)
  }

  /// The first bytes of all values, then the second ones, and so on.
  private func readStreams(
    _ cursor: inout PageCursor, count: Int, to target: UnsafeMutableRawPointer
  ) throws(PageFault) {
    let source = try cursor.take(count, of: width)
    for byte in 0..<width {
      for index in 0..<count {
        target.storeBytes(
          of: source.load(fromByteOffset: byte * count + index, as: UInt8.self),
          toByteOffset: index * width + byte, as: UInt8.self)
      }
    }
  }

  private func spread(
    _ target: UnsafeMutableRawPointer, _ rows: Range<Int>, count: Int,
    _ validity: UnsafePointer<UInt8>
  ) {
    switch width {
    case 4: spreadValues(target.assumingMemoryBound(to: UInt32.self), rows, count: count, validity)
    case 8: spreadValues(target.assumingMemoryBound(to: UInt64.self), rows, count: count, validity)
    default:
      var next = count
      for row in rows.reversed() {
        let place = target + (row - rows.lowerBound) * width
        if validity[row >> 3] >> UInt8(row & 7) & 1 == 1 {
          next -= 1
          memmove(place, target + next * width, width)
        } else {
          memset(place, 0, width)
        }
      }
    }
  }
}

/// Moves values that lie together to the rows that have one, from the last on; the others become 0.
func spreadValues<Value: FixedWidthInteger>(
  _ target: UnsafeMutablePointer<Value>, _ rows: Range<Int>, count: Int,
  _ validity: UnsafePointer<UInt8>
) {
  var next = count
  var row = rows.upperBound
  while row > rows.lowerBound {
    row &-= 1
    if validity[row >> 3] >> UInt8(truncatingIfNeeded: row & 7) & 1 == 1 {
      next &-= 1
      target[row &- rows.lowerBound] = target[next]
    } else {
      target[row &- rows.lowerBound] = 0
    }
  }
}

/// Reads the width and the codes of a page, each below `limit`.
func readDictionaryCodes(
  _ cursor: inout PageCursor, count: Int, below limit: Int, _ scratch: ChunkScratch
) throws(PageFault) -> UnsafeMutablePointer<UInt32> {
  let codes = scratch.memory(of: UInt32.self, count: count)
  // A page of nulls may have nothing at all.
  if count == 0 { return codes }
  let width = Int(try cursor.byte())
  try HybridDecoder(width: width).read(&cursor, count: count, to: codes)
  var largest: UInt32 = 0
  for index in 0..<count { largest = codes[index] > largest ? codes[index] : largest }
  guard Int(largest) < limit else {
    throw PageFault("a code is \(largest), the dictionary has \(limit) entries")
  }
  return codes
}

extension ParquetType {
  /// Bytes that a value takes in memory; booleans have one each.
  var valueByteCount: Int {
    switch physical {
    case .boolean: 1
    case .int32, .float: 4
    case .int64, .double: 8
    case .int96: 12
    case .fixedLengthByteArray: byteLength ?? 0
    case .byteArray: 0
    }
  }
}
