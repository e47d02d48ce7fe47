import CKernels
import Columnar
import Platform

/// The memory that a thread parses one column of one chunk into, used again for each.
package final class ColumnScratch {
  private(set) var capacity = 0
  /// One integer a row, or the bits of a binary64.
  private(set) var values: UnsafeMutablePointer<Int64>
  private(set) var validity: UnsafeMutablePointer<UInt64>
  private(set) var hashes: UnsafeMutablePointer<UInt64>
  /// A bit for each row that the loops in C left to be read here.
  let left = RowBits()
  /// The bytes of all fields, and of those longer than 12 bytes, where a loop in C counted them.
  var byteCounts: (all: Int, long: Int)?
  var report = ChunkReport()
  /// NaN as words, counted by the float syntax.
  var nanWords = NaNWords()
  /// How often each null word occurred; see `NullWords`.
  private let nullCounts: UnsafeMutablePointer<Int>
  private var hasValidity = false
  /// The chunk, and the row of it that is the first here.
  package var place = ChunkRow(ordinal: 0, row: 0)
  /// About how many rows the table has; `nil` where its size says nothing about that.
  package var expectedRowCount: Int?
  /// Whether values may stay uncounted where there will be too many: another reading makes up for it.
  package var mayForgetValues = false
  /// What some of the strings of a column may take, which are kept to learn from.
  package var sampleByteCount = TextSample.usualByteCount
  private var textMemory = Buffer(uninitializedByteCount: 0)
  /// Bit `i` is set where row `i` is a value to us and missing to other engines.
  private var missing: UnsafeMutablePointer<UInt64>
  /// Whether some row is.
  package private(set) var hasMissing = false

  package init() {
    values = .allocate(capacity: 0)
    validity = .allocate(capacity: 0)
    missing = .allocate(capacity: 0)
    hashes = .allocate(capacity: 0)
    nullCounts = .allocate(capacity: 64)
    nullCounts.initialize(repeating: 0, count: 64)
  }

  deinit {
    values.deallocate()
    validity.deallocate()
    missing.deallocate()
    hashes.deallocate()
    nullCounts.deallocate()
  }

  /// Makes room for `rowCount` rows and forgets what the last syntax found.
  func begin(rowCount: Int) {
    if rowCount > capacity {
      values.deallocate()
      validity.deallocate()
      missing.deallocate()
      hashes.deallocate()
      capacity = rowCount
      values = .allocate(capacity: capacity)
      validity = .allocate(capacity: capacity / 64 + 1)
      missing = .allocate(capacity: capacity / 64 + 1)
      hashes = .allocate(capacity: capacity)
    }
    if report.nullCount > 0 { nullCounts.update(repeating: 0, count: 64) }
    report = ChunkReport()
    report.rowCount = rowCount
    left.begin(rowCount: rowCount)
    byteCounts = nil
    nanWords = NaNWords()
    hasValidity = false
    hasMissing = false
  }

  /// Memory for the text of a chunk that is not kept, with 16 writable bytes after it; valid until the
  /// next call.
  func text(byteCount: Int) -> UnsafeMutablePointer<UInt8> {
    if textMemory.byteCount < byteCount + 16 {
      textMemory = Buffer(uninitializedByteCount: byteCount + byteCount / 4 + 16)
    }
    // The memory is this scratch's own, and one thread uses it.
    return textMemory.pointer(as: UInt8.self)
  }

  /// Takes over what a loop in C counted on the way.
  func note(_ summary: diet_fields_summary) {
    byteCounts = (Int(summary.byte_count), Int(summary.long_byte_count))
  }

  /// Marks the row as null and makes its value 0.
  func setNull(_ row: Int, word: Int) {
    markNull(row, word: word)
    values[row] = 0
  }

  /// Marks the row as null; the caller sees to what is stored there.
  @inline(never)
  func markNull(_ row: Int, word: Int) {
    if !hasValidity {
      memset(validity, 0xFF, (report.rowCount / 64 + 1) * 8)
      hasValidity = true
    }
    validity[row >> 6] &= ~(1 << UInt64(row & 63))
    report.nullCount += 1
    report.nullWords |= 1 << UInt64(word)
    nullCounts[word] &+= 1
  }

  /// Marks every row as null.
  func setAllNull(word: Int) {
    memset(validity, 0, (report.rowCount / 64 + 1) * 8)
    hasValidity = true
    report.nullCount = report.rowCount
    report.nullWords = 1 << UInt64(word)
    nullCounts[word] = report.rowCount
  }

  /// Takes over which rows are null of those from `first` on, and sets what stands there to 0.
  func setNulls(_ nulls: ArrowNulls, from first: Int) {
    guard let source = nulls.validity else { return }
    let count = report.rowCount
    memset(validity, 0xFF, (count / 64 + 1) * 8)
    let bytes = UnsafeMutableRawPointer(validity).assumingMemoryBound(to: UInt8.self)
    if first % 8 == 0 {
      memcpy(bytes, source + first / 8, (count + 7) / 8)
    } else {
      for row in 0..<count where nulls.isNull(first + row) {
        bytes[row >> 3] &= ~(1 << UInt8(row & 7))
      }
    }
    if count % 64 != 0 { validity[count / 64] |= ~0 << UInt64(count % 64) }
    for word in 0..<(count + 63) / 64 where validity[word] != ~0 {
      var missing = ~validity[word]
      report.nullCount += missing.nonzeroBitCount
      while missing != 0 {
        values[word * 64 + missing.trailingZeroBitCount] = 0
        missing &= missing - 1
      }
    }
    hasValidity = report.nullCount > 0
  }

  @inline(__always)
  func isNull(_ row: Int) -> Bool {
    hasValidity && validity[row &>> 6] &>> UInt64(row & 63) & 1 == 0
  }

  /// Marks a row that has a value as one that other engines read as missing.
  func markMissing(_ row: Int) {
    if !hasMissing {
      memset(missing, 0, (report.rowCount / 64 + 1) * 8)
      hasMissing = true
    }
    missing[row >> 6] |= 1 << UInt64(row & 63)
  }

  /// Whether a row is null, or a value that other engines read as missing.
  package func isMissing(_ row: Int) -> Bool {
    isNull(row) || (hasMissing && missing[row >> 6] >> UInt64(row & 63) & 1 != 0)
  }

  /// The null words that occurred, and how often.
  var wordCounts: [(index: Int, count: Int)] {
    var words = report.nullWords
    var counts: [(index: Int, count: Int)] = []
    while words != 0 {
      let index = words.trailingZeroBitCount
      counts.append((index, nullCounts[index]))
      words &= words - 1
    }
    return counts
  }

  /// The bitmap, `nil` where every row has a value.
  var validityWords: UnsafePointer<UInt64>? {
    hasValidity && report.nullCount > 0 ? UnsafePointer(validity) : nil
  }

  /// Copies the bitmap to where the column's chunks are kept; `nil` where none is needed.
  func storeValidity(_ slabs: inout SlabWriter) -> SlabSlice? {
    guard report.nullCount > 0, report.valueCount > 0 else { return nil }
    let byteCount = (report.rowCount + 63) / 64 * 8
    let slice = slabs.allocate(byteCount)
    memcpy(slice.base, validity, byteCount)
    return slice
  }
}
