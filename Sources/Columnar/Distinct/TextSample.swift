/// Some of the values of a column, chosen by what they are: those whose hash ends in so many zeros that their
/// bytes stay below a limit. So it is the same wherever the column was cut and in whatever order its parts
/// come, and a share of all of it, where the first rows would be one month or one letter.
package struct TextSample: Hashable, Sendable {
  /// The bytes of a value that are taken at most.
  private static let maximumValueByteCount = 1 << 14
  /// What can be learned from in some milliseconds.
  package static let usualByteCount = 1 << 17
  /// What is learned from where a column is made: from more, hardly anything more is learned.
  package static let learnedByteCount = 1 << 22
  /// What many tokens are learned from: as many again, and too much to keep of every column while it is read.
  static let wideByteCount = 1 << 23
  /// What a value takes beside its bytes: many columns have samples, on every thread.
  private static let valueOverhead = 24

  package let maximumByteCount: Int
  /// The zeros that the hash of a value has at its end.
  private var zeroCount = 0
  private var hashes: [UInt64] = []
  private var known: Set<UInt64> = []
  private var bytes: [UInt8] = []
  /// Where each value ends.
  private var ends: [Int] = []

  /// - Parameter maximumByteCount: The bytes that all values take.
  package init(maximumByteCount: Int = usualByteCount) { self.maximumByteCount = maximumByteCount }

  /// A smaller sample: the one that would have been made of the same values.
  package func limited(toByteCount maximumByteCount: Int) -> TextSample {
    if self.maximumByteCount == maximumByteCount { return self }
    var sample = TextSample(maximumByteCount: maximumByteCount)
    sample.formUnion(self)
    return sample
  }

  var count: Int { ends.count }
  var byteCount: Int { bytes.count }

  /// Takes a value, or leaves it. It has 8 readable bytes after it.
  @inline(__always)
  package mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress, text.count > 0 else { return }
    let hash = hashBytes(start, min(text.count, Self.maximumValueByteCount))
    if hash.trailingZeroBitCount >= zeroCount {
      take(text.prefix(Self.maximumValueByteCount), hash)
    }
  }

  private mutating func take(_ text: some Collection<UInt8>, _ hash: UInt64) {
    guard known.insert(hash).inserted else { return }
    hashes.append(hash)
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    while bytes.count + count * Self.valueOverhead > maximumByteCount { halve() }
  }

  /// Leaves those out whose hash does not end in one more zero.
  private mutating func halve() {
    var kept = TextSample(maximumByteCount: maximumByteCount)
    kept.zeroCount = zeroCount + 1
    kept.formUnion(self)
    self = kept
  }

  /// Adds the values of another part of the column.
  package mutating func formUnion(_ other: TextSample) {
    while zeroCount < other.zeroCount { halve() }
    for (index, hash) in other.hashes.enumerated() where hash.trailingZeroBitCount >= zeroCount {
      take(other[index], hash)
    }
  }

  /// Adds the strings of a table.
  package mutating func formUnion(_ table: TextTable) {
    for code in 0..<table.count { add(table[code]) }
  }

  /// The bytes of value `index`.
  private subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// The values in an order that has nothing to do with that of the rows.
  func shuffled() -> TextSample {
    var sample = self
    (sample.bytes, sample.ends, sample.hashes) = ([], [], [])
    sample.bytes.reserveCapacity(bytes.count)
    for index in hashes.indices.sorted(by: { hashes[$0] < hashes[$1] }) {
      sample.bytes.append(contentsOf: self[index])
      sample.ends.append(sample.bytes.count)
      sample.hashes.append(hashes[index])
    }
    return sample
  }

  /// Calls `body` with each value and its number.
  func forEachValue(_ body: (Int, UnsafeBufferPointer<UInt8>) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for (index, end) in ends.enumerated() {
        body(index, UnsafeBufferPointer(rebasing: bytes[start..<end]))
        start = end
      }
    }
  }

  package static func == (a: TextSample, b: TextSample) -> Bool {
    a.zeroCount == b.zeroCount && a.known == b.known
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(known) }
}

extension TextSample: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    self.init()
    zeroCount = try reader.readCount(64)
    for _ in 0..<(try reader.readCount(maximumByteCount)) {
      let text = try reader.readBytes()
      guard text.count <= Self.maximumValueByteCount else {
        throw reader.fault("a value of the sample is too long")
      }
      // As it was chosen: by its hash.
      let padded = Array(text) + [UInt8](repeating: 0, count: 8)
      padded.withUnsafeBufferPointer { add(UnsafeBufferPointer(rebasing: $0[..<text.count])) }
    }
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(count: zeroCount)
    writer.write(count: count)
    // The same bytes for the same values.
    shuffled().forEachValue { _, text in writer.write(Array(text)) }
  }
}
