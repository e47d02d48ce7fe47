import Platform
import Synchronization

/// The most memory that this process may have resident, as the kernel counts it, and what keeps it below.
///
/// From half of the limit on, large pieces of memory lie in a temporary file, whose pages the kernel writes. From nine
/// sixteenths on all these pages are taken away, by a thread that looks every few milliseconds; they are read again where
/// they are used. What cannot lie there, tables that tell values apart above all, has to fit: else the run ends with a
/// `MemoryError`.
package enum MemoryLimit {
  /// Whose limit it is.
  package enum Origin: Int, Sendable {
    case told, controlGroup, machine
  }

  /// Below this there is no room for the program itself, and for a chunk of text a thread.
  package static let least = 128 << 20

  private static let limit = Atomic(Int.max)
  private static let origin = Atomic(Origin.machine.rawValue)

  /// In bytes; `nil` where memory is not looked at.
  package static var byteCount: Int? {
    let byteCount = limit.load(ordering: .relaxed)
    return byteCount == .max ? nil : byteCount
  }

  /// Keeps the process below so many bytes.
  package static func set(byteCount: Int) { set(byteCount, .told) }

  /// Keeps the process below what its control group, or else the machine, has: it then ends in words, where the
  /// kernel would kill it.
  package static func setFromSystem() {
    let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    if let group = ControlGroup.memoryLimit, machine <= 0 || group < machine {
      set(group / 10 * 9, .controlGroup)
    } else if machine > 0 {
      set(machine / 10 * 9, .machine)
    }
  }

  private static func set(_ byteCount: Int, _ whose: Origin) {
    origin.store(whose.rawValue, ordering: .relaxed)
    limit.store(byteCount, ordering: .relaxed)
  }

  /// Whether new memory should lie where it can be taken away.
  static func isNear(adding byteCount: Int) -> Bool {
    guard let limit = self.byteCount else { return false }
    return ResidentMemory.now.byteCount + byteCount > limit / 2
  }

  /// Whether one piece takes so much of the limit that it should lie there from the start.
  static func isLarge(_ byteCount: Int) -> Bool { byteCount > (self.byteCount ?? .max) / 32 }

  /// Whether memory that has to stay resident would come too near to the limit. Then something has to do without it.
  ///
  /// That is well before `check()` ends the run: what goes on without it still takes a little for itself.
  package static func isShort(adding byteCount: Int) -> Bool {
    // What is little beside the limit is not worth a look.
    guard let limit = self.byteCount, byteCount > limit / 256 else { return false }
    return !isWithin(limit / 4 * 3 - byteCount)
  }

  /// Whether no more than so many bytes are resident, once pages are taken away where that has to be.
  private static func isWithin(_ byteCount: Int) -> Bool {
    func isWithin() -> Bool { ResidentMemory.now.byteCount <= byteCount }
    if isWithin() { return true }
    SpillFile.shared.takePagesAway(until: isWithin)
    return isWithin()
  }

  /// The bytes that a record may have where memory is looked at: they are there in text and in values, on their way to
  /// the file and compressed.
  package static var recordByteCount: Int? { byteCount.map { $0 / 64 } }

  /// Ends the run at its next look at memory: something has to grow for which there is none.
  package static func refuse() { isRefused.store(true, ordering: .relaxed) }

  private static let isRefused = Atomic(false)

  /// Notes that values were let go, for which there was no memory, before they were told apart.
  package static func noteUncounted() { isUncounted.store(true, ordering: .relaxed) }

  /// Whether that has been.
  package static var hasUncounted: Bool { isUncounted.load(ordering: .relaxed) }

  private static let isUncounted = Atomic(false)

  /// What files held before anything was spilled: the program.
  private static let programByteCount = Atomic(0)

  /// Starts the thread that takes pages away, where it does not run yet.
  static func startWatching() {
    programByteCount.store(ResidentMemory.now.fileByteCount, ordering: .relaxed)
    if isWatched.exchange(true, ordering: .relaxed) { return }
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in MemoryLimit.watch() }, nil)
    pthread_detach(thread)
  }

  private static let isWatched = Atomic(false)

  private static func watch() -> Never {
    while true {
      // The nearer, the less time there is.
      usleep(isNear(adding: 0) ? 1_000 : 4_000)
      relieve()
    }
  }

  /// Takes pages away where there are too many: between one piece of work and the next.
  package static func relieve() {
    // As long as nothing was spilled, nothing can be taken away.
    guard isWatched.load(ordering: .relaxed), let limit = byteCount else { return }
    let programByteCount = programByteCount.load(ordering: .relaxed)
    func spilled(_ resident: ResidentMemory) -> Int { resident.fileByteCount - programByteCount }
    let resident = ResidentMemory.now
    // Where nearly nothing lies in the file, taking it away would help no one, and be done over and over.
    guard resident.byteCount > limit / 16 * 9, spilled(resident) > limit / 16 else { return }
    SpillFile.shared.takePagesAway { spilled(.now) < limit / 32 }
  }

  /// - Throws: `MemoryError` where too much is resident that cannot be taken away.
  package static func check() throws(MemoryError) {
    guard let limit = byteCount else { return }
    let isRefused = isRefused.load(ordering: .relaxed)
    if !isRefused, isWithin(limit / 8 * 7) { return }
    throw MemoryError(
      limit: limit, resident: ResidentMemory.now.byteCount,
      origin: Origin(rawValue: origin.load(ordering: .relaxed)) ?? .machine,
      fault: SpillFile.shared.failure)
  }
}
