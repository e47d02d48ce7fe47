import Glibc

extension Field {
  /// How many quotes stand doubled for one.
  func doubledQuoteCount(_ quote: UInt8) -> Int {
    guard memchr(start, Int32(quote), count) != nil else { return 0 }
    return bytes.count { $0 == quote } / 2
  }

  /// Writes the field with doubled quotes made one.
  func unescape(_ quote: UInt8, to target: UnsafeMutablePointer<UInt8>) {
    var output = 0
    var index = 0
    while index < count {
      let byte = start[index]
      target[output] = byte
      output &+= 1
      index &+= byte == quote ? 2 : 1
    }
  }
}
