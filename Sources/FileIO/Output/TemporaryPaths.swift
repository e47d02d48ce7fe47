import Columnar
import Platform

/// The temporary files that are removed when a signal ends the process.
///
/// Handlers are in place only while there are such files, and hand the signal on to whoever had it
/// before. What a handler touches is allocated once and never freed: it may run at any moment. A signal
/// that comes between the opening of a file and the note of its path is put off until it is noted.
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

  /// How many slots are in use or about to be.
  private static let userCount = Lock(0)

  /// Opens a temporary file and notes its path, without a moment between the two at which a signal
  /// could end the process and leave the file behind.
  ///
  /// - Returns: the file, and its slot for `remove`; `nil` where there is no room for its path, and the
  ///   file outlives an interrupted run.
  static func noting<Failure: Error>(
    _ open: () throws(Failure) -> (descriptor: Int32, path: String)
  ) throws(Failure) -> (descriptor: Int32, path: String, slot: Int?) {
    SignalDelay.begin()
    defer { SignalDelay.end() }
    enter()
    do {
      let file = try open()
      let slot = add(file.path)
      if slot == nil { leave() }
      return (file.descriptor, file.path, slot)
    } catch {
      leave()
      throw error
    }
  }

  static func remove(_ slot: Int) {
    slots[slot * slotByteCount] = 0
    leave()
  }

  private static func add(_ path: String) -> Int? {
    userCount.withLock { _ in
      let bytes = path.utf8CString
      guard bytes.count < slotByteCount,
        let slot = (0..<slotCount).first(where: { slots[$0 * slotByteCount] == 0 })
      else { return nil }
      let start = slots + slot * slotByteCount
      for (index, byte) in bytes.enumerated() { start[1 + index] = byte }
      start[0] = 1
      return slot
    }
  }

  private static func enter() {
    userCount.withLock { userCount in
      userCount += 1
      if userCount == 1 { install() }
    }
  }

  private static func leave() {
    userCount.withLock { userCount in
      userCount -= 1
      if userCount == 0 { uninstall() }
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
    guard SignalDelay.mayHandle(signal) else { return }
    let number = errno
    // SIG_DFL is the address 0: the process ends as soon as this returns, and no file may be made before.
    let before = previous[Int(signal)].__sigaction_handler.sa_handler
    defer { if unsafeBitCast(before, to: Int.self) != 0 { SignalDelay.handled() } }
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
