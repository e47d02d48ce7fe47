/// The values of a chunk in fewer bytes, for the time until the column is made: numbers in as few bits as the
/// chunk's largest takes, text compressed by LZ4 where there is much of it.
package enum PackedChunk: Sendable {
  /// Offsets from `base`, times `multiplier`.
  case integers(PackedWords, base: Int64, multiplier: Int64)
  case codes(PackedWords, TextTable)
  case text(PackedText)

  fileprivate init?(
    _ values: ChunkValues, rowCount: Int, compressesText: Bool, in slabs: inout SlabWriter
  ) {
    switch values {
    case .integers(let integers):
      guard let offsets = integers.offsets else { return nil }
      self = .integers(
        PackedWords(offsets.base, width: integers.width, count: rowCount, in: &slabs),
        base: integers.base, multiplier: integers.multiplier)
    case .codes(let codes):
      self = .codes(
        PackedWords(codes.codes.base, width: codes.width, count: rowCount, in: &slabs),
        codes.dictionary)
    case .text(let text):
      self = .text(
        PackedText(text, rowCount: rowCount, compresses: compressesText, in: &slabs))
    case .none, .floats, .packed: return nil
    }
  }

  fileprivate var values: ChunkValues {
    switch self {
    case .integers(let numbers, let base, let multiplier):
      var integers = IntegerChunk(base: base, width: numbers.width, offsets: numbers.unpacked)
      integers.multiplier = multiplier
      return .integers(integers)
    case .codes(let numbers, let dictionary):
      return .codes(
        CodeChunk(dictionary: dictionary, width: numbers.width, codes: numbers.unpacked))
    case .text(let text): return .text(text.unpacked)
    }
  }
}

extension ColumnChunk {
  /// The same in fewer bytes, and in memory of its own.
  ///
  /// - Parameter compressesText: Whether text, too, is to take fewer: that is the dear part.
  package func packed(in slabs: inout SlabWriter, compressesText: Bool) -> ColumnChunk {
    var chunk = self
    chunk.validity = validity?.copy((rowCount + 63) / 64 * 8, in: &slabs)
    if case .floats(let floats) = values {
      chunk.values = .floats(floats.copy(rowCount * 8, in: &slabs))
    } else if let packed = PackedChunk(
      values, rowCount: rowCount, compressesText: compressesText, in: &slabs)
    {
      chunk.values = .packed(packed)
    }
    return chunk
  }

  /// The chunk as it can be read.
  var unpacked: ColumnChunk {
    guard case .packed(let packed) = values else { return self }
    var chunk = self
    chunk.values = packed.values
    return chunk
  }
}
