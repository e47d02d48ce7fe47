import Columnar
import Glibc

/// The bytes of an Arrow file, read where they are asked for.
///
/// The file is not mapped: another program that cuts it short while it is read would end this one.
final class ArrowFileBytes: Sendable {
  /// The path.
  let name: String
  /// The size when it was opened.
  let count: Int
  private let descriptor: Int32
  private let memory: [UInt8]

  init(path: String) throws(ArrowReadingError) {
    name = path
    memory = []
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    let openError = errno
    var status = stat()
    let isOpen = descriptor >= 0 && fstat(descriptor, &status) == 0
    count = isOpen ? Int(status.st_size) : 0
    guard isOpen else {
      let message = String(cString: strerror(openError))
      throw Self.failure(
        path, openError == ENOENT ? "there is no such file; check the path" : message)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw Self.failure(
        path,
        isFolder
          ? "this is a directory; name the file in it"
          : "this is no regular file; name a copy of it")
    }
  }

  /// Bytes in memory under a name.
  init(_ bytes: [UInt8], name: String) {
    self.name = name
    memory = bytes
    count = bytes.count
    descriptor = -1
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The bytes in `range`, which must lie within the size.
  func read(_ range: Range<Int>) throws(ArrowReadingError) -> Buffer {
    let buffer = Buffer(uninitializedByteCount: range.count)
    var done = 0
    while done < range.count {
      let step = read(range.lowerBound + done, buffer.base + done, range.count - done)
      if step < 0 && errno == EINTR { continue }
      guard step > 0 else {
        throw ArrowReadingError(
          .readFailed, file: name, byteOffset: range.lowerBound + done,
          step < 0
            ? "reading failed: \(String(cString: strerror(errno)))"
            : "the file became shorter while it was read")
      }
      done += step
    }
    return buffer
  }

  private func read(_ offset: Int, _ target: UnsafeMutableRawPointer, _ byteCount: Int) -> Int {
    if descriptor >= 0 { return pread(descriptor, target, byteCount, off_t(offset)) }
    memory.withUnsafeBytes {
      target.copyMemory(from: $0.baseAddress! + offset, byteCount: byteCount)
    }
    return byteCount
  }

  private static func failure(_ path: String, _ message: String) -> ArrowReadingError {
    ArrowReadingError(.readFailed, file: path, message)
  }
}
