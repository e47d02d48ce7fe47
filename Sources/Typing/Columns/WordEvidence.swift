package import Columnar

/// The distinct strings of a part of a column, kept as far as a profile may grow, and what is known of all of
/// them together.
///
/// Strings that look like numbers, times or booleans are kept apart from others: a column of numbers has as many
/// of them as numbers, and needs them only if another part turns out to be text. Past so many of a sort none of
/// that sort is kept, and their count is estimated. What is kept depends on the set of strings alone, not on the
/// order that they came in nor on where the column was cut.
package struct WordEvidence: Sendable {
  /// Strings of one sort; `nil` once there were too many.
  struct Kept: Sendable {
    private(set) var table: TextTable? = TextTable()
    let countLimit: Int

    /// The bytes of all strings together are too many, too.
    static let byteLimit = 8 << 20

    mutating func insert(_ text: UnsafeBufferPointer<UInt8>) {
      guard let table, let start = text.baseAddress else { return }
      _ = table.code(
        of: start, count: text.count, hash: table.hash(of: start, count: text.count))
      if table.count > countLimit || table.byteCount > Self.byteLimit { self.table = nil }
    }

    mutating func drop() { table = nil }

    /// Adds the strings of another. Copies of evidence share tables: one that others have, too, stays as it is, and is
    /// taken over into a new one.
    mutating func formUnion(_ other: Kept) {
      guard let count = table?.count, let others = other.table else { return drop() }
      if others.count == 0 { return }
      if count == 0 {
        table = others
        return
      }
      if !isKnownUniquelyReferenced(&table), let shared = table {
        table = TextTable()
        for code in 0..<shared.count { insert(shared[code]) }
      }
      for code in 0..<others.count { insert(others[code]) }
    }
  }

  /// How many strings are kept that look like values of other types.
  static let valueLimit = 1 << 16
  /// How many others are kept: profiles are sent about, and dictionaries of more words seldom pay.
  static let wordLimit = 1 << 17

  /// Of all strings; not how many there are.
  var profile = TextProfile()
  private(set) var values = Kept(countLimit: Self.valueLimit)
  private(set) var words = Kept(countLimit: Self.wordLimit)
  private(set) var sketch = DistinctSketch(indexBits: DistinctSketch.partIndexBits)
  /// Whether some string was seen.
  private(set) var hasStrings = false

  init() {}

  /// Adds a string.
  ///
  /// - Parameter text: With 8 bytes behind it that may be read.
  mutating func insert(_ text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress else { return }
    noteEnds(text)
    sketch.insert(hash: hashBytes(start, text.count))
    if Self.looksLikeValue(text) { values.insert(text) } else { words.insert(text) }
  }

  private static func looksLikeValue(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count > 0 && !FieldReading(text).shapes.contains(.text)
  }

  private mutating func noteEnds(_ text: UnsafeBufferPointer<UInt8>) {
    if !hasStrings || text.lexicographicallyPrecedes(profile.minimum) {
      profile.minimum = Array(text)
    }
    if !hasStrings || profile.maximum.lexicographicallyPrecedes(text) {
      profile.maximum = Array(text)
    }
    hasStrings = true
  }

  /// With what is known of all strings but which they are; `nil` where there are none.
  func with(_ facts: TextProfile) -> WordEvidence? {
    guard hasStrings else { return nil }
    var all = self
    all.profile.byteCount = facts.byteCount
    (all.profile.minimumLength, all.profile.maximumLength) = (
      facts.minimumLength, facts.maximumLength
    )
    all.profile.forms = facts.forms
    return all
  }

  /// Adds the strings of another part.
  mutating func formUnion(_ other: WordEvidence) {
    guard other.hasStrings else { return }
    guard hasStrings else {
      self = other
      return
    }
    other.profile.minimum.withPadding { noteEnds($0) }
    other.profile.maximum.withPadding { noteEnds($0) }
    profile.byteCount += other.profile.byteCount
    profile.minimumLength = min(profile.minimumLength, other.profile.minimumLength)
    profile.maximumLength = max(profile.maximumLength, other.profile.maximumLength)
    profile.forms.formIntersection(other.profile.forms)
    values.formUnion(other.values)
    words.formUnion(other.words)
    sketch.formUnion(other.sketch)
  }

  /// What a column's type and profile are made from.
  var collector: TextCollector {
    guard let values = values.table, let words = words.table,
      values.count + words.count <= TextTable.maximumCount
    else {
      return TextCollector(purpose: .report, profile: profile, sketch: sketch)
    }
    let all = TextTable()
    for table in [words, values] {
      for code in 0..<table.count {
        let text = table[code]
        let start = text.baseAddress.unsafelyUnwrapped
        _ = all.code(of: start, count: text.count, hash: all.hash(of: start, count: text.count))
      }
    }
    var profile = profile
    (profile.minimum, profile.maximum) = ([], [])
    return TextCollector(purpose: .report, profile: profile, table: all)
  }
}

