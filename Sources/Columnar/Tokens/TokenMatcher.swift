/// Finds the tokens of text, the longest first: a trie as a double array (J. Aoe, 1989), one load a byte.
///
/// Each node but those of single bytes has a place. What follows a node by byte `b` stands at place
/// `base + b`, where `base` is the node's own, and says which byte led there: no two nodes have the same base.
///
/// Unchecked: written by its initialiser alone.
final class TokenMatcher: @unchecked Sendable {
  /// Of each place: in the lower 9 bits one more than the byte that leads to it, 0 where none does; above, the base of
  /// what follows, 0 where nothing does.
  private let places: UnsafeMutablePointer<UInt32>
  /// Of each place, the longest token that ends there or on the way to it: its number, and above 24 bits its
  /// length.
  private let longest: UnsafeMutablePointer<UInt32>
  /// The place of each two bytes, 0 where no token begins with them.
  private let pairs: UnsafeMutablePointer<UInt32>

  init(_ vocabulary: TokenVocabulary) {
    let nodes = TokenNodes(vocabulary)
    var room = TokenPlaces(expecting: nodes.count)
    var places = [UInt32](repeating: 0, count: nodes.count)
    var bases = [UInt32](repeating: 0, count: nodes.count)
    // Each node stands behind the one that leads to it.
    for node in 0..<nodes.count where nodes.firstChild[node] != 0 {
      let base = room.takeBase(of: node, nodes)
      bases[node] = UInt32(base)
      nodes.forEachChild(of: node) { places[$0] = UInt32(base + Int($1)) }
    }
    // A byte may lead past the last place.
    let placeCount = room.end + 256
    self.places = .allocate(capacity: placeCount)
    self.places.initialize(repeating: 0, count: placeCount)
    longest = .allocate(capacity: placeCount)
    longest.initialize(repeating: 0, count: placeCount)
    pairs = .allocate(capacity: 1 << 16)
    pairs.initialize(repeating: 0, count: 1 << 16)
    for node in 0..<nodes.count {
      nodes.forEachChild(of: node) { child, byte in
        let place = Int(places[child])
        self.places[place] = bases[child] << 9 | (UInt32(byte) + 1)
        longest[place] = nodes.longest[child]
        if node < 256 { pairs[node << 8 | Int(byte)] = places[child] }
      }
    }
  }

  deinit {
    places.deallocate()
    longest.deallocate()
    pairs.deallocate()
  }

  /// Writes the tokens of `text`, of which there are at most as many as bytes; returns how many.
  @inline(__always)
  func encode(
    _ text: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt16>
  ) -> Int {
    guard let bytes = text.baseAddress else { return 0 }
    var position = 0
    var count = 0
    while position < text.count {
      let found = longestToken(bytes + position, count: text.count &- position)
      target[count] = UInt16(truncatingIfNeeded: found)
      count &+= 1
      position &+= Int(found &>> 24)
    }
    return count
  }

  @inline(__always)
  private func longestToken(_ text: UnsafePointer<UInt8>, count: Int) -> UInt32 {
    let first = UInt32(text[0]) | 1 << 24
    if count < 2 { return first }
    var place = Int(pairs[Int(text[0]) &<< 8 | Int(text[1])])
    if place == 0 { return first }
    var base = places[place] &>> 9
    var position = 2
    while position < count, base != 0 {
      let byte = UInt32(text[position])
      let next = Int(truncatingIfNeeded: base &+ byte)
      let following = places[next]
      if following & 0x1FF != byte &+ 1 { break }
      place = next
      base = following &>> 9
      position &+= 1
    }
    return longest[place]
  }
}
