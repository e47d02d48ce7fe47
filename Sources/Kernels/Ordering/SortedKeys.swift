import Columnar

/// Rows in the order of unsigned keys, rows of equal keys as they stand.
///
/// The rows are scattered by the upper bits of their keys, by all threads, into runs that mostly fit a
/// cache; each run is then sorted by itself, by digits of eight bits, the lowest first. Linear in the
/// rows whatever the keys are. Twelve bytes a row, twice while it runs.
struct SortedKeys: @unchecked Sendable {
  // Sound to share: nothing is changed once it is made.
  let count: Int
  private let keyBuffer: Buffer
  /// The rows alone: keys are large, and seldom asked for once they are sorted.
  let rowBuffer: Buffer

  /// The keys, ascending.
  var keys: UnsafePointer<UInt64> { UnsafePointer(keyBuffer.pointer(as: UInt64.self)) }
  /// The row of each.
  var rows: UnsafePointer<UInt32> { UnsafePointer(rowBuffer.pointer(as: UInt32.self)) }

  /// - Parameters:
  ///   - bits: Keys are below 2^`bits`.
  ///   - read: Writes the keys of some rows.
  init(
    count: Int, bits: Int, read: @Sendable (Range<Int>, UnsafeMutablePointer<UInt64>) -> Void
  ) {
    self.count = count
    let source = Run(count)
    let target = Run(count)
    let parts = ColumnRows.parts(count)
    let upperBits = min(bits, 11)
    let shift = UInt64(bits - upperBits)
    let size = 1 << upperBits
    var starts = parallelMap(parts.count) { part -> [UInt32] in
      read(parts[part], source.keys + parts[part].lowerBound)
      var counts = [UInt32](repeating: 0, count: size)
      counts.withUnsafeMutableBufferPointer { counts in
        for row in parts[part] {
          counts[Int(truncatingIfNeeded: source.keys[row] &>> shift)] &+= 1
        }
      }
      return counts
    }
    var next: UInt32 = 0
    var ends: [Int] = []
    for digit in 0..<size {
      for part in starts.indices {
        (starts[part][digit], next) = (next, next + starts[part][digit])
      }
      ends.append(Int(next))
    }
    let firsts = starts
    _ = parallelMap(parts.count) { part in
      var next = firsts[part]
      next.withUnsafeMutableBufferPointer { next in
        for row in parts[part] {
          let key = source.keys[row]
          let digit = Int(truncatingIfNeeded: key &>> shift)
          let place = Int(next[digit])
          target.keys[place] = key
          target.rows[place] = UInt32(truncatingIfNeeded: row)
          next[digit] &+= 1
        }
      }
    }
    let runEnds = ends
    _ = Columnar.parallelMap(
      shift == 0 ? 0 : size, threads: KernelThreads.count, stepCount: 16
    ) { digit in
      let run = (digit == 0 ? 0 : runEnds[digit - 1])..<runEnds[digit]
      target.sort(run, room: source, bits: shift)
    }
    keyBuffer = target.keyBuffer
    rowBuffer = target.rowBuffer
  }
}

/// Keys and their rows.
private struct Run: @unchecked Sendable {
  // Sound to share where each thread has places of its own.
  let keyBuffer: Buffer
  let rowBuffer: Buffer
  let keys: UnsafeMutablePointer<UInt64>
  let rows: UnsafeMutablePointer<UInt32>

  init(_ count: Int) {
    keyBuffer = Buffer(uninitializedByteCount: count * 8)
    rowBuffer = Buffer(uninitializedByteCount: count * 4)
    keys = keyBuffer.pointer(as: UInt64.self)
    rows = rowBuffer.pointer(as: UInt32.self)
  }

  /// Sorts some places by the lower bits of their keys; the same places of `room` are overwritten.
  func sort(_ places: Range<Int>, room: Run, bits: UInt64) {
    if places.count < 2 { return }
    if places.count <= 32 { return insertionSort(places) }
    var (source, target) = (self, room)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256) { next in
      for shift in stride(from: UInt64(0), to: bits, by: 8) {
        next.initialize(repeating: 0)
        for place in places { next[Int(source.keys[place] &>> shift & 255)] &+= 1 }
        let first = Int(source.keys[places.lowerBound] &>> shift & 255)
        if Int(next[first]) == places.count { continue }
        var start = UInt32(places.lowerBound)
        for digit in 0..<256 { (next[digit], start) = (start, start &+ next[digit]) }
        for place in places {
          let key = source.keys[place]
          let digit = Int(key &>> shift & 255)
          let other = Int(next[digit])
          target.keys[other] = key
          target.rows[other] = source.rows[place]
          next[digit] &+= 1
        }
        swap(&source, &target)
      }
    }
    if source.keys != keys {
      (keys + places.lowerBound).update(from: source.keys + places.lowerBound, count: places.count)
      (rows + places.lowerBound).update(from: source.rows + places.lowerBound, count: places.count)
    }
  }

  private func insertionSort(_ places: Range<Int>) {
    for place in places.dropFirst() {
      let (key, row) = (keys[place], rows[place])
      var hole = place
      while hole > places.lowerBound, keys[hole &- 1] > key {
        keys[hole] = keys[hole &- 1]
        rows[hole] = rows[hole &- 1]
        hole &-= 1
      }
      keys[hole] = key
      rows[hole] = row
    }
  }
}
