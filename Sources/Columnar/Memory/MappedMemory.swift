import Platform

/// Memory that is mapped for its owner alone, not taken from the heap: given back, it leaves resident
/// memory at once, whatever else is still held. The heap would keep it, for all but the last of what
/// it has handed out.
struct MappedMemory {
  let base: UnsafeMutableRawPointer
  /// A whole number of pages.
  let byteCount: Int
  /// Whether it lies in a file, so that its pages can be taken away.
  private var isSpilled: Bool

  /// From this size on the few faults more than the heap costs do not count.
  static let leastByteCount = 1 << 20
  /// The size of a huge page on x86-64 and on arm64 with 4 KiB pages.
  private static let hugePageByteCount = 2 << 20

  /// Zeros; `nil` where there is not so much memory. What has the size of a huge page lies on one,
  /// which one fault fills instead of 512: a mapping that is larger by one, with what lies before and
  /// after given back.
  ///
  /// - Parameter maySpill: Whether it may lie in a file where memory gets short: what is used all over all the time,
  ///   as a hash table is, had better not.
  init?(byteCount: Int, usesHugePages: Bool = true, maySpill: Bool = true) {
    self.byteCount = Self.wholePages(byteCount)
    if maySpill,
      MemoryLimit.isLarge(self.byteCount) || MemoryLimit.isNear(adding: self.byteCount),
      let spilled = SpillFile.shared.map(byteCount: self.byteCount)
    {
      (base, isSpilled) = (spilled, true)
      return
    }
    isSpilled = false
    let spare =
      usesHugePages && self.byteCount >= Self.hugePageByteCount ? Self.hugePageByteCount : 0
    let pointer = mmap(
      nil, self.byteCount + spare, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let pointer, pointer != MAP_FAILED else { return nil }
    guard spare > 0 else {
      base = pointer
      return
    }
    let before = -Int(bitPattern: pointer) & (spare - 1)
    base = pointer + before
    if before > 0 { munmap(pointer, before) }
    if before < spare { munmap(base + self.byteCount, spare - before) }
    // A page that is filled in part only would be resident as a whole.
    madvise(base, self.byteCount & ~(spare - 1), adviceHugePage)
  }

  static func wholePages(_ byteCount: Int) -> Int { (byteCount + 4095) & ~4095 }

  /// Moves the bytes to the disk where memory gets short. No one writes to them any more.
  mutating func spill() {
    guard !isSpilled, MemoryLimit.isNear(adding: 0) else { return }
    isSpilled = SpillFile.shared.move(base, byteCount: byteCount)
  }

  func giveBack() {
    if isSpilled {
      SpillFile.shared.unmap(base, byteCount: byteCount)
    } else {
      munmap(base, byteCount)
    }
  }
}
