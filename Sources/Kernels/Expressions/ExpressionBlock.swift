import Columnar

/// The memory of one thread for an expression: registers of one block each, used again for every
/// block, so that whatever is between columns and answer stays in cache.
final class ExpressionBlock {
  /// Numbers that are kept stay in the first-level cache, unless there are so many that blocks would be too short
  /// for what each of them costs.
  private static let keptByteCount = 24 << 10
  private static let leastRowCount = 1024
  /// Where no register keeps numbers, calls are what there is to save.
  static let largestRowCount = ColumnRows.largestBlockRowCount

  let rowCount: Int
  private let registerWordCount: Int

  /// The rows at hand; they start at a multiple of 64.
  var range = 0..<0
  /// Where the answers of these rows go, 8 bytes each, if they may stand in for the first register.
  var output: UnsafeMutableRawPointer?
  private let numbers: UnsafeMutableRawPointer
  private let bits: UnsafeMutableBufferPointer<UInt64>

  init(for program: ExpressionProgram) {
    rowCount = Self.rowCount(keeping: program.keptByteCount)
    registerWordCount = rowCount / 64
    // Memory that is never touched is never had.
    numbers = .allocate(byteCount: program.registers * rowCount * 16, alignment: 64)
    let wordCount = program.registers * 2 * registerWordCount
    bits = .allocate(capacity: wordCount)
    bits.initialize(repeating: 0)
  }

  deinit {
    numbers.deallocate()
    bits.deallocate()
  }

  /// How many rows are looked at together: a power of two.
  private static func rowCount(keeping byteCount: Int) -> Int {
    var rowCount = largestRowCount
    while rowCount > leastRowCount, rowCount * byteCount > keptByteCount { rowCount /= 2 }
    return rowCount
  }

  var count: Int { range.count }
  var wordCount: Int { (range.count + 63) / 64 }

  /// Sound for every lane: a register has 16 bytes a row, and is written before it is read.
  func numbers<T>(_ register: Int, as type: T.Type) -> UnsafeMutablePointer<T> {
    if register == 0, let output, MemoryLayout<T>.stride <= 8 {
      return output.assumingMemoryBound(to: type)
    }
    return (numbers + register * rowCount * 16).assumingMemoryBound(to: type)
  }

  /// Bits that say which numbers of the register are not null, or which rows are true.
  func bits(_ register: Int) -> UnsafeMutablePointer<UInt64> {
    bits.baseAddress! + register * 2 * registerWordCount
  }

  /// Bits that say for which rows it is known whether they are true.
  func known(_ register: Int) -> UnsafeMutablePointer<UInt64> {
    bits(register) + registerWordCount
  }

  /// The bits, in `target` where they were those of another register, which is used again by what comes
  /// next.
  func kept(
    _ valid: UnsafePointer<UInt64>?, in target: UnsafeMutablePointer<UInt64>
  ) -> UnsafePointer<UInt64>? {
    guard let valid, let start = bits.baseAddress, valid != UnsafePointer(target),
      valid >= UnsafePointer(start), valid < UnsafePointer(start + bits.count)
    else { return valid }
    target.update(from: valid, count: wordCount)
    return UnsafePointer(target)
  }

  /// Writes 0 to the rows that have no value.
  func clear<T: Numeric>(
    _ values: UnsafeMutablePointer<T>, except valid: UnsafePointer<UInt64>
  ) {
    for word in 0..<wordCount where valid[word] != ~0 {
      for row in word * 64..<min(word * 64 + 64, count)
      where valid[word] >> UInt64(row & 63) & 1 == 0 { values[row] = 0 }
    }
  }
}

/// The numbers of a block, and which are not null: all where there are no bits.
struct BlockNumbers<T> {
  let values: UnsafePointer<T>
  let valid: UnsafePointer<UInt64>?
}

/// The answers of a block: true, and known; known everywhere where there are no bits. What is not
/// known is not true.
struct BlockTruth {
  let isTrue: UnsafeMutablePointer<UInt64>
  let known: UnsafePointer<UInt64>?
}
