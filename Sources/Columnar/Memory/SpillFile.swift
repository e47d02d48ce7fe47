import Platform

/// A temporary file without a name in which large pieces of memory lie, so that their pages can be taken away.
///
/// A piece is a part of the file that is mapped; its room on the disk is taken beforehand, for a disk that turns out to
/// be full under a mapping ends the process.
///
/// Sound: pieces are in the list as long as they are mapped from the file, and only their pages are taken away, which the
/// file then still has.
final class SpillFile: Sendable {
  static let shared = SpillFile()

  private struct State {
    var descriptor: Int32 = -1
    /// A process that was forked from the one that opened the file has to have another.
    var owner: pid_t = 0
    var end = 0
    /// Up to where there is room on the disk.
    var reservedEnd = 0
    /// What is written all over as it lies there: few pieces, and most of what is resident.
    var written = SpilledPieces()
    /// What was moved there when it was complete: it is used from the oldest on, if at all, and then gone.
    var moved = SpilledPieces()
    /// Why nothing more can be put there.
    var failure: String?
  }

  private let state = Lock(State())

  /// Zeros at the start of a page; `nil` where the file cannot take so many.
  func map(byteCount: Int) -> UnsafeMutableRawPointer? {
    guard let (descriptor, offset) = room(byteCount) else { return nil }
    let memory = mmap(
      nil, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, off_t(offset))
    guard let memory, memory != MAP_FAILED else { return nil }
    let address = UInt(bitPattern: memory)
    state.withLock { $0.written.append(address, byteCount: byteCount) }
    return memory
  }

  /// Writes memory that no one changes any more to the file, and puts the file in its place; false where the file
  /// cannot take it. Whoever reads there sees the same bytes before, meanwhile and after.
  func move(_ memory: UnsafeMutableRawPointer, byteCount: Int) -> Bool {
    guard let (descriptor, offset) = room(byteCount) else { return false }
    var done = 0
    while done < byteCount {
      let count = pwrite(descriptor, memory + done, byteCount - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let words = Self.failure(errno)
        state.withLock { $0.failure = words }
        return false
      }
      done += count
    }
    let mapped = mmap(
      memory, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, descriptor,
      off_t(offset))
    guard mapped == memory else { return false }
    let address = UInt(bitPattern: memory)
    state.withLock { $0.moved.append(address, byteCount: byteCount) }
    return true
  }

  private static func failure(_ code: Int32) -> String {
    "the temporary file cannot be written: \(String(cString: strerror(code)))"
  }

  /// Why memory could not be put on disk, in words; `nil` where it could.
  var failure: String? { state.withLock { $0.failure } }

  /// So many bytes of the file that are no one's yet.
  private func room(_ byteCount: Int) -> (descriptor: Int32, offset: Int)? {
    state.withLock { state in
      if state.owner != getpid() {
        state = State()
        state.owner = getpid()
      }
      guard state.failure == nil, state.descriptor >= 0 || Self.open(&state),
        Self.reserve(byteCount, &state)
      else { return nil }
      defer { state.end += byteCount }
      return (state.descriptor, state.end)
    }
  }

  /// Takes room on the disk for so many more bytes, and for some that will come: a file that has it already is written
  /// half as fast again.
  private static func reserve(_ byteCount: Int, _ state: inout State) -> Bool {
    if state.end + byteCount <= state.reservedEnd { return true }
    for wanted in [max(byteCount, reservedByteCount), byteCount] {
      let code = posix_fallocate(state.descriptor, off_t(state.end), off_t(wanted))
      if code == 0 {
        state.reservedEnd = state.end + wanted
        state.failure = nil
        return true
      }
      state.failure = failure(code)
    }
    return false
  }

  private static let reservedByteCount = 64 << 20

  /// Gives a piece back, with its room on the disk.
  func unmap(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    let address = UInt(bitPattern: memory)
    let isOwn = state.withLock { state in
      state.owner == getpid() && (state.moved.remove(address) || state.written.remove(address))
    }
    if isOwn { madvise(memory, byteCount, Self.adviceRemove) }
    munmap(memory, byteCount)
  }

  /// Takes pages out of resident memory, until it is enough or none is left. Whoever uses one again, finds it as it was:
  /// it is the file's.
  ///
  /// There may be tens of thousands of pieces, and a call for each takes as long as some hundred kilobytes do.
  func takePagesAway(until isEnough: () -> Bool) {
    state.withLock { state in
      guard state.owner == getpid() else { return }
      for pieces in [state.written, state.moved] {
        for (index, piece) in pieces.oldestFirst.enumerated() {
          let memory = UnsafeMutableRawPointer(bitPattern: piece.address)
          madvise(memory, piece.byteCount, MADV_DONTNEED)
          if index % 64 == 63, isEnough() { return }
        }
        if isEnough() { return }
      }
    }
  }

  private static func open(_ state: inout State) -> Bool {
    for folder in folders {
      var template = Array("\(folder)/diet-XXXXXX".utf8CString)
      state.descriptor = mkstemp(&template)
      if state.descriptor >= 0 {
        unlink(template)
        MemoryLimit.startWatching()
        _ = fcntl(state.descriptor, F_SETFD, FD_CLOEXEC)
        return true
      }
    }
    let folder = folders[0]
    state.failure = "there is no temporary file in \(folder): \(String(cString: strerror(errno)))"
    return false
  }

  /// Where temporary files go: what is named, else where large ones do, `/tmp` being memory on many systems.
  private static var folders: [String] {
    if let named = getenv("TMPDIR") { return [String(cString: named)] }
    return ["/var/tmp", "/tmp"]
  }

  /// `MADV_REMOVE`: no more bytes on the disk, either.
  private static let adviceRemove: Int32 = 9
}
