import Platform
import Synchronization

/// The most memory that this process may have resident, as the kernel counts it, and what keeps it below.
///
/// From half of the limit on, large pieces of memory lie in a temporary file, whose pages the kernel writes. From five
/// eighths on all these pages are taken away, by a thread that looks every few milliseconds; they are read again where
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
    return Resident.now.byteCount + byteCount > limit / 2
  }

  /// What files held before anything was spilled: the program.
  private static let programByteCount = Atomic(0)

  /// Starts the thread that takes pages away, where it does not run yet.
  static func startWatching() {
    programByteCount.store(Resident.now.fileByteCount, ordering: .relaxed)
    if isWatched.exchange(true, ordering: .relaxed) { return }
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in MemoryLimit.watch() }, nil)
    pthread_detach(thread)
  }

  private static let isWatched = Atomic(false)

  private static func watch() -> Never {
    while true {
      usleep(4_000)
      relieve()
    }
  }

  /// Takes pages away where there are too many: between one piece of work and the next.
  package static func relieve() {
    // As long as nothing was spilled, nothing can be taken away.
    guard isWatched.load(ordering: .relaxed), let limit = byteCount else { return }
    let resident = Resident.now
    let spilled = resident.fileByteCount - programByteCount.load(ordering: .relaxed)
    // Where nearly nothing lies in the file, taking it away would help no one, and be done over and over.
    if resident.byteCount > limit / 8 * 5, spilled > limit / 16 {
      SpillFile.shared.takePagesAway()
    }
  }

  /// - Throws: `MemoryError` where too much is resident that cannot be taken away.
  package static func check() throws(MemoryError) {
    guard let limit = byteCount, Resident.now.byteCount > limit / 8 * 7 else { return }
    SpillFile.shared.takePagesAway()
    let resident = Resident.now.byteCount
    guard resident > limit / 8 * 7 else { return }
    throw MemoryError(
      limit: limit, resident: resident,
      origin: Origin(rawValue: origin.load(ordering: .relaxed)) ?? .machine,
      fault: SpillFile.shared.failure)
  }
}

/// What the kernel counts as this process's memory.
private struct Resident {
  var byteCount = 0
  /// What of it files hold: the program itself, and what was spilled.
  var fileByteCount = 0

  private static let pageByteCount = sysconf(Int32(_SC_PAGESIZE))

  /// Zeros where the kernel does not say.
  static var now: Resident {
    let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return Resident() }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { text in
      let count = read(file, text.baseAddress, text.count)
      guard count > 0 else { return Resident() }
      // Pages of all, of those that are resident, of those that files hold, and more.
      let numbers = text[..<count].split(separator: UInt8(ascii: " "))
      guard numbers.count > 2 else { return Resident() }
      func bytes(_ pages: Slice<UnsafeMutableRawBufferPointer>) -> Int {
        pages.reduce(0) { $0 * 10 + Int($1 &- 0x30) } * pageByteCount
      }
      return Resident(byteCount: bytes(numbers[1]), fileByteCount: bytes(numbers[2]))
    }
  }
}

/// Memory has run out, or has come to a limit.
public struct MemoryError: Error, Hashable, Sendable {
  /// The bytes that the process may have.
  public let limit: Int
  /// The bytes that it has, without what it could put on disk.
  public let resident: Int
  let origin: MemoryLimit.Origin
  /// Why no more could be put on disk, where that is why.
  let fault: String?
}

extension MemoryError: CustomStringConvertible {
  public var description: String {
    let megabytes = { (count: Int) in "\(count / 1_000_000) MB" }
    let whose =
      switch origin {
      case .told: "that --max-memory allows"
      case .controlGroup: "that its control group has, less a tenth"
      case .machine: "that the machine has, less a tenth"
      }
    let taken =
      "memory runs out: \(megabytes(resident)) of \(megabytes(limit)) \(whose) are taken"
    if let fault { return "\(taken), and \(fault); set TMPDIR to a folder with room" }
    return
      "\(taken) by what cannot lie on disk, above all tables that tell the values of columns apart; allow more, or"
      + " read fewer columns with --columns or --drop"
  }
}

/// What Linux lets the processes of a group have together.
enum ControlGroup {
  /// In bytes; `nil` where there is none.
  static var memoryLimit: Int? {
    var limits: [Int] = []
    for line in (text("/proc/self/cgroup") ?? "").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isSecond = parts[0] == "0"
      guard isSecond || parts[1].split(separator: ",").contains("memory") else { continue }
      let root = isSecond ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let name = isSecond ? "memory.max" : "memory.limit_in_bytes"
      // Groups above limit those within; a container sees its own at the root.
      var folder = parts[2][...]
      while true {
        if let limit = text("\(root)\(folder)/\(name)").flatMap({ Int($0.filter(\.isNumber)) }) {
          limits.append(limit)
        }
        guard let slash = folder.lastIndex(of: "/") else { break }
        folder = folder[..<slash]
      }
    }
    // Where there is no limit the first version of them says some 2^63.
    return limits.filter { $0 < 1 << 60 }.min()
  }

  private static func text(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
