/// Physical lines: LF, CRLF and CR each end one, inside quotes too.
package enum LineEnds {
  /// How many line ends lie in `bytes`; one more byte must be readable past the end, and a CR at the
  /// end counts unless that byte is LF.
  package static func count(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let start = bytes.baseAddress else { return 0 }
    var count = 0
    for index in 0..<bytes.count {
      let isLF = start[index] == UInt8(ascii: "\n")
      let isLoneCR = start[index] == UInt8(ascii: "\r") && start[index + 1] != UInt8(ascii: "\n")
      count &+= isLF || isLoneCR ? 1 : 0
    }
    return count
  }

  /// How many LF lie in `bytes`, CRLF and lone ones alike: of every chunk that has quotes this is asked.
  static func countOfLineFeeds(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    typealias Block = SIMD32<UInt8>
    let (lineFeed, one) = (UInt8(ascii: "\n"), Block(repeating: 1))
    var (count, start) = (0, 0)
    while start + Block.scalarCount <= bytes.count {
      // So many blocks leave each of the counts within a byte.
      var counts = Block()
      for _ in 0..<min(255, (bytes.count - start) / Block.scalarCount) {
        let block = UnsafeRawPointer(bytes.baseAddress! + start).loadUnaligned(as: Block.self)
        counts.replace(with: counts &+ one, where: block .== lineFeed)
        start += Block.scalarCount
      }
      count += Int(SIMD32<UInt16>(truncatingIfNeeded: counts).wrappedSum())
    }
    for index in start..<bytes.count { count += bytes[index] == lineFeed ? 1 : 0 }
    return count
  }

  /// How many lines `bytes` are, the last one with or without its end.
  static func countOfWhole(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    var position = 0
    while position < bytes.count {
      position = next(in: bytes, from: position, atEndOfInput: true) ?? bytes.count
      count += 1
    }
    return count
  }

  /// The offset just past the next line end at or after `position`; `nil` when there is none. A CR
  /// that is the last byte is one only `atEndOfInput`, since an LF may follow.
  static func next(
    in bytes: UnsafeBufferPointer<UInt8>, from position: Int, atEndOfInput: Bool
  ) -> Int? {
    var index = position
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\n"): return index + 1
      case UInt8(ascii: "\r"):
        if index + 1 == bytes.count { return atEndOfInput ? index + 1 : nil }
        return bytes[index + 1] == UInt8(ascii: "\n") ? index + 2 : index + 1
      default: index += 1
      }
    }
    return nil
  }
}
