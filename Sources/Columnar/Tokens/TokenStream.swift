/// Tokens of some bits each, one after the other, the lowest bits first.
///
///     | tokens | zeros, 4 bytes | the bits of a token, 32 bits |
struct TokenStream {
  /// The bytes after the last token.
  static let margin = 8

  let bytes: UnsafeMutableRawPointer
  /// The bits of a token: at most 16.
  let bits: Int

  init(bytes: UnsafeMutableRawPointer, bits: Int) {
    (self.bytes, self.bits) = (bytes, bits)
  }

  /// The tokens in `memory`, which ends with their bits.
  init(_ memory: Buffer) {
    let end = (memory.base + (memory.byteCount - 4)).loadUnaligned(as: UInt32.self)
    self.init(bytes: memory.base, bits: Int(end))
  }

  static func byteCount(tokenCount: Int, bits: Int) -> Int { (tokenCount * bits + 7) / 8 + margin }

  /// Writes what stands behind the tokens.
  static func finish(_ memory: Buffer, bits: Int) {
    let end = memory.base + (memory.byteCount - margin)
    end.storeBytes(of: 0, as: UInt32.self)
    (end + 4).storeBytes(of: UInt32(bits), as: UInt32.self)
  }

  @inline(__always)
  subscript(place: Int) -> Int {
    let bit = place &* bits
    let word = (bytes + bit &>> 3).loadUnaligned(as: UInt32.self)
    return Int(word &>> UInt32(bit & 7) & (1 &<< UInt32(bits) &- 1))
  }

  /// At least 56 bits from a token on.
  @inline(__always)
  func word(at place: Int) -> UInt64 { word(atBit: place &* bits) }

  @inline(__always)
  private func word(atBit bit: Int) -> UInt64 {
    (bytes + bit &>> 3).loadUnaligned(as: UInt64.self) &>> UInt64(bit & 7)
  }

  /// Copies `count` tokens of another stream of as many bits, those at `place`, behind the first `written`
  /// ones; up to 8 bytes after them are zeros then.
  @inline(__always)
  func copy(_ count: Int, from other: TokenStream, at place: Int, to written: Int) {
    var source = place &* bits
    var bit = written &* bits
    var left = count &* bits
    while left > 0 {
      let taken = min(left, 56)
      let word = other.word(atBit: source) & (1 &<< UInt64(taken) &- 1)
      let target = bytes + bit &>> 3
      let shift = UInt64(bit & 7)
      let before = UInt64(target.load(as: UInt8.self)) & (1 &<< shift &- 1)
      target.storeBytes(of: before | word &<< shift, as: UInt64.self)
      source &+= taken
      bit &+= taken
      left &-= taken
    }
  }

  /// Writes tokens to `place` and those that follow, and up to 4 zeros. All before it are there.
  @inline(__always)
  func write(_ tokens: UnsafePointer<UInt16>, count: Int, at place: Int) {
    let (width, bit) = (UInt64(bits), place &* bits)
    var target = bytes + bit &>> 3
    var filled = UInt64(bit & 7)
    var word = UInt64(target.load(as: UInt8.self)) & (1 &<< filled &- 1)
    for index in 0..<count {
      word |= UInt64(tokens[index]) &<< filled
      filled &+= width
      if filled >= 32 {
        target.storeBytes(of: UInt32(truncatingIfNeeded: word), as: UInt32.self)
        target += 4
        word &>>= 32
        filled &-= 32
      }
    }
    target.storeBytes(of: UInt32(truncatingIfNeeded: word), as: UInt32.self)
  }
}
