import Platform

extension TokenDecoder {
  /// The tokens of some rows, and how many each has: they share what tokens stand for with this column. `nil`
  /// where there are too many: rows may be taken more than once.
  ///
  /// - Parameters:
  ///   - count: How many places there are.
  ///   - forEachPlace: Calls with each row, `nil` for one without text, and its place, in the order of these.
  package func taking(
    _ count: Int, _ forEachPlace: (_ body: (Int?, Int) -> Void) -> Void
  ) -> (values: Buffer, offsets: Buffer)? {
    let byteCount = max(count, 1) * 4
    let places = ScratchMemory.allocate(byteCount: byteCount).assumingMemoryBound(to: UInt32.self)
    let counts = ScratchMemory.allocate(byteCount: byteCount).assumingMemoryBound(to: UInt32.self)
    defer {
      ScratchMemory.deallocate(places, byteCount: byteCount)
      ScratchMemory.deallocate(counts, byteCount: byteCount)
    }
    var cursor = PackedLengths.Cursor(self.counts)
    var total = 0
    forEachPlace { row, place in
      let tokens = row.map { cursor.look(at: $0) } ?? (place: 0, length: 0)
      places[place] = tokens.place
      counts[place] = tokens.length
      total += Int(tokens.length)
    }
    let streamByteCount = TokenStream.byteCount(tokenCount: total, bits: stream.bits)
    guard total <= UInt32.max else { return nil }
    let buffer = Buffer(uninitializedByteCount: streamByteCount)
    let target = TokenStream(bytes: buffer.base, bits: stream.bits)
    var written = 0
    for place in 0..<count {
      target.copy(
        Int(counts[place]), from: stream, at: Int(places[place]), to: written)
      written += Int(counts[place])
    }
    TokenStream.finish(buffer, bits: stream.bits)
    return (
      buffer, PackedLengths(UnsafeBufferPointer(start: counts, count: count)).memory
    )
  }
}
