/// The tokens learned so far, as a trie that grows: each edge lies in one hash table, under the node that it
/// leaves and a byte. Node `b` is that of byte `b`.
struct TokenTrie: ~Copyable {
  /// Keys of edges, one more than they are, and the nodes that they lead to, below; 0 where there is none.
  private var edges: UnsafeMutablePointer<UInt64>
  private var edgeMask: Int
  /// The token that ends at each node.
  private var tokens: [UInt32] = Array(0...255)

  private static let noToken = UInt32.max

  /// The trie of the 256 single bytes.
  init() {
    edgeMask = (1 << 14) - 1
    edges = .allocate(capacity: edgeMask + 1)
    edges.initialize(repeating: 0, count: edgeMask + 1)
  }

  deinit { edges.deallocate() }

  /// The longest token at the start of `text`, which has a byte.
  @inline(__always)
  func longestToken(_ text: UnsafeBufferPointer<UInt8>) -> (token: UInt32, length: Int) {
    var node = Int(text[0])
    var (token, length) = (UInt32(text[0]), 1)
    var position = 1
    while position < min(text.count, TokenVocabulary.maximumLength) {
      guard let next = child(of: node, text[position]) else { break }
      node = next
      position += 1
      if tokens[node] != Self.noToken { (token, length) = (tokens[node], position) }
    }
    return (token, length)
  }

  /// Adds a token of two bytes or more.
  mutating func insert(_ text: UnsafeBufferPointer<UInt8>, token: UInt32) {
    var node = Int(text[0])
    for byte in text.dropFirst() { node = child(of: node, byte) ?? addChild(of: node, byte) }
    tokens[node] = token
  }

  @inline(__always)
  private static func key(_ node: Int, _ byte: UInt8) -> UInt64 {
    UInt64(node << 8 | Int(byte)) + 1
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: key &* 0x9E37_79B9_7F4A_7C15 &>> 32) & edgeMask
  }

  @inline(__always)
  private func child(of node: Int, _ byte: UInt8) -> Int? {
    let key = Self.key(node, byte)
    var slot = slot(key)
    while edges[slot] != 0 {
      if edges[slot] &>> 32 == key { return Int(edges[slot] & 0xFFFF_FFFF) }
      slot = (slot &+ 1) & edgeMask
    }
    return nil
  }

  private mutating func addChild(of node: Int, _ byte: UInt8) -> Int {
    if tokens.count * 2 > edgeMask { grow() }
    place(Self.key(node, byte) << 32 | UInt64(tokens.count))
    tokens.append(Self.noToken)
    return tokens.count - 1
  }

  private func place(_ edge: UInt64) {
    var slot = slot(edge >> 32)
    while edges[slot] != 0 { slot = (slot + 1) & edgeMask }
    edges[slot] = edge
  }

  private mutating func grow() {
    let (old, oldCount) = (edges, edgeMask + 1)
    edgeMask = oldCount * 2 - 1
    edges = .allocate(capacity: edgeMask + 1)
    edges.initialize(repeating: 0, count: edgeMask + 1)
    for index in 0..<oldCount where old[index] != 0 { place(old[index]) }
    old.deallocate()
  }
}
