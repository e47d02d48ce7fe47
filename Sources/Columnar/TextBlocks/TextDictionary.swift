import CZstd

/// Bytes that are frequent in a column's text: what compresses each block knows them from its start.
///
/// Unchecked: written by its initialisers alone, and what libzstd makes of it is only read.
final class TextDictionary: @unchecked Sendable {
  /// More is learned from some megabytes of text, but takes its place.
  private static let maximumByteCount = 112 << 10
  /// So much of the column's text is worth a byte.
  private static let textPerByte = 64
  /// Less than this teaches nothing.
  private static let minimumByteCount = 1 << 12

  let bytes: [UInt8]
  let compressing: OpaquePointer?

  /// What is learned from a shuffled sample of a column with so many bytes of text; `nil` where that is little.
  convenience init?(learnedFrom sample: TextSample, textByteCount: Int) {
    let capacity = min(Self.maximumByteCount, textByteCount / Self.textPerByte)
    guard capacity >= Self.minimumByteCount, sample.count >= 64 else { return nil }
    var (texts, sizes): ([UInt8], [Int]) = ([], [])
    texts.reserveCapacity(sample.byteCount)
    sample.forEachValue { _, text in
      texts += text
      sizes.append(text.count)
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { room, count in
      let learned = ZDICT_trainFromBuffer(
        room.baseAddress, capacity, texts, sizes, UInt32(sizes.count))
      count = ZDICT_isError(learned) == 0 ? learned : 0
    }
    guard !bytes.isEmpty else { return nil }
    self.init(bytes, level: TextBlocks.usualLevel)
  }

  /// What was learned before.
  ///
  /// - Parameter level: Of what is compressed with it.
  init(_ bytes: [UInt8], level: Int32) {
    self.bytes = bytes
    compressing = ZSTD_createCDict(bytes, bytes.count, level)
    if compressing == nil { OutOfMemory.stop(bytes.count, for: "to compress text") }
  }

  deinit { ZSTD_freeCDict(compressing) }
}
