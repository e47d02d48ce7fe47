import Columnar
import Platform

/// The temporary files that are removed when a signal ends the process.
///
/// Handlers are in place only while there are such files, and hand the signal on to whoever had it
/// before. What a handler touches is allocated once and never freed: it may run at any moment.
enum TemporaryPaths {
  private static let slotCount = 64
  private static let slotByteCount = 4_097
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Each slot is a byte that says whether it is in use, and a path that ends with 0.
  nonisolated(unsafe) private static let slots: UnsafeMutablePointer<CChar> = {
    let slots = UnsafeMutablePointer<CChar>.allocate(capacity: slotCount * slotByteCount)
    slots.initialize(repeating: 0, count: slotCount * slotByteCount)
    return slots
  }()

  /// What was done about each signal before, by its number.
  nonisolated(unsafe) private static let previous: UnsafeMutablePointer<sigaction> = {
    let actions = UnsafeMutablePointer<sigaction>.allocate(capacity: 32)
    actions.initialize(repeating: sigaction(), count: 32)
    return actions
  }()

  private static let usedCount = Lock(0)

  /// Notes a path; `nil` where there is no room, and the file outlives an interrupted run.
  static func add(_ path: String) -> Int? {
    usedCount.withLock { usedCount in
      let bytes = path.utf8CString
      guard bytes.count < slotByteCount,
        let slot = (0..<slotCount).first(where: { slots[$0 * slotByteCount] == 0 })
      else { return nil }
      let start = slots + slot * slotByteCount
      for (index, byte) in bytes.enumerated() { start[1 + index] = byte }
      start[0] = 1
      usedCount += 1
      if usedCount == 1 { install() }
      return slot
    }
  }

  static func remove(_ slot: Int) {
    usedCount.withLock { usedCount in
      slots[slot * slotByteCount] = 0
      usedCount -= 1
      if usedCount == 0 { uninstall() }
    }
  }

  private static func install() {
    for signal in signals {
      sigaction(signal, nil, previous + Int(signal))
      // A signal that the user chose to ignore (nohup) stays ignored.
      if isIgnored(previous[Int(signal)]) { continue }
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { TemporaryPaths.handle($0) }
      sigaction(signal, &action, nil)
    }
  }

  private static func uninstall() {
    for signal in signals where !isIgnored(previous[Int(signal)]) {
      sigaction(signal, previous + Int(signal), nil)
    }
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    // SIG_IGN is the address 1.
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// Runs as a signal handler: only `unlink`, `sigaction` and `raise`, on memory that is there.
  private static func handle(_ signal: Int32) {
    let number = errno
    var slot = slots
    for _ in 0..<slotCount {
      if slot[0] != 0 { unlink(slot + 1) }
      slot += slotByteCount
    }
    sigaction(signal, previous + Int(signal), nil)
    raise(signal)
    errno = number
  }
}
