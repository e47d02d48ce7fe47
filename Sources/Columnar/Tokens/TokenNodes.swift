/// The nodes of a trie of tokens, each behind the one that leads to it; node `b` is that of byte `b`.
struct TokenNodes {
  private(set) var firstChild = [UInt32](repeating: 0, count: 256)
  private var nextSibling = [UInt32](repeating: 0, count: 256)
  private var bytes = [UInt8](0...255)
  /// Of each node, the longest token that ends there or on the way to it: its number, and above 24 bits its
  /// length.
  private(set) var longest: [UInt32] = (0..<256).map { $0 | 1 << 24 }

  var count: Int { bytes.count }

  init(_ vocabulary: TokenVocabulary) {
    // In the order of their bytes each token shares its way from the root with the one before it, and those
    // that it begins follow it.
    let tokens = (256..<vocabulary.count).map { ($0, vocabulary[$0]) }
      .sorted { $0.1.lexicographicallyPrecedes($1.1) }
    var way: [Int] = []
    var last: ArraySlice<UInt8> = []
    for (token, text) in tokens {
      let shared = zip(last, text).prefix { $0 == $1 }.count
      way.removeSubrange(shared...)
      if way.isEmpty, let first = text.first { way = [Int(first)] }
      for byte in text.dropFirst(way.count) { way.append(addChild(of: way[way.count - 1], byte)) }
      longest[way[way.count - 1]] = UInt32(token) | UInt32(text.count) << 24
      last = text
    }
  }

  private mutating func addChild(of node: Int, _ byte: UInt8) -> Int {
    nextSibling.append(firstChild[node])
    firstChild[node] = UInt32(bytes.count)
    firstChild.append(0)
    bytes.append(byte)
    longest.append(longest[node])
    return bytes.count - 1
  }

  /// Calls `body` with what follows a node, and by which byte.
  @inline(__always)
  func forEachChild(of node: Int, _ body: (_ child: Int, _ byte: UInt8) -> Void) {
    var child = Int(firstChild[node])
    while child != 0 {
      body(child, bytes[child])
      child = Int(nextSibling[child])
    }
  }
}

/// Which places of a double array are taken, and which bases: none that is one less than a multiple of 256, so that a
/// place which is empty can name a byte that does not lead to it from any base, the next place's from 0.
struct TokenRoom {
  private var isTaken: [Bool]
  private var isBase: [Bool]
  /// No place before it is free, but for those that hardly anything fits.
  private var free = 256
  /// The place after the last that is taken.
  private var end = 256

  init(expecting count: Int) {
    isTaken = [Bool](repeating: false, count: count + 1024)
    isBase = isTaken
  }

  /// A base from which no byte leads anywhere.
  var endBase: Int { Self.mayBeBase(end) ? end : end + 1 }

  private static func mayBeBase(_ place: Int) -> Bool { place & 0xFF != 0xFF }

  /// A base that is no other node's and leads to free places for what follows `node`.
  mutating func takeBase(of node: Int, _ nodes: TokenNodes) -> Int {
    while isTaken[free] { free += 1 }
    var byte = 0
    nodes.forEachChild(of: node) { byte = Int($1) }
    var base = free - byte
    var misses = 0
    while !isFree(base, node, nodes) {
      base += 1
      misses += 1
    }
    if misses > 64 { free += misses / 4 }
    isBase[base] = true
    nodes.forEachChild(of: node) {
      isTaken[base + Int($1)] = true
      end = max(end, base + Int($1) + 1)
    }
    return base
  }

  private mutating func isFree(_ base: Int, _ node: Int, _ nodes: TokenNodes) -> Bool {
    while base + 512 > isTaken.count {
      isTaken += [Bool](repeating: false, count: isTaken.count)
      isBase += [Bool](repeating: false, count: isBase.count)
    }
    if isBase[base] || !Self.mayBeBase(base) { return false }
    var isFree = true
    nodes.forEachChild(of: node) { isFree = isFree && !isTaken[base + Int($1)] }
    return isFree
  }
}
