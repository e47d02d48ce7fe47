/// Finds the tokens of text, the longest first: a trie as a double array (J. Aoe, 1989), one load a byte.
///
/// Each node but those of single bytes has a place. What follows a node by byte `b` stands at place
/// `base + b`, where `base` is the node's own, and says which byte led there: no two nodes have the same base.
///
/// What is waited for is the way from one load to the next and the end of a token, which nobody foretells. So a place
/// has all that is asked of it in one word, and the first two bytes are one step.
///
/// Unchecked: written by its initialiser alone.
final class TokenMatcher: @unchecked Sendable {
  private let places: UnsafeMutablePointer<TokenPlace>
  /// The place of each two bytes, the first in the lower bits.
  private let pairs: UnsafeMutablePointer<TokenPlace>

  init(_ vocabulary: TokenVocabulary) {
    let nodes = TokenNodes(vocabulary)
    var room = TokenRoom(expecting: nodes.count)
    var bases = [Int](repeating: 0, count: nodes.count)
    // Each node stands behind the one that leads to it.
    for node in 0..<nodes.count where nodes.firstChild[node] != 0 {
      bases[node] = room.takeBase(of: node, nodes)
    }
    let end = room.endBase
    for node in 0..<nodes.count where nodes.firstChild[node] == 0 { bases[node] = end }
    let placeCount = end + 256
    places = .allocate(capacity: placeCount)
    for place in 0..<placeCount { (places + place).initialize(to: TokenPlace(emptyAt: place)) }
    pairs = .allocate(capacity: 1 << 16)
    for pair in 0..<1 << 16 {
      let first = nodes.longest[pair & 0xFF]
      (pairs + pair).initialize(to: TokenPlace(byte: 0, longest: first, base: end))
    }
    for node in 0..<nodes.count {
      nodes.forEachChild(of: node) { child, byte in
        let place = TokenPlace(byte: byte, longest: nodes.longest[child], base: bases[child])
        places[bases[node] + Int(byte)] = place
        if node < 256 { pairs[Int(byte) << 8 | node] = place }
      }
    }
  }

  deinit {
    places.deallocate()
    pairs.deallocate()
  }

  /// Calls `body` with the tokens of `text`.
  func withTokens<R>(
    of text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt16>) -> R
  ) -> R {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: text.count) { room in
      let count = room.baseAddress.map { encode(text, to: $0) } ?? 0
      return body(UnsafeBufferPointer(rebasing: room[..<count]))
    }
  }

  /// Writes the tokens of `text`, of which there are at most as many as bytes; returns how many.
  @inline(__always)
  func encode(
    _ text: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt16>
  ) -> Int {
    guard var start = text.baseAddress else { return 0 }
    let end = start + text.count
    let (places, pairs) = (UnsafePointer(places), UnsafePointer(pairs))
    var next = target
    while end - start > 1 {
      let pair = UnsafeRawPointer(start).loadUnaligned(as: UInt16.self)
      var place = pairs[Int(UInt16(littleEndian: pair))]
      var position = start + 2
      while position < end {
        let byte = position[0]
        let following = (places + Int(byte))[place.base]
        if following.byte != byte { break }
        place = following
        position += 1
      }
      next[0] = place.token
      next += 1
      start += place.length
    }
    if start < end {
      next[0] = UInt16(start[0])
      next += 1
    }
    return next - target
  }
}

/// What is known at a place: the byte that leads to it, the longest token that ends there or on the way to it, and the
/// base of what follows.
private struct TokenPlace {
  private let word: UInt64

  /// - Parameter longest: The token, and above 24 bits its length.
  init(byte: UInt8, longest: UInt32, base: Int) {
    word =
      UInt64(byte) | UInt64(longest >> 24) << 8 | UInt64(longest & 0xFFFF) << 16
      | UInt64(base) << 32
  }

  /// A place to which no byte leads from any base of `TokenRoom`.
  init(emptyAt place: Int) {
    word = UInt64(UInt8(truncatingIfNeeded: place + 1))
  }

  var byte: UInt8 { UInt8(truncatingIfNeeded: word) }
  var length: Int { Int(word &>> 8 & 0xFF) }
  var token: UInt16 { UInt16(truncatingIfNeeded: word &>> 16) }
  var base: Int { Int(truncatingIfNeeded: word &>> 32) }
}
