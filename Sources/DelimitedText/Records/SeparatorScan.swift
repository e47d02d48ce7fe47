import CKernels
import Columnar

/// The structural scan of one chunk after the other, into memory that is reused.
struct SeparatorScan: ~Copyable {
  /// Positions of separators, then the indices of those that end records. Element −1 is one before
  /// position 0, so that no field has to ask whether it is the first.
  private var storage = sentinelled(capacity: 0)
  private var capacity = 0
  private var result = diet_csv_scan_result()

  deinit { freeSentinelled(storage, capacity: 2 * capacity) }

  /// Scans `bytes`, which must begin at a record's start.
  mutating func find(in bytes: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect) {
    // The scan may write 64 entries more than there are bytes.
    let needed = bytes.count + 64
    if needed > capacity {
      freeSentinelled(storage, capacity: 2 * capacity)
      storage = sentinelled(capacity: 2 * needed)
      capacity = needed
    }
    result = diet_csv_scan(
      bytes.baseAddress, bytes.count, dialect.delimiter, dialect.quoteOrZero, storage,
      storage + capacity)
  }

  /// Whether any of the given `DIET_CSV_…` flags is set.
  func has(_ flags: Int) -> Bool { result.flags & UInt32(flags) != 0 }

  var positions: UnsafePointer<UInt32> { UnsafePointer(storage) }
  private var recordEnds: UnsafePointer<UInt32> { UnsafePointer(storage + capacity) }
  var recordCount: Int { result.records }

  /// The records of the bytes that were scanned last.
  func records(in bytes: UnsafeBufferPointer<UInt8>) -> ScannedRecords {
    ScannedRecords(
      bytes: bytes, separators: positions, recordEnds: recordEnds, recordCount: recordCount,
      hasQuotes: has(DIET_CSV_HAS_QUOTE))
  }

  /// Whether every record has `columns` fields.
  func isRectangle(columns: Int) -> Bool {
    guard result.separators == recordCount * columns else { return false }
    // Gathered without a branch, so that the loop becomes vector code.
    let ends = recordEnds
    var difference: UInt32 = 0
    var expected = UInt32(truncatingIfNeeded: columns &- 1)
    for record in 0..<recordCount {
      difference |= ends[record] ^ expected
      expected &+= UInt32(truncatingIfNeeded: columns)
    }
    return difference == 0
  }
}

/// Room for separators behind an element −1 that is one before position 0.
func sentinelled(capacity: Int) -> UnsafeMutablePointer<UInt32> {
  // The chunks of very wide tables; of others, hardly a page is ever written.
  let start = ScratchMemory.allocate(
    byteCount: (capacity + 1) * 4, isFilled: capacity > 4 << 20
  ).bindMemory(to: UInt32.self, capacity: capacity + 1)
  start[0] = .max
  return start + 1
}

/// Gives back what `sentinelled` gave for the same capacity.
func freeSentinelled(_ separators: UnsafeMutablePointer<UInt32>, capacity: Int) {
  ScratchMemory.deallocate(separators - 1, byteCount: (capacity + 1) * 4)
}