extension WordEvidence {
  /// The strings of all threads together; `nil` where there are none.
  static func joined(_ collectors: [TextCollector]) -> WordEvidence? {
    var all: WordEvidence?
    for collector in collectors where collector.table.count > 0 || !collector.isOpen {
      var part = WordEvidence()
      part.add(collector)
      all?.formUnion(part)
      all = all ?? part
    }
    return all
  }

  private mutating func add(_ collector: TextCollector) {
    profile.byteCount = collector.profile.byteCount
    profile.minimumLength = collector.profile.minimumLength
    profile.maximumLength = collector.profile.maximumLength
    profile.forms = collector.profile.forms
    guard collector.isOpen else {
      for end in [collector.profile.minimum, collector.profile.maximum] {
        end.withPadding { noteEnds($0) }
      }
      values.drop()
      words.drop()
      if let theirs = collector.sketch { sketch.formUnion(theirs) }
      return
    }
    for code in 0..<collector.table.count { insert(collector.table[code]) }
  }
}

extension WordEvidence: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    self.init()
    profile.byteCount = try reader.readCount()
    profile.minimumLength = try reader.readCount()
    profile.maximumLength = try reader.readCount()
    profile.forms = TextForms(rawValue: UInt16(try reader.readCount(Int(UInt16.max))))
    for sort in [\WordEvidence.values, \.words] {
      guard try reader.readFlag() else {
        self[keyPath: sort].drop()
        continue
      }
      let count = try reader.readCount(self[keyPath: sort].countLimit)
      var last: [UInt8]?
      for _ in 0..<count {
        // Strings share what they begin with.
        let shared = try reader.readCount(last?.count ?? 0)
        let text = (last?.prefix(shared)).map(Array.init) ?? []
        let string = text + (try reader.readBytes())
        if let last, !last.lexicographicallyPrecedes(string) {
          throw reader.fault("the strings do not ascend")
        }
        string.withPadding { insert($0) }
        last = string
      }
    }
    guard values.table == nil || words.table == nil else { return }
    profile.minimum = Array(try reader.readBytes())
    profile.maximum = Array(try reader.readBytes())
    hasStrings = true
    sketch = try reader.read()
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(count: profile.byteCount)
    writer.write(count: hasStrings ? profile.minimumLength : 0)
    writer.write(count: profile.maximumLength)
    writer.write(count: Int(profile.forms.rawValue))
    for sort in [values, words] {
      writer.write(sort.table != nil)
      guard let table = sort.table, let sorted = SortedText(uniting: [table]) else { continue }
      writer.write(count: sorted.count)
      var last = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
      for rank in 0..<sorted.count {
        let text = sorted[rank]
        var shared = 0
        while shared < min(last.count, text.count), last[shared] == text[shared] { shared += 1 }
        writer.write(count: shared)
        writer.write(text.dropFirst(shared))
        last = text
      }
    }
    guard values.table == nil || words.table == nil else { return }
    writer.write(profile.minimum)
    writer.write(profile.maximum)
    writer.write(sketch)
  }
}

extension [UInt8] {
  /// Gives `body` the bytes with 8 behind them that may be read.
  fileprivate func withPadding(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    (self + [0, 0, 0, 0, 0, 0, 0, 0]).withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0.dropLast(8)))
    }
  }
}
