/// What tokens stand for, as it lies in memory. The pointers live as long as the column does.
///
/// Unchecked: it only reads.
struct TokenTable: @unchecked Sendable {
  /// So many bytes after the last token can be read.
  static let margin = TokenVocabulary.maximumLength

  /// The bytes of all tokens.
  let bytes: UnsafePointer<UInt8>
  /// Where each begins, and the last ends.
  let offsets: UnsafePointer<UInt32>

  /// Writes the text of `count` tokens of `stream` from `place` on, and up to 16 bytes more; returns its end.
  @inline(__always)
  func write(
    _ stream: TokenStream, _ place: Int, _ count: Int, to target: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var target = target
    for index in place..<place &+ count {
      let token = stream[index]
      let start = offsets[token]
      UnsafeMutableRawPointer(target).storeBytes(
        of: UnsafeRawPointer(bytes + Int(start)).loadUnaligned(as: SIMD2<UInt64>.self),
        as: SIMD2<UInt64>.self)
      target += Int(offsets[token &+ 1] &- start)
    }
    return target
  }
  /// Calls `body` with the bytes of each of `count` tokens.
  @inline(__always)
  func withLengths<R>(of count: Int, _ body: (UnsafePointer<UInt8>) -> R) -> R {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { lengths in
      // There are as many tokens as bytes at the least.
      let lengths = lengths.baseAddress!
      for token in 0..<count {
        lengths[token] = UInt8(truncatingIfNeeded: offsets[token + 1] - offsets[token])
      }
      return body(lengths)
    }
  }
}
