import Glibc

/// The bytes of a regular file, mapped into memory.
final class MappedFile: @unchecked Sendable {
  // Sound: the mapping is read only and lives as long as this.

  let bytes: UnsafeRawBufferPointer

  /// Maps the file at `path`; fails with an `errno`.
  init(_ path: String) throws(Failure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw Failure(errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) != 0 { throw Failure(errno: errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw Failure(errno: EISDIR) }
    let count = Int(status.st_size)
    if count == 0 {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else { throw Failure(errno: errno) }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit {
    if let start = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }
  }

  struct Failure: Error {
    let errno: Int32

    var message: String { String(cString: strerror(errno)) }
  }
}
