import Columnar
import Synchronization
import Typing

/// How the values of a table are kept in few bytes from the moment they are read until their columns are made.
final class ValuePacking: Sendable {
  /// The columns of wider tables have little in each chunk.
  private static let columnLimit = 256
  /// More columns would take too much for what is learned from them; then it is taken when they are made.
  private static let sampledColumnLimit = 32
  /// Below this, memory is short.
  private static let usualMemory = 1 << 30
  /// Text is compressed from so many bytes on: before, that would take time and hardly spare anything.
  private static let plainByteCount = 64 << 20

  private let textByteCount = Atomic(0)
  private let plainLimit: Int
  /// What may be kept of each column's strings to learn from.
  let sampleByteCount: Int

  /// `nil` where they are kept as they are.
  init?(columnCount: Int) {
    guard columnCount <= Self.columnLimit else { return nil }
    let memory = MemoryLimit.byteCount ?? .max
    plainLimit = min(Self.plainByteCount, memory / 16)
    sampleByteCount =
      columnCount <= Self.sampledColumnLimit && memory >= Self.usualMemory
      ? TextSample.learnedByteCount : TextSample.usualByteCount
  }

  /// A chunk that `parser` made last, in fewer bytes.
  func packed(_ chunk: ColumnChunk, of parser: ColumnParser) -> ColumnChunk {
    let byteCount = chunk.heldTextByteCount
    let before = textByteCount.add(byteCount, ordering: .relaxed).oldValue
    return parser.packed(chunk, compressesText: before + byteCount > plainLimit)
  }
}
