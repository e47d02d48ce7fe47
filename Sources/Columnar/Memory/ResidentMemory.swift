import Platform

/// What the kernel counts as this process's memory.
struct ResidentMemory {
  var byteCount = 0
  /// What of it files hold: the program itself, and what was spilled.
  var fileByteCount = 0

  private static let pageByteCount = sysconf(Int32(_SC_PAGESIZE))

  /// Zeros where the kernel does not say.
  static var now: ResidentMemory {
    let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return ResidentMemory() }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { text in
      let count = read(file, text.baseAddress, text.count)
      guard count > 0 else { return ResidentMemory() }
      // Pages of all, of those that are resident, of those that files hold, and more.
      let numbers = text[..<count].split(separator: UInt8(ascii: " "))
      guard numbers.count > 2 else { return ResidentMemory() }
      func bytes(_ pages: Slice<UnsafeMutableRawBufferPointer>) -> Int {
        pages.reduce(0) { $0 * 10 + Int($1 &- 0x30) } * pageByteCount
      }
      return ResidentMemory(byteCount: bytes(numbers[1]), fileByteCount: bytes(numbers[2]))
    }
  }
}
