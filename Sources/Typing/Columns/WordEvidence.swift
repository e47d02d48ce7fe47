package import Columnar

/// The distinct strings of a part of a column, kept as far as a profile may grow, and what is known of all of
/// them together.
///
/// Strings that look like numbers, times or booleans are kept apart from others: a column of numbers has as many
/// of them as numbers, and needs them only if another part turns out to be text. Past so many of a sort none of
/// that sort is kept, and their count is estimated. What is kept depends on the set of strings alone, not on the
/// order that they came in nor on where the column was cut.
package struct WordEvidence: Sendable {
  /// Strings of one sort, until there were too many.
  struct Kept: Sendable {
    /// `nil` where there are none, or too many.
    private(set) var table: TextTable?
    private(set) var isDropped = false
    let countLimit: Int

    /// The bytes of all strings together are too many, too.
    static let byteLimit = 8 << 20

    init(countLimit: Int, table: TextTable? = nil) {
      (self.countLimit, self.table) = (countLimit, table)
    }

    /// Whether there are too many.
    var isOverfull: Bool {
      table.map { $0.count > countLimit || $0.byteCount > Self.byteLimit } ?? false
    }

    mutating func insert(_ text: UnsafeBufferPointer<UInt8>, _ start: UnsafePointer<UInt8>) {
      guard !isDropped else { return }
      let table = table ?? TextTable()
      table.index()
      _ = table.code(
        of: start, count: text.count, hash: table.hash(of: start, count: text.count))
      self.table = table
    }

    mutating func drop() { (table, isDropped) = (nil, true) }

    /// Adds the strings of another, some of them where they are too many. Copies of evidence share tables: one that
    /// others have, too, stays as it is, and is taken over into a new one.
    mutating func formUnion(_ other: Kept) {
      guard !isDropped, let others = other.table else { return }
      guard table != nil else {
        table = others
        return
      }
      if !isKnownUniquelyReferenced(&table), let shared = table {
        let own = TextTable(appending: 0)
        _ = own.formUnion(shared, countLimit: .max, byteLimit: .max)
        table = own
      }
      _ = table?.formUnion(others, countLimit: countLimit, byteLimit: Self.byteLimit)
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
  /// Of all strings, once some of a sort are no longer kept: until then they say it themselves.
  private(set) var sketch: DistinctSketch?
  /// Some of the strings, from then on.
  private var sample: TextSample?
  /// Whether some string was seen.
  private(set) var hasStrings = false

  init() {}

  /// Adds a string.
  ///
  /// - Parameter text: With 8 bytes behind it that may be read.
  mutating func insert(_ text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress else { return }
    noteEnds(text)
    sketch?.insert(hash: hashBytes(start, text.count))
    sample?.add(text)
    if Self.looksLikeValue(text) {
      values.insert(text, start)
    } else {
      words.insert(text, start)
    }
    dropOverfull()
  }

  /// Lets go of a sort of which there are too many.
  private mutating func dropOverfull() {
    guard values.isOverfull || words.isOverfull else { return }
    beginSketch()
    if values.isOverfull { values.drop() }
    if words.isOverfull { words.drop() }
  }

  /// Sketches all strings, which are there.
  private mutating func beginSketch() {
    guard sketch == nil else { return }
    let all = self
    sketch = DistinctSketch(indexBits: DistinctSketch.partIndexBits)
    sample = TextSample()
    addToSketch(all)
  }

  /// Adds the strings of another to the sketch.
  private mutating func addToSketch(_ other: WordEvidence) {
    if let theirs = other.sketch {
      sketch?.formUnion(theirs)
      if let some = other.sample { sample?.formUnion(some) }
      return
    }
    for case let table? in [other.values.table, other.words.table] {
      for code in 0..<table.count {
        let text = table[code]
        sketch?.insert(hash: hashBytes(text.baseAddress.unsafelyUnwrapped, text.count))
        sample?.add(text)
      }
    }
  }

  private static func looksLikeValue(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count > 0 && !FieldReading(text).shapes.contains(.text)
  }

  private mutating func noteEnds(_ text: UnsafeBufferPointer<UInt8>) {
    let isFirst = !hasStrings
    hasStrings = true
    if isFirst || profile.minimum.withUnsafeBufferPointer({ precedes(text, $0) }) {
      profile.minimum = Array(text)
    }
    if isFirst || profile.maximum.withUnsafeBufferPointer({ precedes($0, text) }) {
      profile.maximum = Array(text)
    }
  }

  /// With what is known of all strings but which they are; `nil` where there are none.
  func with(_ facts: TextProfile) -> WordEvidence? {
    guard hasStrings else { return nil }
    var all = self
    all.profile.byteCount = facts.byteCount
    (all.profile.minimumLength, all.profile.maximumLength) = (
      facts.minimumLength, facts.maximumLength
    )
    (all.profile.forms, all.profile.digits) = (facts.forms, facts.digits)
    return all
  }

  /// Adds the strings of another part.
  mutating func formUnion(_ other: WordEvidence) {
    guard other.hasStrings else { return }
    guard hasStrings else {
      self = other
      return
    }
    other.profile.minimum.withUnsafeBufferPointer { noteEnds($0) }
    other.profile.maximum.withUnsafeBufferPointer { noteEnds($0) }
    profile.byteCount += other.profile.byteCount
    profile.minimumLength = min(profile.minimumLength, other.profile.minimumLength)
    profile.maximumLength = max(profile.maximumLength, other.profile.maximumLength)
    profile.forms.formIntersection(other.profile.forms)
    profile.digits.formUnion(other.profile.digits)
    let dropsValues = other.values.isDropped
    let dropsWords = other.words.isDropped
    if dropsValues || dropsWords { beginSketch() }
    if dropsValues { values.drop() }
    if dropsWords { words.drop() }
    values.formUnion(other.values)
    words.formUnion(other.words)
    dropOverfull()
    if sketch != nil { addToSketch(other) }
  }

  /// What a column's type and profile are made from.
  var collector: TextCollector {
    if let sketch {
      return TextCollector(purpose: .report, profile: profile, sketch: sketch, sample: sample)
    }
    let all = TextTable()
    for case let table? in [words.table, values.table] {
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
    (profile.forms, profile.digits) = (collector.profile.forms, collector.profile.digits)
    guard collector.isOpen else {
      for end in [collector.profile.minimum, collector.profile.maximum] {
        end.withUnsafeBufferPointer { noteEnds($0) }
      }
      beginSketch()
      values.drop()
      words.drop()
      if let theirs = collector.sketch { sketch?.formUnion(theirs) }
      if let some = collector.sample { sample?.formUnion(some) }
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
    profile.digits = try reader.read(DigitRuns.self)
    for sort in [\WordEvidence.values, \.words] {
      guard try reader.readFlag() else {
        self[keyPath: sort].drop()
        continue
      }
      let limit = self[keyPath: sort].countLimit
      guard let table = try reader.readAscendingTexts(limit) else { continue }
      self[keyPath: sort] = Kept(countLimit: limit, table: table)
      noteEnds(table[0])
      noteEnds(table[table.count - 1])
    }
    if values.isDropped || words.isDropped {
      profile.minimum = Array(try reader.readBytes())
      profile.maximum = Array(try reader.readBytes())
      hasStrings = true
      sketch = try reader.read(DistinctSketch.self)
      sample = try reader.read(TextSample.self)
    }
    dropOverfull()
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(count: profile.byteCount)
    writer.write(count: hasStrings ? profile.minimumLength : 0)
    writer.write(count: profile.maximumLength)
    writer.write(count: Int(profile.forms.rawValue))
    writer.write(profile.digits)
    for sort in [values, words] {
      writer.write(!sort.isDropped)
      if !sort.isDropped { writer.writeAscending(sort.table) }
    }
    guard let sketch, let sample else { return }
    writer.write(profile.minimum)
    writer.write(profile.maximum)
    writer.write(sketch)
    writer.write(sample)
  }
}
