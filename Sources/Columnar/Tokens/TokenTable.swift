import Platform

/// What tokens stand for, as it lies in memory.
///
///     | where each 256th begins, 32 bits | a place for each, 16 bits | bytes | 16 more that can be read |
///
/// A place is how far the token begins behind the 256th before it, and its length less one, in the lowest four bits.
///
/// Unchecked: it only reads.
struct TokenTable: @unchecked Sendable {
  /// So many bytes after the last token can be read.
  static let margin = TokenVocabulary.maximumLength
  private static let lengthBits = 4
  /// Tokens behind one base: the farthest of them begins within the bits that a place has beside its length's.
  private static let groupBits = 8

  /// What the pointers lead to.
  let memory: Buffer
  private let bases: UnsafePointer<UInt32>
  private let places: UnsafePointer<UInt16>
  /// The bytes of all tokens.
  private let bytes: UnsafePointer<UInt8>

  /// The table of `count` tokens that `memory(of:)` wrote.
  init(_ memory: Buffer, count: Int) {
    self.memory = memory
    let groupCount = Self.groupCount(count)
    bases = UnsafePointer(memory.pointer(as: UInt32.self))
    places = UnsafeRawPointer(bases + groupCount).assumingMemoryBound(to: UInt16.self)
    bytes = UnsafeRawPointer(places + count).assumingMemoryBound(to: UInt8.self)
  }

  private static func groupCount(_ count: Int) -> Int { (count - 1) >> groupBits + 1 }

  /// The bytes of a table of `count` tokens of so many bytes.
  static func byteCount(_ count: Int, tokenByteCount: Int) -> Int {
    groupCount(count) * 4 + count * 2 + tokenByteCount + margin
  }

  static func memory(of vocabulary: TokenVocabulary) -> Buffer {
    let count = vocabulary.count
    let memory = Buffer(
      zeroedByteCount: byteCount(count, tokenByteCount: vocabulary.bytes.count))
    let bases = memory.pointer(as: UInt32.self)
    let places = (memory.base + groupCount(count) * 4).assumingMemoryBound(to: UInt16.self)
    var start: UInt32 = 0
    for (token, end) in vocabulary.ends.enumerated() {
      let group = token >> groupBits
      if group << groupBits == token { bases[group] = start }
      places[token] = UInt16((start - bases[group]) << UInt32(lengthBits) | (end - start - 1))
      start = end
    }
    memcpy(places + count, vocabulary.bytes, vocabulary.bytes.count)
    return memory
  }

  /// How many bytes a token stands for.
  @inline(__always)
  func length(of token: Int) -> Int {
    Int(places[token] & (1 << UInt16(Self.lengthBits) - 1)) &+ 1
  }

  /// Where the bytes of a token begin.
  @inline(__always)
  private func start(of token: Int) -> UnsafePointer<UInt8> {
    bytes + Int(bases[token &>> Self.groupBits]) + Int(places[token] &>> UInt16(Self.lengthBits))
  }

  /// The bytes of a token.
  subscript(token: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start(of: token), count: length(of: token))
  }

  /// Writes the text of `count` tokens of `stream` from `place` on, and up to 16 bytes more; returns its end.
  @inline(__always)
  func write(
    _ stream: TokenStream, _ place: Int, _ count: Int, to target: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var target = target
    for index in place..<place &+ count {
      let token = stream[index]
      UnsafeMutableRawPointer(target).storeBytes(
        of: UnsafeRawPointer(start(of: token)).loadUnaligned(as: SIMD2<UInt64>.self),
        as: SIMD2<UInt64>.self)
      target += length(of: token)
    }
    return target
  }

  /// Calls `body` with the bytes of each of `count` tokens.
  @inline(__always)
  func withLengths<R>(of count: Int, _ body: (UnsafePointer<UInt8>) -> R) -> R {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { lengths in
      // There are as many tokens as bytes at the least.
      let lengths = lengths.baseAddress!
      for token in 0..<count { lengths[token] = UInt8(truncatingIfNeeded: length(of: token)) }
      return body(lengths)
    }
  }
}

/// Tokens one after the other, each as text.
struct TokenTableDecoder: TextDecoder {
  let table: TokenTable
  let rowCount: Int

  init(_ table: TokenTable, count: Int) { (self.table, rowCount) = (table, count) }

  var byteCount: Int { table.memory.byteCount }
  var longestByteCount: Int { TokenVocabulary.maximumLength }

  func decode(_ rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    for token in rows { body(table[token]) }
  }
}
