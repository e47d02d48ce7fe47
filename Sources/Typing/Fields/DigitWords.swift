import Columnar

// Eight ASCII digits at a time: load, check and multiply as one word (Lemire, "Quickly parsing eight
// digits", 2018; the check is Mula's). The first digit is the lowest byte.

private let zeros: UInt64 = 0x3030_3030_3030_3030

/// The last `count` bytes of a word (0…8), the others the digit 0.
@inline(__always)
func keepingLast(_ count: Int, of word: UInt64) -> UInt64 {
  let keep: UInt64 = count == 0 ? 0 : ~0 &<< UInt64(truncatingIfNeeded: (8 &- count) &* 8)
  return (word & keep) | (zeros & ~keep)
}

/// Whether all eight bytes are digits.
@inline(__always)
func areDigits(_ word: UInt64) -> Bool {
  let values = word ^ zeros
  return (values | (values &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0
}

/// The number that eight digits spell.
@inline(__always)
func numberSpelled(_ word: UInt64) -> UInt64 {
  var value = word ^ zeros
  value = (value &* 10) &+ (value &>> 8)
  let high = (value & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
  let low = ((value &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
  return (high &+ low) &>> 32
}

extension Field {
  /// This field without spaces and tabs around it.
  var trimmed: Field {
    var start = start
    var count = count
    while count > 0, start[0] == 0x20 || start[0] == 0x09 {
      start += 1
      count -= 1
    }
    while count > 0, start[count - 1] == 0x20 || start[count - 1] == 0x09 { count -= 1 }
    return Field(start: start, count: count, isQuoted: isQuoted)
  }
}
