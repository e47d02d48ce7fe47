import Columnar
import Platform

extension Field {
  /// How many quotes stand doubled for one.
  func doubledQuoteCount(_ quote: UInt8) -> Int {
    guard let first = memchr(start, Int32(quote), count) else { return 0 }
    let (low, high): (UInt64, UInt64) = (0x7F7F_7F7F_7F7F_7F7F, 0x8080_8080_8080_8080)
    let quotes = 0x0101_0101_0101_0101 &* UInt64(quote)
    var found = 0
    var index = UnsafeRawPointer(first) - UnsafeRawPointer(start)
    while index < count {
      let difference = load8(start + index) ^ quotes
      // The highest bit of each byte that is no quote, and of those behind the field.
      let behind = index &+ 8 > count ? ~0 &<< UInt64((count &- index) &* 8) : 0
      let others = ((difference & low) &+ low) | difference | low | behind
      found &+= (~others & high).nonzeroBitCount
      index &+= 8
    }
    return found / 2
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
