/// The distinct 64-bit values of a column: counted exactly while that is cheap, then sketched.
///
/// Values in a range of up to 2^26 are bits of a bitmap (8 MB at the most) as soon as that is small beside
/// the rows; until then, and where they are further apart, they are keys of a hash table with up to 2^20
/// entries, or as many as there are where the count is to be exact. What the set says depends on the
/// values only, not on their order nor on how the column was split. Binary64 values enter by their bits.
///
/// The forms are stored side by side, not in an enum with payloads: taking a payload out to change
/// it would copy it.
package struct IntegerSet {
  /// How much is worth knowing.
  package enum Purpose: Sendable {
    /// Count as far as a dictionary may pay: 65,536 values where four bytes hold the range,
    /// 2^20 where they do not.
    case layout
    /// Count for the report, too.
    case report
    /// Count every value for the report, whatever memory and time that takes.
    case exactReport
    /// Count up to 65,536 values of a part of a table, and estimate more of them: its profile is to be small,
    /// and what is kept has to follow from the values alone.
    case part

    package var isReport: Bool { self != .layout }
    fileprivate var mayEstimate: Bool { self == .layout || self == .report }
  }

  package static let maximumTableCount = 1 << 20
  /// As many values as two bytes tell apart.
  private static let partCount = 65_536
  private static let maximumBitmapRange: UInt64 = 1 << 26
  /// Bits that a bitmap may have of any column, and for each row: few bytes beside those of the rows, and of
  /// so many values that a table of them would be no smaller.
  private static let freeBitCount: UInt64 = 1 << 14
  private static let bitsPerRow: UInt64 = 256

  enum Form {
    case empty
    /// `ascending` has them, as they were read: those of a part that only goes into another are looked up once.
    case list
    /// Bit `i` of `words` stands for `bitmapBase + i`.
    case bitmap
    case table
    case sketch
    /// More values than a dictionary can have in a range of four bytes; not counted any further.
    case abandoned
  }

  private(set) var form = Form.empty
  package let purpose: Purpose
  private var ascending: [Int64] = []
  private var words: [UInt64] = []
  private var bitmapBase: Int64 = 0
  private var bitCount = 0
  private var table = IntegerTable()
  private(set) var sketch: DistinctSketch?
  var minimum: Int64 = 0
  var range: UInt64 = 0
  /// The rows that values came from, those of other sets included.
  var rowCount: UInt64 = 0

  package init(purpose: Purpose) { self.purpose = purpose }

  /// A set whose values were let go: estimated by `sketch`, or abandoned.
  init(purpose: Purpose, sketch: DistinctSketch?, isOverfull: Bool, isForeseen: Bool) {
    self.purpose = purpose
    self.sketch = sketch
    self.isOverfull = isOverfull
    self.isForeseen = isForeseen
    form = sketch == nil ? .abandoned : .sketch
  }

  /// A set of values that ascend.
  init(purpose: Purpose, ascending values: [Int64]) {
    self.init(purpose: purpose)
    guard let low = values.first, let high = values.last else { return }
    rowCount = UInt64(values.count)
    (minimum, range) = (low, UInt64(bitPattern: high &- low))
    (form, ascending) = (.list, values)
    if purpose != .part || values.count > Self.partCount { look() }
  }

  /// Makes a list such that values can be added.
  private mutating func look() {
    let values = ascending
    ascending = []
    form = .empty
    values.withUnsafeBufferPointer {
      add(
        $0.baseAddress.unsafelyUnwrapped, count: $0.count, validity: nil, low: minimum, range: range
      )
    }
  }

  /// The number of distinct values, and whether it is exact; `nil` when counting was abandoned.
  package var count: (value: Int, isExact: Bool)? {
    switch form {
    case .empty: (0, true)
    case .list: (ascending.count, true)
    case .bitmap: (bitCount, true)
    case .table: (table.count, true)
    case .sketch: (sketch?.estimate ?? 0, false)
    case .abandoned: nil
    }
  }

  /// Whether the values have been counted past what a dictionary can have in four bytes, and were
  /// let go: where the range then turns out wider, they have to be counted again.
  package var wasAbandoned: Bool { form == .abandoned && !isOverfull }
  /// More values than any dictionary has.
  private(set) var isOverfull = false
  /// The values are estimated before there were too many of them, since there seemed to be no doubt that
  /// there will be.
  package private(set) var isForeseen = false

  /// Adds `count` values, all of which lie between `low` and `low + range`; rows whose validity bit
  /// is 0 are left out.
  package mutating func insert(
    _ values: UnsafePointer<Int64>, count: Int, validity: UnsafePointer<UInt64>?,
    low: Int64, range chunkRange: UInt64
  ) {
    rowCount &+= UInt64(count)
    add(values, count: count, validity: validity, low: low, range: chunkRange)
  }

  mutating func add(
    _ values: UnsafePointer<Int64>, count: Int, validity: UnsafePointer<UInt64>?,
    low: Int64, range chunkRange: UInt64
  ) {
    if form == .abandoned || isSaturated(low, chunkRange) { return }
    if form == .list { look() }
    widen(toHold: low, chunkRange)
    switch form {
    case .bitmap:
      insertBits(values, count, validity)
      if bitCount > Self.partCount {
        if purpose == .layout { abandon() }
        if purpose == .part { becomeSketch() }
      }
    case .table, .sketch:
      insertHashed(values, count, validity)
      if purpose == .layout, range >> 32 == 0, table.count > 65_536 { abandon() }
    case .empty, .list, .abandoned: break
    }
  }

  /// How many values there are so far, `nil` where they are no longer counted.
  package var countSoFar: Int? {
    switch form {
    case .empty: 0
    case .list: ascending.count
    case .bitmap: bitCount
    case .table: table.count
    case .sketch, .abandoned: nil
    }
  }

  /// Whether the values are too far apart for a bitmap: then each costs time and memory.
  package var isHashed: Bool { form == .table && range >= Self.maximumBitmapRange }

  /// Stops keeping values, since there will be too many of them to be counted.
  package mutating func foreseeTooMany() {
    precondition(
      purpose == .report, "no estimate is made for a layout, none is wanted of an exact count")
    isForeseen = true
    becomeSketch()
  }

  /// Adds all values of another set.
  package mutating func formUnion(_ other: IntegerSet) {
    if form == .abandoned { return }
    isForeseen = isForeseen || other.isForeseen
    rowCount &+= other.rowCount
    switch other.form {
    case .empty: return
    case .abandoned:
      abandon()
      isOverfull = other.isOverfull
    case .sketch:
      becomeSketch()
      if let theirs = other.sketch { sketch?.formUnion(theirs) }
      extend(other.minimum, other.range)
    case .list:
      other.ascending.withUnsafeBufferPointer {
        add(
          $0.baseAddress.unsafelyUnwrapped, count: $0.count, validity: nil, low: other.minimum,
          range: other.range)
      }
    case .bitmap, .table:
      other.forEachBlock { values, count in
        add(values, count: count, validity: nil, low: other.minimum, range: other.range)
      }
    }
  }

  /// The values, in no particular order; empty unless the count is exact.
  package var unsortedValues: [Int64] {
    if form == .list { return ascending }
    if form == .table { return table.values }
    var values: [Int64] = []
    values.reserveCapacity(bitCount)
    forEachBlock { block, count in
      values.append(contentsOf: UnsafeBufferPointer(start: block, count: count))
    }
    return values
  }

  /// Hands over the values that `unsortedValues` has, some thousands at a time, since those of a bitmap
  /// take 64 times its memory. `body` may change what it is given.
  func forEachBlock(_ body: (UnsafeMutablePointer<Int64>, Int) -> Void) {
    switch form {
    case .empty, .abandoned, .sketch: return
    case .list, .table:
      var values = form == .list ? ascending : table.values
      values.withUnsafeMutableBufferPointer { values in
        if let start = values.baseAddress { body(start, values.count) }
      }
    case .bitmap:
      let capacity = 4096
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: capacity) { block in
        let block = block.baseAddress.unsafelyUnwrapped
        let filled = words.withUnsafeBufferPointer { words in
          var count = 0
          var index = 0
          while index < words.count {
            var rest = words[index]
            if rest != 0, count > capacity &- 64 {
              body(block, count)
              count = 0
            }
            while rest != 0 {
              block[count] = bitmapBase &+ Int64(index &* 64 &+ rest.trailingZeroBitCount)
              count &+= 1
              rest &= rest &- 1
            }
            index &+= 1
          }
          return count
        }
        if filled > 0 { body(block, filled) }
      }
    }
  }

  /// Every value of the range has been seen, and the chunk's lie within: nothing new can come.
  private func isSaturated(_ low: Int64, _ chunkRange: UInt64) -> Bool {
    guard form == .bitmap, UInt64(bitCount) == range &+ 1, low >= minimum else { return false }
    let start = UInt64(bitPattern: low &- minimum)
    return start <= range && chunkRange <= range &- start
  }

  private mutating func insertBits(
    _ values: UnsafePointer<Int64>, _ count: Int, _ validity: UnsafePointer<UInt64>?
  ) {
    var added = 0
    let base = bitmapBase
    words.withUnsafeMutableBufferPointer { words in
      let words = words.baseAddress.unsafelyUnwrapped
      var row = 0
      while row < count {
        if let validity, validity[row &>> 6] &>> UInt64(row & 63) & 1 == 0 {
          row &+= 1
          continue
        }
        let offset = UInt64(bitPattern: values[row] &- base)
        let index = Int(truncatingIfNeeded: offset &>> 6)
        let word = words[index]
        added &+= Int(truncatingIfNeeded: ~word &>> (offset & 63) & 1)
        words[index] = word | 1 &<< (offset & 63)
        row &+= 1
      }
    }
    bitCount += added
  }

  private mutating func extend(_ low: Int64, _ chunkRange: UInt64) {
    if form == .empty {
      (minimum, range) = (low, chunkRange)
      return
    }
    let high = max(Int128(minimum) + Int128(range), Int128(low) + Int128(chunkRange))
    minimum = min(minimum, low)
    // Bits of integers without a sign may span more than 64 bits when read with one.
    range = UInt64(clamping: high - Int128(minimum))
  }

  private mutating func widen(toHold low: Int64, _ chunkRange: UInt64) {
    extend(low, chunkRange)
    switch form {
    case .empty:
      form = .table
      if mayHaveBitmap { becomeBitmap() }
    case .table:
      if mayHaveBitmap { becomeBitmap() }
    case .bitmap:
      if mayHaveBitmap, growBitmap() { return }
      let bits = self
      form = .table
      words = []
      bits.forEachBlock { values, count in insertHashed(values, count, nil) }
    default: break
    }
  }

  /// The range from which on a bitmap would be too large beside the rows.
  private var bitmapLimit: UInt64 {
    min(Self.maximumBitmapRange, max(Self.freeBitCount, rowCount * Self.bitsPerRow))
  }

  private var mayHaveBitmap: Bool { range < bitmapLimit }

  /// Makes bits of a table's values.
  private mutating func becomeBitmap() {
    let values = table.values
    table = IntegerTable()
    form = .bitmap
    bitmapBase = minimum
    words = [UInt64](repeating: 0, count: Int(range >> 6) + 1)
    bitCount = 0
    values.withUnsafeBufferPointer { values in
      if let start = values.baseAddress { insertBits(start, values.count, nil) }
    }
  }

  /// Makes room for the range, with some to spare on the side that grew; false where the spare
  /// room would begin before the smallest integer.
  private mutating func growBitmap() -> Bool {
    let end = Int128(bitmapBase) + Int128(words.count * 64)
    let top = Int128(minimum) + Int128(range)
    if minimum >= bitmapBase, top < end { return true }
    let spare = Int128(min(range, bitmapLimit - range))
    let newEnd = top < end ? end : top + spare + 1
    var newBase = Int128(bitmapBase)
    if minimum < bitmapBase { newBase -= (newBase - Int128(minimum) + spare + 63) / 64 * 64 }
    guard newBase >= Int128(Int64.min) else { return false }
    let shift = Int(Int128(bitmapBase) - newBase) / 64
    var wider = [UInt64](repeating: 0, count: Int((newEnd - newBase + 63) / 64))
    wider.replaceSubrange(shift..<shift + words.count, with: words)
    words = wider
    bitmapBase = Int64(newBase)
    return true
  }

  private mutating func insertHashed(
    _ values: UnsafePointer<Int64>, _ count: Int, _ validity: UnsafePointer<UInt64>?
  ) {
    var row = 0
    if form == .table, purpose.mayEstimate, !table.mayGrow() { becomeSketch() }
    if form == .table {
      row = table.insert(values, count: count, validity: validity, limit: tableLimit)
      if table.count > tableLimit { becomeSketch() }
    }
    guard form == .sketch else { return }
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count - row) { hashes in
      var hashCount = 0
      while row < count {
        if isValid(row, validity) {
          hashes[hashCount] = IntegerTable.hash(values[row])
          hashCount &+= 1
        }
        row &+= 1
      }
      sketch?.insert(hashes: UnsafeBufferPointer(rebasing: hashes[..<hashCount]))
    }
  }

  private var tableLimit: Int {
    switch purpose {
    case .exactReport: .max - 1
    case .part: Self.partCount
    case .layout, .report: Self.maximumTableCount
    }
  }

  private mutating func becomeSketch() {
    if form == .sketch || form == .abandoned { return }
    if purpose == .layout {
      isOverfull = true
      return abandon()
    }
    var made =
      purpose == .part
      ? DistinctSketch(indexBits: DistinctSketch.partIndexBits) : DistinctSketch()
    forEachBlock { values, count in
      for place in 0..<count { made.insert(hash: IntegerTable.hash(values[place])) }
    }
    sketch = made
    form = .sketch
    ascending = []
    words = []
    table = IntegerTable()
  }

  private mutating func abandon() {
    form = .abandoned
    ascending = []
    words = []
    table = IntegerTable()
  }
}
