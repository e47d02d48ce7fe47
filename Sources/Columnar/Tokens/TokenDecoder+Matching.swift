/// Questions to rows that are answered by their tokens: text of the same tokens is the same text, since each
/// row was made into tokens by itself and always the longest token was taken.
extension TokenDecoder {
  /// The tokens that a row with this text would have; no matcher is made for one text.
  package func tokens(of text: [UInt8]) -> [UInt16] {
    var tokens: [UInt16] = []
    var position = 0
    text.withUnsafeBufferPointer { text in
      while position < text.count {
        let rest = UnsafeBufferPointer(rebasing: text[position...])
        let token = table.longestToken(rest, of: tokenCount)
        tokens.append(UInt16(token))
        position += table.length(of: token)
      }
    }
    return tokens
  }

  /// Writes a bit for each row of `rows` that has these tokens and no more.
  package func writeRows(
    _ rows: Range<Int>, equalTo tokens: [UInt16], _ out: UnsafeMutablePointer<UInt64>
  ) {
    var writer = BitWriter(out)
    forEachRow(rows, equalTo: tokens) { writer.append($0) }
    writer.finish()
  }

  /// How many of `rows` have these tokens and no more.
  package func count(_ rows: Range<Int>, equalTo tokens: [UInt16]) -> Int {
    var count = 0
    forEachRow(rows, equalTo: tokens) { count &+= $0 ? 1 : 0 }
    return count
  }

  /// Calls `body` with whether each of `rows` has these tokens and no more.
  @inline(__always)
  private func forEachRow(_ rows: Range<Int>, equalTo tokens: [UInt16], _ body: (Bool) -> Void) {
    // As many as one load has, wherever it begins within a byte.
    let bits = stream.bits
    let leadingCount = min(tokens.count, 56 / bits)
    var key: UInt64 = 0
    for (index, token) in tokens.prefix(leadingCount).enumerated() {
      key |= UInt64(token) << UInt64(index * bits)
    }
    let mask: UInt64 = 1 << UInt64(leadingCount * bits) - 1
    let count = UInt32(tokens.count)
    counts.forEachBlock(rows) { place, counts in
      var place = place
      for rowCount in counts {
        var isEqual = rowCount == count && stream.word(at: place) & mask == key
        if isEqual, leadingCount < tokens.count {
          isEqual = (leadingCount..<tokens.count).allSatisfy {
            stream[place + $0] == Int(tokens[$0])
          }
        }
        body(isEqual)
        place &+= Int(rowCount)
      }
    }
  }

  /// What a first token says of a row's beginning.
  private enum Beginning: UInt8 {
    case isOther, isPrefix, mayBePrefix
  }

  /// What writes a bit for each row of a range whose text begins with `prefix`: made ready once for all ranges.
  package func rows(
    beginningWith prefix: [UInt8]
  ) -> (_ rows: Range<Int>, _ out: UnsafeMutablePointer<UInt64>) -> Void {
    let beginnings = (0..<tokenCount).map { beginning($0, prefix[...]) }
    return { writeRows($0, beginningWith: prefix, beginnings, $1) }
  }

  private func writeRows(
    _ rows: Range<Int>, beginningWith prefix: [UInt8], _ beginnings: [Beginning],
    _ out: UnsafeMutablePointer<UInt64>
  ) {
    var writer = BitWriter(out)
    counts.forEachBlock(rows) { place, counts in
      var place = place
      for count in counts {
        switch count == 0 ? (prefix.isEmpty ? .isPrefix : .isOther) : beginnings[stream[place]] {
        case .isOther: writer.append(false)
        case .isPrefix: writer.append(true)
        case .mayBePrefix: writer.append(begins(place, Int(count), with: prefix))
        }
        place &+= Int(count)
      }
    }
    writer.finish()
  }

  private func beginning(_ token: Int, _ prefix: ArraySlice<UInt8>) -> Beginning {
    let bytes = table[token]
    let shared = min(bytes.count, prefix.count)
    guard bytes.prefix(shared).elementsEqual(prefix.prefix(shared)) else { return .isOther }
    return shared == prefix.count ? .isPrefix : .mayBePrefix
  }

  private func begins(_ place: Int, _ count: Int, with prefix: [UInt8]) -> Bool {
    var rest = prefix[...]
    for index in place..<place + count {
      let token = stream[index]
      switch beginning(token, rest) {
      case .isOther: return false
      case .isPrefix: return true
      case .mayBePrefix: rest = rest.dropFirst(table[token].count)
      }
    }
    return rest.isEmpty
  }
}

extension TokenTable {
  /// The longest of `count` tokens that `text`, which has a byte, begins with.
  fileprivate func longestToken(_ text: UnsafeBufferPointer<UInt8>, of count: Int) -> Int {
    var (longest, length) = (Int(text[0]), 1)
    for token in 256..<max(count, 256) {
      let bytes = self[token]
      if bytes.count > length, bytes.count <= text.count, bytes[0] == text[0],
        bytes.elementsEqual(text.prefix(bytes.count))
      {
        (longest, length) = (token, bytes.count)
      }
    }
    return longest
  }
}

/// Writes bits one after the other, 64 to a word.
private struct BitWriter {
  private var target: UnsafeMutablePointer<UInt64>
  private var word: UInt64 = 0
  private var count: UInt64 = 0

  init(_ target: UnsafeMutablePointer<UInt64>) { self.target = target }

  @inline(__always)
  mutating func append(_ bit: Bool) {
    word |= (bit ? 1 : 0) &<< count
    count &+= 1
    if count == 64 {
      target[0] = word
      target += 1
      (word, count) = (0, 0)
    }
  }

  mutating func finish() { if count > 0 { target[0] = word } }
}
