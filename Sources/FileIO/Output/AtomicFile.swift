import CKernels
import Columnar
import Platform

/// A file that appears under its name complete, or not at all.
///
/// The bytes go to `.name.diet-1.tmp` beside the target, which takes the target's name on
/// `commit`. It is removed when the object goes away without that, and when SIGINT, SIGTERM or
/// SIGHUP end the process. It is locked as long as someone writes to it: what a process has left
/// that was killed is taken over by the next that writes the same file, and another that writes it
/// now takes the next number. `-` is standard output; that, and targets that are no regular files
/// (pipes, devices), are written to as they are, from start to end.
package final class AtomicFile: ByteSink, @unchecked Sendable {
  // Sound: the state changes only in `init`, `commit` and `deinit`, `reservedEnd` and `end` behind locks; `write` may run
  // on any thread.

  /// The target as the user named it.
  package let path: String
  package let allowsAnyOrder: Bool
  private var descriptor: Int32
  /// What is renamed to what; `nil` when writing goes straight to the target.
  private var rename: (from: String, to: String)?
  private var slot: Int?
  /// How far the file reaches, and up to where there is room on the disk for it.
  private let extent = Lock((end: 0, reservedEnd: 0))

  package init(path: String) throws(OutputError) {
    self.path = path == "-" ? "standard output" : path
    // The system would take what stands before it for the path.
    guard !path.utf8.contains(0) else { throw OutputError(path: path, errno: EINVAL) }
    if path == "-" {
      descriptor = 1
      allowsAnyOrder = false
      return
    }
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw OutputError(path: path, errno: EISDIR)
    }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      allowsAnyOrder = false
      if descriptor < 0 { throw OutputError(path: path, errno: errno) }
      return
    }
    // A link stays a link: the file that it leads to is replaced.
    let target = exists ? resolved(path) ?? path : path
    let temporary = try TemporaryPaths.noting { () throws(OutputError) in
      try Self.openTemporary(beside: target, named: path)
    }
    descriptor = temporary.descriptor
    rename = (from: temporary.path, to: target)
    allowsAnyOrder = true
    slot = temporary.slot
    if exists { fchmod(descriptor, status.st_mode & 0o7777) }
  }

  deinit {
    guard descriptor > 2 else { return }
    // Another may take the name once it is not locked any more.
    if let rename { unlink(rename.from) }
    close(descriptor)
    if let slot { TemporaryPaths.remove(slot) }
  }

  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(OutputError) {
    if rename != nil { reserve(upTo: offset + bytes.count) }
    var done = 0
    while done < bytes.count {
      let start = bytes.baseAddress! + done
      let count =
        allowsAnyOrder
        ? pwrite(descriptor, start, bytes.count - done, offset + done)
        : Platform.write(descriptor, start, bytes.count - done)
      if count > 0 {
        done += count
      } else if count < 0, errno != EINTR {
        throw OutputError(path: path, errno: errno)
      }
    }
  }

  package func expect(byteCount: Int) {
    if rename != nil { reserve(upTo: 0, atLeast: byteCount) }
  }

  /// Takes room on the disk ahead of what is written: a file that has it already is written half as fast again. Where it
  /// cannot be had, writing says so.
  private func reserve(upTo end: Int, atLeast byteCount: Int = 0) {
    extent.withLock { extent in
      extent.end = max(extent.end, end)
      let wanted = max(extent.end, byteCount)
      // Small files are not worth a call.
      guard wanted > extent.reservedEnd, wanted >= Self.leastReserved else { return }
      let target = byteCount > 0 ? byteCount : wanted + Self.reservedAhead
      _ = diet_take_file_room(
        descriptor, Int64(extent.reservedEnd), Int64(target - extent.reservedEnd))
      extent.reservedEnd = target
    }
  }

  private static let leastReserved = 8 << 20
  private static let reservedAhead = 64 << 20

  /// Gives the file its name. Nothing may be written afterwards.
  package func commit() throws(OutputError) {
    guard descriptor > 2 else { return }
    // Gives back what was reserved behind the end.
    let (end, reservedEnd) = extent.withLock { $0 }
    if reservedEnd > end { ftruncate(descriptor, off_t(end)) }
    // Some file systems tell only now that the disk is full.
    // The lock stays until the file has its name.
    let keeper = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    let status = close(descriptor)
    let number = errno
    descriptor = -1
    defer {
      if keeper >= 0 { close(keeper) }
      if let slot { TemporaryPaths.remove(slot) }
      slot = nil
      rename = nil
    }
    if status != 0, number != EINTR {
      if let rename { unlink(rename.from) }
      throw OutputError(path: path, errno: number)
    }
    if let rename, Platform.rename(rename.from, rename.to) != 0 {
      let number = errno
      unlink(rename.from)
      throw OutputError(path: path, errno: number)
    }
  }

  /// Opens a new file in the folder of `target`, readable as far as the user's umask lets it be.
  private static func openTemporary(
    beside target: String, named path: String
  ) throws(OutputError) -> (descriptor: Int32, path: String) {
    let nameStart = target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex
    let folder = target[..<nameStart]
    // Long names are shortened, so that the additions do not make them too long.
    let name = target[nameStart...].prefix(60)
    guard !name.isEmpty else { throw OutputError(path: path, errno: EISDIR) }
    var number = 1
    while true {
      let candidate = "\(folder).\(name).diet-\(number).tmp"
      let fresh = open(candidate, flags | O_CREAT | O_EXCL, 0o666)
      if fresh >= 0 {
        // Where file systems know no locks, nobody can take it over, either.
        let isLocked = flock(fresh, LOCK_EX | LOCK_NB) == 0
        if isLocked || errno != EWOULDBLOCK, isNamed(fresh, candidate) { return (fresh, candidate) }
        close(fresh)
      } else if errno == EEXIST {
        let left = open(candidate, flags)
        if left >= 0 {
          if flock(left, LOCK_EX | LOCK_NB) == 0, isNamed(left, candidate), ftruncate(left, 0) == 0
          {
            return (left, candidate)
          }
          close(left)
        }
      } else if errno != EINTR {
        throw OutputError(path: path, errno: errno)
      }
      number += 1
    }
  }

  private static let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW

  /// Whether an open file is this user's own and has that name alone: another process may just have given it another,
  /// or removed it.
  private static func isNamed(_ descriptor: Int32, _ path: String) -> Bool {
    var (own, named) = (stat(), stat())
    guard fstat(descriptor, &own) == 0, lstat(path, &named) == 0 else { return false }
    return own.st_ino == named.st_ino && own.st_dev == named.st_dev && own.st_nlink == 1
      && own.st_mode & S_IFMT == S_IFREG && own.st_uid == geteuid()
  }
}

private func resolved(_ path: String) -> String? {
  guard let pointer = realpath(path, nil) else { return nil }
  defer { free(pointer) }
  return String(cString: pointer)
}
