import Platform

/// Reads DELTA_LENGTH_BYTE_ARRAY, the lengths and then all bytes, and DELTA_BYTE_ARRAY, in which each
/// value begins with some bytes of the one before.
struct DeltaTextDecoder {
  private let prefixes: [Int32]
  private let lengths: [Int32]
  /// What follows the values that were asked for.
  private(set) var cursor: PageCursor
  private var index = 0
  private var value: [UInt8] = []

  /// - Parameter count: How many values there must be.
  init(_ cursor: inout PageCursor, sharesPrefixes: Bool, count: Int) throws(PageFault) {
    prefixes = sharesPrefixes ? try Self.numbers(&cursor, count: count) : []
    lengths = try Self.numbers(&cursor, count: count)
    self.cursor = cursor
  }

  private static func numbers(
    _ cursor: inout PageCursor, count: Int
  ) throws(PageFault) -> [Int32] {
    let decoder = try DeltaDecoder(&cursor)
    guard decoder.count == count else {
      throw PageFault("a page of \(count) values has \(decoder.count) lengths")
    }
    var numbers = [Int32](repeating: 0, count: count)
    let result = numbers.withUnsafeMutableBufferPointer { buffer in
      Result { () throws(PageFault) in
        if let start = buffer.baseAddress { try decoder.read(&cursor, to: start) }
      }
    }
    try result.get()
    return numbers
  }

  /// How many bytes the next value has.
  var nextByteCount: Int {
    (prefixes.isEmpty ? 0 : Int(prefixes[index])) + Int(lengths[index])
  }

  /// The next value, valid until the one after it is asked for.
  mutating func next() throws(PageFault) -> UnsafeRawBufferPointer {
    defer { index += 1 }
    let suffix = try cursor.take(Int(lengths[index]))
    let suffixBytes = UnsafeRawBufferPointer(start: suffix, count: Int(lengths[index]))
    if prefixes.isEmpty { return suffixBytes }
    let shared = Int(prefixes[index])
    guard shared >= 0, shared <= value.count else {
      throw PageFault("a value shares \(shared) bytes with one of \(value.count)")
    }
    value.removeSubrange(shared...)
    value.append(contentsOf: suffixBytes)
    return value.withUnsafeBytes { $0 }
  }
}
