import Columnar
import Glibc

extension Field {
  /// How many quotes stand doubled for one.
  func doubledQuoteCount(_ quote: UInt8) -> Int {
    guard memchr(start, Int32(quote), count) != nil else { return 0 }
    return bytes.count { $0 == quote } / 2
  }

  /// Writes the field with doubled quotes made one. Up to 8 bytes behind it are written, too.
  func unescape(_ quote: UInt8, to target: UnsafeMutablePointer<UInt8>) {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = ones &* UInt64(quote)
    var output = 0
    var index = 0
    while index &+ 8 <= count {
      let word = load8(start + index)
      let rest = UnsafeMutableRawPointer(target + output)
      let difference = word ^ quotes
      if difference == 0 {
        rest.storeBytes(of: UInt32(truncatingIfNeeded: quotes), as: UInt32.self)
        output &+= 4
        index &+= 8
        continue
      }
      rest.storeBytes(of: word, as: UInt64.self)
      // The lowest of these bits is that of the first quote; those above it may be wrong.
      let found = (difference &- ones) & ~difference & (ones &<< 7)
      let plain = found.trailingZeroBitCount &>> 3
      output &+= plain &+ (found == 0 ? 0 : 1)
      index &+= plain &+ (found == 0 ? 0 : 2)
    }
    while index < count {
      let byte = start[index]
      target[output] = byte
      output &+= 1
      index &+= byte == quote ? 2 : 1
    }
  }
}
