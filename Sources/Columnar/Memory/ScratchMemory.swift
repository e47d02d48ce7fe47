import Platform

/// Memory of hash tables and scans, which grow and are thrown away: much of it is mapped, so that it
/// leaves resident memory with its owner. What worker threads free last, their heaps would keep.
package enum ScratchMemory {
  /// Memory whose bytes are not set.
  ///
  /// - Parameter isFilled: whether nearly all of it will be written, so that huge pages pay.
  package static func allocate(
    byteCount: Int, isFilled: Bool = true
  ) -> UnsafeMutableRawPointer {
    let memory =
      byteCount >= MappedMemory.leastByteCount
      ? MappedMemory(byteCount: byteCount, usesHugePages: isFilled, maySpill: false)?.base
      : malloc(byteCount)
    guard let memory else { fatalError("out of memory: \(byteCount) bytes cannot be had") }
    return memory
  }

  /// Gives back what `allocate` gave for `byteCount` bytes.
  package static func deallocate(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    if byteCount >= MappedMemory.leastByteCount {
      munmap(memory, MappedMemory.wholePages(byteCount))
    } else {
      free(memory)
    }
  }
}
