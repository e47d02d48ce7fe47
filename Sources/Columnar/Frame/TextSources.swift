/// The words of a dictionary.
extension SortedText: TextSource {
  package func byteCount(_ row: Int) -> Int? { self[row].count }

  package func write(_ row: Int, to target: UnsafeMutablePointer<UInt8>) {
    let text = self[row]
    if let start = text.baseAddress { target.update(from: start, count: text.count) }
  }
}

/// Strings, `nil` for null.
struct NullableStrings: TextSource {
  let values: [String?]
  var count: Int { values.count }

  func byteCount(_ row: Int) -> Int? { values[row]?.utf8.count }

  func write(_ row: Int, to target: UnsafeMutablePointer<UInt8>) {
    values[row]?.writeUTF8(to: target)
  }
}

/// Strings of which none is null.
struct Strings: TextSource {
  let values: [String]
  var count: Int { values.count }

  func byteCount(_ row: Int) -> Int? { values[row].utf8.count }

  func write(_ row: Int, to target: UnsafeMutablePointer<UInt8>) {
    values[row].writeUTF8(to: target)
  }
}

/// Bytes, `nil` for null.
struct ByteStrings: TextSource {
  let values: [[UInt8]?]
  var count: Int { values.count }

  func byteCount(_ row: Int) -> Int? { values[row]?.count }

  func write(_ row: Int, to target: UnsafeMutablePointer<UInt8>) {
    values[row]?.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { target.update(from: start, count: bytes.count) }
    }
  }
}

extension String {
  @inline(__always)
  fileprivate func writeUTF8(to target: UnsafeMutablePointer<UInt8>) {
    var text = self
    text.withUTF8 { bytes in
      if let start = bytes.baseAddress { target.update(from: start, count: bytes.count) }
    }
  }
}
