package import Columnar
import Platform

/// A file, a pipe or standard input, read with `read`.
package final class FileSource: ByteSource {
  package let name: String
  package let byteCount: Int?
  package let isRereadable: Bool
  package var encoding: TextEncoding { .utf8 }
  package var isStoredText: Bool { isRereadable }

  /// The file in an archive that the path names behind it.
  let member: String?
  private let descriptor: Int32
  private let closesDescriptor: Bool
  private var readByteCount = 0
  private let digest: ByteHash?
  private let version: FileVersion?

  /// Opens `path`; `-` is standard input.
  package init(path: String, digestAlgorithm: DigestAlgorithm? = nil) throws(ReadingError) {
    let isStandardInput = path == "-"
    name = isStandardInput ? "standard input" : path
    closesDescriptor = !isStandardInput
    digest = digestAlgorithm.map(ByteHash.init)
    var opened = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    // A throwing initializer of a class runs `deinit` only once all properties are set.
    let openError = errno
    let archive = opened < 0 && openError == ENOTDIR ? ArchivePath(path) : nil
    if let archive { opened = open(archive.file, O_RDONLY | O_CLOEXEC) }
    descriptor = opened
    member = archive?.member
    var status = stat()
    let hasStatus = descriptor >= 0 && fstat(descriptor, &status) == 0
    let kind = status.st_mode & S_IFMT
    isRereadable = hasStatus && !isStandardInput && kind == S_IFREG
    byteCount = isRereadable ? Int(status.st_size) : nil
    version = isRereadable ? FileVersion(descriptor) : nil
    guard descriptor >= 0 else { throw Self.openingError(openError, name: name) }
    guard kind != S_IFDIR else { throw Self.openingError(EISDIR, name: name) }
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit {
    if closesDescriptor && descriptor >= 0 { close(descriptor) }
  }

  package var storedInput: StoredInput {
    StoredInput(
      byteCount: readByteCount, digest: digest.map { hexadecimal($0.digest) }, version: version)
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Platform.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        digest?.add(buffer.baseAddress, count)
        readByteCount += count
        if count == 0, !buffer.isEmpty, let version, FileVersion(descriptor) != version {
          throw ReadingError.changedWhileRead(file: name)
        }
        return count
      }
      if errno != EINTR { throw readingError(errno, at: readByteCount) }
    }
  }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var count = 0
    while count < buffer.count {
      let step = pread(
        descriptor, buffer.baseAddress! + count, buffer.count - count, off_t(offset + count))
      if step == 0 {
        if offset + count < byteCount ?? 0 { throw ReadingError.changedWhileRead(file: name) }
        break
      }
      if step > 0 { count += step }
      if step < 0 && errno != EINTR { throw readingError(errno, at: offset + count) }
    }
    return count
  }

  private func readingError(_ code: Int32, at offset: Int) -> ReadingError {
    ReadingError(
      .readFailed, file: name, byteOffset: offset,
      "reading failed: \(Self.systemMessage(code))",
      remedy: "check the disk or the connection, then try again")
  }

  private static func openingError(_ code: Int32, name: String) -> ReadingError {
    if name.isEmpty {
      return ReadingError(
        .fileNotFound, "the name of a file is empty", remedy: "name one, or `-` for standard input")
    }
    switch code {
    case ENOENT, ENOTDIR:
      return ReadingError(
        .fileNotFound, file: name, "there is no such file",
        remedy: name.contains("://")
          ? "a URL is no path: copy what is there to a file; the Python package reads URLs"
          : "check the path")
    case EISDIR:
      return ReadingError(
        .isDirectory, file: name, "this is a directory, not a file",
        remedy: "name the files in it, for example `\(name)/*.csv`")
    case EACCES, EPERM:
      return ReadingError(
        .permissionDenied, file: name, "no permission to read this file",
        remedy: "check its owner and mode with `ls -l`")
    case ELOOP:
      return ReadingError(
        .readFailed, file: name, "this is a link that leads back to itself",
        remedy: "see where it leads with `ls -l`")
    default:
      return ReadingError(.readFailed, file: name, "cannot open: \(systemMessage(code))")
    }
  }

  private static func systemMessage(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
