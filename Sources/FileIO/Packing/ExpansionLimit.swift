import Columnar

/// What a compressed file holds, as long as it does not grow out of all proportion.
///
/// A few kilobytes may stand for terabytes. Up to `freeByteCount` everything is read; beyond that,
/// not more than `limit` times the stored bytes.
final class ExpansionLimit: ByteSource {
  /// Grown to less than this, nothing is refused.
  static let freeByteCount = 64 << 20

  private let decompressed: any ByteSource
  private let limit: Int
  private var grownByteCount = 0

  init(of decompressed: any ByteSource, limit: Int) {
    self.decompressed = decompressed
    self.limit = limit
  }

  var name: String { decompressed.name }
  var byteCount: Int? { nil }
  var isRereadable: Bool { decompressed.isRereadable }
  var isStoredText: Bool { false }
  var encoding: TextEncoding { decompressed.encoding }
  var storedInput: StoredInput { decompressed.storedInput }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try decompressed.read(into: buffer)
    grownByteCount += count
    if grownByteCount > Self.freeByteCount {
      let stored = decompressed.storedInput.byteCount
      if grownByteCount / limit > stored { throw tooLarge(stored) }
    }
    return count
  }

  private func tooLarge(_ stored: Int) -> ReadingError {
    let ratio = grownByteCount / max(stored, 1)
    return ReadingError(
      .expandsTooFar, file: name, byteOffset: stored,
      "up to here the compressed data grow to \(ratio) times their size, more than \(limit):"
        + " a small file may fill memory and disk so",
      remedy:
        "if you trust the file, allow more with \(option: "max-expansion", "\(max(limit, ratio) * 2)")"
    )
  }
}
