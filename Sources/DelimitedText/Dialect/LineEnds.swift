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

  /// How many LF lie in `bytes`, CRLF and lone ones alike: of every chunk that has quotes this is asked. Eight
  /// bytes at a time: a loop over bytes is a tenth as fast.
  static func countOfLineFeeds(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return 0 }
    let (ones, low): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x7F7F_7F7F_7F7F_7F7F)
    var (count, word) = (0, 0)
    while word < bytes.count / 8 {
      // Each byte of the sums takes as many words as it can count.
      let end = min(word &+ 255, bytes.count / 8)
      var sums: UInt64 = 0
      while word < end {
        let bits = base.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self)
        let others = bits ^ ones &* UInt64(UInt8(ascii: "\n"))
        // A byte of zero is the only one whose high bit stays 0.
        sums &+= ~((others & low) &+ low | others | low) &>> 7
        word &+= 1
      }
      let pairs = (sums & 0x00FF_00FF_00FF_00FF) &+ (sums &>> 8 & 0x00FF_00FF_00FF_00FF)
      count &+= Int((pairs &* 0x0001_0001_0001_0001) &>> 48)
    }
    for index in word * 8..<bytes.count { count += bytes[index] == UInt8(ascii: "\n") ? 1 : 0 }
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
