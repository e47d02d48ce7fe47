import CKernels
package import Columnar

/// How many rows have each of the column's texts.
package struct GroupCount: Reduction {
  package let name = "group_count"

  package init() {}

  package func applies(to type: LogicalType) -> Bool { type.domain == .bytes }

  /// Columns with few distinct values: what a user would call categorical.
  package func isMeasured(on rows: ColumnRows) -> Bool {
    switch rows.view {
    case .indexed, .constant, .plain(.fixed(_, width: 1...2, _)): true
    default: false
    }
  }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer { .groups(GroupCounts()) }

  package func reduce(
    _ rows: ColumnRows, constant: StoredValue?
  ) throws(ReductionError) -> Reduced {
    Reduced(.groups(groups(rows)), .direct)
  }

  private func groups(_ rows: ColumnRows) -> GroupCounts {
    switch rows.view {
    case .indexed(let codes, let dictionary, let count):
      let codes = DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count)
      return GroupCounts(counts: codes.histogram(rows), of: .dictionary(rows))
    case .constant: return GroupCounts(counts: [UInt64(rows.valueCount)], of: .dictionary(rows))
    case .plain(.utf8(let bytes, let offsets)):
      var counter = TextCounter()
      var start = offsets[0]
      let end = offsets[rows.count]
      for row in 0..<rows.count {
        let stop = offsets[row &+ 1]
        counter.add(bytes + Int(start), Int(stop &- start), hasWordAfter: stop &+ 8 <= end)
        start = stop
      }
      // Null rows are empty.
      counter.subtract([], rows.nullCount)
      return GroupCounts(counts: counter.counts, of: .table(counter.table, nil))
    case .plain(.fixed(let bytes, 1, let form)):
      var counts = [UInt64](repeating: 0, count: 1 << 8)
      diet_group_count_u8(bytes, rows.count, &counts)
      counts[0] -= UInt64(rows.nullCount)
      return GroupCounts(counts: counts, of: .words(byteCount: 1, form))
    case .plain(.fixed(let bytes, 2, let form)) where rows.count >= 1 << 16:
      // A count for each word takes as long to clear as so many rows to hash.
      var counts = [UInt64](repeating: 0, count: 1 << 16)
      let words = UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt16.self)
      diet_group_count_u16(words, rows.count, &counts)
      counts[0] -= UInt64(rows.nullCount)
      return GroupCounts(counts: counts, of: .words(byteCount: 2, form))
    case .plain(.fixed(let bytes, let width, let form)):
      var counter = TextCounter()
      for row in 0..<rows.count {
        counter.add(
          bytes + row &* width, width, hasWordAfter: (row &+ 1) &* width &+ 8 <= rows.count &* width
        )
      }
      // Null rows hold zeros.
      counter.subtract([UInt8](repeating: 0, count: width), rows.nullCount)
      return GroupCounts(counts: counter.counts, of: .table(counter.table, form))
    default:
      var counter = TextCounter()
      rows.view.texts.forEach(0..<rows.count) { row, text in
        if rows.hasValue(row) { counter.add(text) }
      }
      return GroupCounts(counts: counter.counts, of: .table(counter.table, nil))
    }
  }
}

/// Counts byte strings by a hash table of those seen so far.
private struct TextCounter: ~Copyable {
  let table = TextTable()
  private var capacity = 256
  private var places: UnsafeMutablePointer<UInt64>

  init() {
    places = .allocate(capacity: capacity)
    places.initialize(repeating: 0, count: capacity)
  }

  deinit { places.deallocate() }

  var counts: [UInt64] { Array(UnsafeBufferPointer(start: places, count: table.count)) }

  /// Counts one string; `hasWordAfter` says that eight bytes after it may be read.
  @inline(__always)
  mutating func add(_ bytes: UnsafePointer<UInt8>, _ length: Int, hasWordAfter: Bool) {
    if hasWordAfter {
      let code = Int(
        table.code(of: bytes, count: length, hash: table.hash(of: bytes, count: length)))
      if code >= capacity { grow() }
      places[code] &+= 1
    } else {
      add(UnsafeBufferPointer(start: bytes, count: length), 1)
    }
  }

  /// Counts one string, behind which nothing may be read.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) { add(text, 1) }

  /// Takes away rows that were counted without having a value.
  mutating func subtract(_ bytes: [UInt8], _ count: Int) {
    if count > 0 { bytes.withUnsafeBufferPointer { add($0, 0 &- UInt64(count)) } }
  }

  @inline(never)
  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ count: UInt64) {
    let copy = Array(bytes) + [UInt8](repeating: 0, count: 8)
    let code = copy.withUnsafeBufferPointer { copy in
      let start = copy.baseAddress!
      return Int(
        table.code(of: start, count: bytes.count, hash: table.hash(of: start, count: bytes.count)))
    }
    if code >= capacity { grow() }
    places[code] &+= count
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity * 2)
    larger.initialize(repeating: 0, count: capacity * 2)
    larger.update(from: places, count: capacity)
    places.deallocate()
    places = larger
    capacity *= 2
  }
}
