import Columnar
import FileIO
import Platform

/// What the footer of a file that is read says of a column chunk: the struct Statistics without the
/// older bounds, whose order no one knows.
struct ParquetChunkStatistics {
  var nullCount: Int?
  var minimum: [UInt8]?
  var maximum: [UInt8]?

  init() {}

  init(_ reader: inout ThriftReader) throws(ReadingError) {
    var last = 0
    while let field = try reader.nextField(&last) {
      switch (field.id, field.type) {
      case (3, .int64): nullCount = try reader.integer()
      case (5, .bytes): maximum = Array(try reader.byteArray())
      case (6, .bytes): minimum = Array(try reader.byteArray())
      default: try reader.skip(field.type)
      }
    }
  }
}

extension ThriftReader {
  /// The union ColumnOrder: whether bounds are in the order of the type.
  mutating func isTypeOrder() throws(ReadingError) -> Bool {
    var isTypeOrder = false
    var last = 0
    while let field = try nextField(&last) {
      if field.id == 1 { isTypeOrder = true }
      try skip(field.type)
    }
    return isTypeOrder
  }
}

/// The bounds of a column chunk, which no value may exceed.
struct ParquetBounds {
  private enum Order {
    case int32, int64, uint32, uint64, float, double, bytes
  }

  private let order: Order
  private let minimum: [UInt8]
  private let maximum: [UInt8]

  /// `nil` where there are none, or of a type whose order writers disagree about.
  init?(_ statistics: ParquetChunkStatistics, of type: ParquetType) {
    guard let minimum = statistics.minimum, let maximum = statistics.maximum else { return nil }
    var isUnsigned = false
    if case .integer(_, isSigned: false)? = type.annotation { isUnsigned = true }
    switch (type.physical, type.annotation) {
    case (.int32, _): order = isUnsigned ? .uint32 : .int32
    case (.int64, _): order = isUnsigned ? .uint64 : .int64
    case (.float, _): order = .float
    case (.double, _): order = .double
    case (.byteArray, .string?), (.byteArray, nil): order = .bytes
    default: return nil
    }
    let width = type.valueByteCount
    guard order == .bytes || minimum.count == width && maximum.count == width else { return nil }
    (self.minimum, self.maximum) = (minimum, maximum)
  }

  func check(
    _ values: Buffer, rowCount: Int, validity: UnsafePointer<UInt8>?
  ) throws(PageFault) {
    switch order {
    case .int32: try check(values, as: Int32.self, rowCount, validity)
    case .int64: try check(values, as: Int64.self, rowCount, validity)
    case .uint32: try check(values, as: UInt32.self, rowCount, validity)
    case .uint64: try check(values, as: UInt64.self, rowCount, validity)
    case .float: try check(values, as: Float.self, rowCount, validity)
    case .double: try check(values, as: Double.self, rowCount, validity)
    case .bytes: break
    }
  }

  private func check<Value: Comparable & BitwiseCopyable>(
    _ buffer: Buffer, as type: Value.Type, _ rowCount: Int, _ validity: UnsafePointer<UInt8>?
  ) throws(PageFault) {
    let low = minimum.withUnsafeBytes { $0.loadUnaligned(as: type) }
    let high = maximum.withUnsafeBytes { $0.loadUnaligned(as: type) }
    let values = buffer.pointer(as: type)
    // A bound or a value that is no number is on neither side.
    for row in 0..<rowCount where values[row] < low || values[row] > high {
      if let validity, validity[row >> 3] >> UInt8(row & 7) & 1 == 0 { continue }
      throw PageFault(
        "row \(row) of the row group has \(values[row]), the statistics say \(low) to \(high)")
    }
  }

  func check(
    _ values: ParquetTextValues, rowCount: Int, validity: UnsafePointer<UInt8>?
  ) throws(PageFault) {
    func fault(_ row: Int) -> PageFault {
      PageFault("row \(row) of the row group has text outside the bounds of the statistics")
    }
    func isNull(_ row: Int) -> Bool {
      validity.map { $0[row >> 3] >> UInt8(row & 7) & 1 == 0 } ?? false
    }
    if let text = values.text {
      for row in 0..<rowCount where !isNull(row) && !contains(text[row]) { throw fault(row) }
    } else if let dictionary = values.dictionary, let codes = values.codes {
      let fits = (0..<dictionary.count).map { contains(dictionary[$0]) }
      if fits.allSatisfy({ $0 }) { return }
      let codes = codes.pointer(as: UInt32.self)
      for row in 0..<rowCount where !isNull(row) && !fits[Int(codes[row])] { throw fault(row) }
    }
  }

  private func contains(_ text: UnsafeRawBufferPointer) -> Bool {
    Self.order(text, minimum) >= 0 && Self.order(text, maximum) <= 0
  }

  private static func order(_ text: UnsafeRawBufferPointer, _ bound: [UInt8]) -> Int {
    let shared = min(text.count, bound.count)
    let order =
      shared == 0 ? 0 : bound.withUnsafeBytes { memcmp(text.baseAddress!, $0.baseAddress!, shared) }
    return order != 0 ? Int(order) : text.count - bound.count
  }
}
