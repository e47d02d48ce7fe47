import CKernels

/// A hash set of 64-bit integers, linear probing.
package struct IntegerTable {
  /// Empty until the first value comes.
  private var keys: [Int64] = []
  private var hasZero = false
  private var occupied = 0
  private let seed: HashSeed

  /// - Parameter seed: what hashes begin with.
  package init(seed: HashSeed = .ofProcess) { self.seed = seed }

  package var count: Int { occupied + (hasZero ? 1 : 0) }

  /// Whether there is memory for it to grow; what is not told apart for want of it is said.
  func mayGrow() -> Bool {
    // Twice its size, while it is still there as it is.
    guard MemoryLimit.isShort(adding: keys.count * 2 * MemoryLayout<Int64>.stride) else {
      return true
    }
    MemoryLimit.noteUncounted()
    return false
  }

  package var values: [Int64] { keys.filter { $0 != 0 } + (hasZero ? [0] : []) }

  /// Adds values until there are more than `limit`; returns how many rows that took.
  package mutating func insert(
    _ values: UnsafePointer<Int64>, count: Int, validity: UnsafePointer<UInt64>?, limit: Int
  ) -> Int {
    var row = 0
    while row < count, self.count <= limit {
      if occupied &* 2 >= keys.count { grow() }
      // The table may take so many before it has to be looked at again.
      let room = min(keys.count / 2 &- occupied, limit &+ 1 &- self.count)
      let end = min(count, row &+ max(room, 1))
      let zeros = insert(values, row..<end, validity)
      hasZero = hasZero || zeros
      row = end
    }
    return row
  }

  /// Adds values that there is room for; returns whether one was 0, which is no key.
  private mutating func insert(
    _ values: UnsafePointer<Int64>, _ rows: Range<Int>, _ validity: UnsafePointer<UInt64>?
  ) -> Bool {
    let mask = keys.count &- 1
    // A large table is not in cache: its slots are asked for some rows before they are looked at.
    let ahead = 16
    let seed = seed
    return keys.withUnsafeMutableBufferPointer { keys in
      let keys = keys.baseAddress.unsafelyUnwrapped
      var hasZero = false
      var added = 0
      for row in rows {
        if row &+ ahead < rows.upperBound {
          diet_prefetch(keys + (seed.place(of: values[row &+ ahead]) & mask))
        }
        guard isValid(row, validity) else { continue }
        let key = values[row]
        if key == 0 {
          hasZero = true
          continue
        }
        var index = seed.place(of: key) & mask
        while keys[index] != 0, keys[index] != key { index = (index &+ 1) & mask }
        added &+= keys[index] == 0 ? 1 : 0
        keys[index] = key
      }
      occupied &+= added
      return hasZero
    }
  }

  @inline(never)
  private mutating func grow() {
    let old = keys
    keys = [Int64](repeating: 0, count: max(old.count * 2, 256))
    let mask = keys.count - 1
    for key in old where key != 0 {
      var index = seed.place(of: key) & mask
      while keys[index] != 0 { index = (index + 1) & mask }
      keys[index] = key
    }
  }

  /// The most slots that lie between where a key should be and where it is.
  package var longestWalk: Int {
    keys.indices.reduce(0) { longest, index in
      if keys[index] == 0 { return longest }
      return max(longest, (index &- seed.place(of: keys[index])) & (keys.count - 1))
    }
  }

  /// A 64-bit hash of an integer, the same in every process: for estimates.
  @inline(__always)
  package static func hash(_ key: Int64) -> UInt64 {
    fold(UInt64(bitPattern: key) ^ 0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F)
  }
}

/// Whether the row has a value.
@inline(__always)
func isValid(_ row: Int, _ validity: UnsafePointer<UInt64>?) -> Bool {
  validity == nil || validity.unsafelyUnwrapped[row &>> 6] &>> UInt64(row & 63) & 1 == 1
}
