import Platform

/// Learns tokens from text: two tokens that often follow one another become one.
///
/// How often that is, is set on the way, so that the last free number is given away with the last of the
/// text: with too low a bar the first values would use up all numbers, with too high a one many would stay
/// free. On lineitem's comments the best of all fixed bars gives the same bytes.
struct TokenTrainer: ~Copyable {
  private(set) var vocabulary: TokenVocabulary
  /// How many tokens there were before anything was learned.
  private let givenCount: Int
  private var trie = TokenTrie()
  private var pairs = PairCounts()
  private let limit: Int
  private let sampleByteCount: Int
  private var learnedByteCount = 0
  /// How often a pair has to occur.
  private var bar: UInt32 = 2
  private var nextAdjustment = 0

  private static let adjustmentByteCount = 4096
  private static let maximumBar: UInt32 = 1 << 16

  /// - Parameters:
  ///   - vocabulary: What is known already.
  ///   - limit: How many tokens there may be.
  ///   - sampleByteCount: The bytes of all text that is to come.
  init(_ vocabulary: TokenVocabulary, limit: Int, sampleByteCount: Int) {
    self.vocabulary = vocabulary
    givenCount = vocabulary.count
    self.limit = min(limit, 1 << vocabulary.bits)
    self.sampleByteCount = max(sampleByteCount, 1)
    for token in 256..<max(givenCount, 256) {
      vocabulary[token].withUnsafeBufferPointer { trie.insert($0, token: UInt32(token)) }
    }
  }

  /// Learns from one value.
  mutating func learn(_ text: UnsafeBufferPointer<UInt8>) {
    if text.isEmpty || vocabulary.count >= limit { return }
    learnedByteCount += text.count
    if learnedByteCount >= nextAdjustment { adjustBar() }
    var (last, lastLength) = trie.longestToken(text)
    var position = lastLength
    while position < text.count {
      let (token, length) = trie.longestToken(UnsafeBufferPointer(rebasing: text[position...]))
      let joined = lastLength + length
      if joined <= TokenVocabulary.maximumLength, pairs.count(last, token) >= bar {
        let start = position - lastLength
        let pair = UnsafeBufferPointer(rebasing: text[start..<start + joined])
        (last, lastLength) = (UInt32(vocabulary.count), joined)
        trie.insert(pair, token: last)
        vocabulary.append(pair)
        if vocabulary.count >= limit { return }
      } else {
        (last, lastLength) = (token, length)
      }
      position += length
    }
  }

  /// Early tokens are what later ones are made of: more of them are made at first.
  private mutating func adjustBar() {
    nextAdjustment = learnedByteCount + Self.adjustmentByteCount
    let progress = Double(learnedByteCount) / Double(sampleByteCount)
    let wanted = Double(limit - givenCount) * pow(progress, 0.7)
    let step = max(1, bar / 8)
    bar =
      Double(vocabulary.count - givenCount) > wanted
      ? min(bar + step, Self.maximumBar) : max(2, bar - step)
  }
}

/// How often each pair of tokens has occurred.
private struct PairCounts: ~Copyable {
  /// Pairs, one more than they are; 0 where there is none.
  private var keys: UnsafeMutablePointer<UInt64>
  private var counts: UnsafeMutablePointer<UInt32>
  private var mask: Int
  private var pairCount = 0

  init() {
    mask = (1 << 14) - 1
    (keys, counts) = Self.slots(mask + 1)
  }

  deinit {
    keys.deallocate()
    counts.deallocate()
  }

  private static func slots(
    _ count: Int
  ) -> (UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt32>) {
    let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    let counts = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
    keys.initialize(repeating: 0, count: count)
    counts.initialize(repeating: 0, count: count)
    return (keys, counts)
  }

  /// Counts a pair; returns how often it has occurred by now.
  @inline(__always)
  mutating func count(_ first: UInt32, _ second: UInt32) -> UInt32 {
    let slot = slot(of: (UInt64(first) << 32 | UInt64(second)) + 1)
    counts[slot] &+= 1
    let count = counts[slot]
    if count == 1 {
      pairCount += 1
      if pairCount * 2 > mask { grow() }
    }
    return count
  }

  /// The place of a key, taken for it.
  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: key &* 0x9E37_79B9_7F4A_7C15 &>> 30) & mask
    while keys[slot] != key {
      if keys[slot] == 0 {
        keys[slot] = key
        break
      }
      slot = (slot &+ 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    let (oldKeys, oldCounts, oldCount) = (keys, counts, mask + 1)
    mask = oldCount * 2 - 1
    (keys, counts) = Self.slots(mask + 1)
    for index in 0..<oldCount where oldKeys[index] != 0 {
      counts[slot(of: oldKeys[index])] = oldCounts[index]
    }
    oldKeys.deallocate()
    oldCounts.deallocate()
  }
}
