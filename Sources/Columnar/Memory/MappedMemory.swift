import Platform

/// Memory that is mapped for its owner alone, not taken from the heap: given back, it leaves resident
/// memory at once, whatever else is still held. The heap would keep it, for all but the last of what
/// it has handed out.
struct MappedMemory {
  let base: UnsafeMutableRawPointer
  /// A whole number of pages.
  let byteCount: Int

  /// From this size on the few faults more than the heap costs do not count.
  static let leastByteCount = 1 << 20
  /// The size of a huge page on x86-64 and on arm64 with 4 KiB pages.
  private static let hugePageByteCount = 2 << 20

  /// Zeros; `nil` where there is not so much memory. What has the size of a huge page lies on one,
  /// which one fault fills instead of 512: a mapping that is larger by one, with what lies before and
  /// after given back.
  init?(byteCount: Int, usesHugePages: Bool = true) {
    self.byteCount = Self.wholePages(byteCount)
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

  func giveBack() { munmap(base, byteCount) }
}
