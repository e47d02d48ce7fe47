import Platform

/// Memory of hash tables and scans, which grow and are thrown away: much of it is mapped, so that it
/// leaves resident memory with its owner. What worker threads free last, their heaps would keep.
package enum ScratchMemory {
  /// Memory whose bytes are not set.
  ///
  /// - Parameters:
  ///   - isFilled: Whether nearly all of it will be written, so that huge pages pay.
  ///   - maySpill: Whether it is used from its start to its end, so that it may lie on disk where memory gets short.
  package static func allocate(
    byteCount: Int, isFilled: Bool = true, maySpill: Bool = false
  ) -> UnsafeMutableRawPointer {
    let memory =
      byteCount >= MappedMemory.leastByteCount
      ? MappedMemory(byteCount: byteCount, usesHugePages: isFilled, maySpill: maySpill)?.base
      : malloc(byteCount)
    guard let memory else { OutOfMemory.stop(byteCount, for: "for its work") }
    return memory
  }

  package static func copy(
    _ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, byteCount: Int
  ) {
    forEachPiece(of: byteCount) {
      (target + $0.lowerBound).copyMemory(from: source + $0.lowerBound, byteCount: $0.count)
    }
  }

  /// Calls `body` with ranges of so many bytes, one after the other, so that what lies on disk is not all resident at
  /// once.
  package static func forEachPiece<E: Error>(
    of byteCount: Int, _ body: (Range<Int>) throws(E) -> Void
  ) throws(E) {
    let pieceByteCount = 1 << 20
    for start in stride(from: 0, to: byteCount, by: pieceByteCount) {
      if start > 0 { MemoryLimit.relieve() }
      try body(start..<min(start + pieceByteCount, byteCount))
    }
  }

  /// Gives back what `allocate` gave for `byteCount` bytes.
  package static func deallocate(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    if byteCount >= MappedMemory.leastByteCount {
      SpillFile.shared.unmap(memory, byteCount: MappedMemory.wholePages(byteCount))
    } else {
      free(memory)
    }
  }
}
