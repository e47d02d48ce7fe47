import Columnar
import FileIO

/// The dictionaries of a file, each read once, when it is first asked for.
final class ArrowDictionaries: Sendable {
  private let places: [[ArrowArrayPlace]]
  private let file: ArrowFileBytes
  private let known = Lock<[Int: ArrowArray]>([:])

  /// - Parameter places: For each dictionary its values, and those that were added to it.
  init(_ places: [[ArrowArrayPlace]], in file: ArrowFileBytes) {
    self.places = places
    self.file = file
  }

  func values(_ number: Int) throws(ReadingError) -> ArrowArray {
    if let values = known.withLock({ $0[number] }) { return values }
    var parts: [ArrowArray] = []
    for place in places[number] { parts.append(try place.array(in: file, dictionary: nil)) }
    guard let joined = ArrowArray(joining: parts) else {
      throw ReadingError.arrow(
        .unsupportedInput, file: file.name, byteOffset: places[number][0].buffers.first?.lowerBound,
        column: places[number][0].field.name,
        "its dictionary is of the type \(places[number][0].field.type) and comes in parts")
    }
    return known.withLock { known in
      let first = known[number] ?? joined
      known[number] = first
      return first
    }
  }
}

extension ArrowArray {
  /// The rows of all parts, one after the other; `nil` where these are no numbers and no text.
  init?(joining parts: [ArrowArray]) {
    if parts.count == 1 {
      self = parts[0]
      return
    }
    let rowCount = parts.reduce(0) { $0 + $1.rowCount }
    let nullCount = parts.reduce(0) { $0 + $1.nullCount }
    var memory: [Buffer] = []
    var nulls = ArrowNulls(validity: nil)
    if nullCount > 0 {
      let bitmap = Buffer(zeroedByteCount: (rowCount + 7) / 8)
      let bits = bitmap.pointer(as: UInt8.self)
      var position = 0
      for part in parts {
        for row in 0..<part.rowCount where !(part.isAllNull || part.nulls.isNull(row)) {
          bits[(position + row) >> 3] |= 1 << UInt8((position + row) & 7)
        }
        position += part.rowCount
      }
      nulls = ArrowNulls(validity: UnsafePointer(bits))
      memory.append(bitmap)
    }
    guard let (values, buffers) = PlainValues.joined(parts, rowCount: rowCount) else { return nil }
    self.init(
      rowCount: rowCount, nullCount: nullCount, nulls: nulls, view: .plain(values),
      memory: memory + buffers)
  }
}

extension PlainValues {
  /// All parts are of one type, so their integers are of one width.
  fileprivate static func joined(
    _ parts: [ArrowArray], rowCount: Int
  ) -> (PlainValues, [Buffer])? {
    guard case .plain(let first) = parts.first?.view else { return nil }
    if case .utf8 = first {
      let rows = parts.compactMap { TextRows($0.view) }
      guard rows.count == parts.count else { return nil }
      let offsets = Buffer(uninitializedByteCount: (rowCount + 1) * 4)
      var ends: [UInt32] = [0]
      var bytes: [UInt8] = []
      for (part, text) in zip(parts, rows) {
        for row in 0..<part.rowCount {
          text.withText(at: row) { bytes.append(contentsOf: $0) }
          guard bytes.count <= UInt32.max else { return nil }
          ends.append(UInt32(bytes.count))
        }
      }
      let text = Buffer(uninitializedByteCount: bytes.count)
      bytes.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(start: text.base, count: bytes.count).copyMemory(from: $0)
      }
      ends.withUnsafeBytes { offsets.base.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
      return (
        .utf8(bytes: text.pointer(as: UInt8.self), offsets: offsets.pointer(as: UInt32.self)),
        [text, offsets]
      )
    }
    let values = Buffer(uninitializedByteCount: rowCount * 8)
    var row = 0
    for part in parts {
      let rows = 0..<part.rowCount
      if let integers = IntegerRows(part.view) {
        integers.copy(rows, to: values.pointer(as: Int64.self) + row)
      } else if let floats = FloatRows(part.view) {
        floats.copy(rows, to: values.pointer(as: Double.self) + row)
      }
      row += part.rowCount
    }
    switch first {
    case .bits, .fixed, .utf8: return nil
    case .float32, .float64: return (.float64(values.pointer(as: Double.self)), [values])
    case .uint64: return (.uint64(values.pointer(as: UInt64.self)), [values])
    default: return (.int64(values.pointer(as: Int64.self)), [values])
    }
  }
}
