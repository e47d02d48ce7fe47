import Columnar

/// Which way values are sorted, and where nulls go.
public struct SortOptions: Hashable, Sendable {
  /// Whether the greatest comes first.
  public var isDescending: Bool
  /// Whether nulls come before all values.
  public var putsNullsFirst: Bool

  /// Which way, and where nulls go.
  public init(isDescending: Bool, putsNullsFirst: Bool = false) {
    self.isDescending = isDescending
    self.putsNullsFirst = putsNullsFirst
  }

  /// The least first, nulls last. NaN comes after all numbers.
  public static let ascending = SortOptions(isDescending: false)
  /// The greatest first, nulls last.
  public static let descending = SortOptions(isDescending: true)
}

extension OrderKeys {
  /// The numbers of all rows, sorted by their keys; equal ones stay as they were.
  ///
  /// Keys within a small range are counted, and each row goes where its count says: two passes, and
  /// no comparison. Others are sorted by digits of eleven bits, the lowest first.
  package func argsort(_ order: SortOptions, of rows: [UInt32]? = nil) -> [UInt32] {
    let count = self.rows.count
    precondition(count < UInt32.max, "row numbers have 32 bits")
    guard let bounds else { return rows ?? (0..<UInt32(count)).map { $0 } }
    let span = UInt64(bitPattern: bounds.upperBound &- bounds.lowerBound)
    if rows == nil, span < 1 << 16, span < max(1 << 10, count) {
      return countingSort(order, least: bounds.lowerBound, size: Int(span) + 1)
    }
    return digitSort(order, bounds, span, rows)
  }

  /// A row's place among `size` values, or the one before or after all for a null.
  private func countingSort(_ order: SortOptions, least: Int64, size: Int) -> [UInt32] {
    let nullPlace = order.putsNullsFirst ? 0 : size + 1
    let first = order.isDescending ? Int64(size) : 1
    let sign: Int64 = order.isDescending ? -1 : 1
    @Sendable @inline(__always) func place(_ key: Int64) -> Int {
      Int(first &+ sign &* (key &- least))
    }
    var starts = parts { part, firstRow in
      var counts = [UInt32](repeating: 0, count: size + 2)
      var valueCount = 0
      counts.withUnsafeMutableBufferPointer { counts in
        let counts = counts.baseAddress!
        forEach(part, firstRow) {
          counts[place($1)] &+= 1
          valueCount &+= 1
        }
      }
      counts[nullPlace] += UInt32(part.count - valueCount)
      return counts
    }
    // Each part's rows of a value follow those of the parts before.
    var next: UInt32 = 0
    for value in 0..<size + 2 {
      for part in starts.indices {
        let count = starts[part][value]
        starts[part][value] = next
        next += count
      }
    }
    let ranges = ColumnRows.parts(rows.count)
    let firsts = starts
    return [UInt32](unsafeUninitializedCapacity: rows.count) { buffer, initialized in
      initialized = rows.count
      guard let base = buffer.baseAddress else { return }
      let target = Shared(base)
      _ = parallelMap(ranges.count) { index in
        var next = firsts[index]
        next.withUnsafeMutableBufferPointer { next in
          let next = next.baseAddress!
          forEachRow(ranges[index]) { row, key in
            let place = key.map(place) ?? nullPlace
            target.pointer[Int(next[place])] = UInt32(truncatingIfNeeded: row)
            next[place] &+= 1
          }
        }
      }
    }
  }

  /// Calls `body` with each row and its key, `nil` where it is null.
  @inline(__always)
  func forEachRow(_ range: Range<Int>, _ body: (Int, Int64?) -> Void) {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: ColumnRows.blockRowCount) { room in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: room.count) {
        let count = min(room.count, range.upperBound - start)
        let keys = read(start..<start + count, room.baseAddress!)
        let hasNulls = rows.nullCount > 0
        var row = 0
        while row < count {
          body(start &+ row, hasNulls && !rows.hasValue(start &+ row) ? nil : keys[row])
          row &+= 1
        }
      }
    }
  }

  private struct Entry {
    var digits: UInt64
    var row: UInt32
  }

  private func digitSort(
    _ order: SortOptions, _ bounds: ClosedRange<Int64>, _ span: UInt64, _ given: [UInt32]?
  ) -> [UInt32] {
    var nulls: [UInt32] = []
    func digits(_ key: Int64) -> UInt64 {
      UInt64(
        bitPattern: order.isDescending
          ? bounds.upperBound &- key : key &- bounds.lowerBound)
    }
    var entries: [Entry] = []
    entries.reserveCapacity(rows.valueCount)
    if let given {
      var keys = [Int64](repeating: 0, count: rows.count)
      forEach(0..<rows.count) { keys[$0] = $1 }
      for row in given {
        if rows.hasValue(Int(row)) {
          entries.append(Entry(digits: digits(keys[Int(row)]), row: row))
        } else {
          nulls.append(row)
        }
      }
    } else {
      forEachRow(0..<rows.count) { row, key in
        if let key {
          entries.append(Entry(digits: digits(key), row: UInt32(row)))
        } else {
          nulls.append(UInt32(row))
        }
      }
    }
    var other = entries
    for shift in stride(from: UInt64(0), to: UInt64(64 - span.leadingZeroBitCount), by: 11) {
      Self.pass(&entries, &other, shift)
      swap(&entries, &other)
    }
    let sorted = entries.map(\.row)
    return order.putsNullsFirst ? nulls + sorted : sorted + nulls
  }

  private static func pass(_ source: inout [Entry], _ target: inout [Entry], _ shift: UInt64) {
    source.withUnsafeBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << 11) { next in
          next.initialize(repeating: 0)
          for entry in source { next[Int(entry.digits &>> shift & 2047)] &+= 1 }
          var start = 0
          for digit in 0..<1 << 11 { (next[digit], start) = (start, start + next[digit]) }
          for entry in source {
            let digit = Int(entry.digits &>> shift & 2047)
            target[next[digit]] = entry
            next[digit] &+= 1
          }
        }
      }
    }
  }
}
