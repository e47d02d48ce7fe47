package import Columnar
package import FileIO
import Platform

/// The bytes of a file that has types, read where they are asked for, by any thread.
///
/// The file is not mapped: another program that cuts it short while it is read would end this one.
package final class ArrowFileBytes: Sendable {
  private enum Storage: Sendable {
    case file(Int32)
    case memory([UInt8])
    /// A pipe, all of which was read.
    case spool(SpooledStream)
  }

  /// The path.
  package let name: String
  /// The size when it was opened.
  package let count: Int
  private let storage: Storage

  package init(path: String) throws(ReadingError) {
    name = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    let openError = errno
    var status = stat()
    let isOpen = descriptor >= 0 && fstat(descriptor, &status) == 0
    storage = .file(descriptor)
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
  package init(_ bytes: [UInt8], name: String) {
    self.name = name
    storage = .memory(bytes)
    count = bytes.count
  }

  /// An input, of which all is read first where that can be done only once.
  package init(_ input: CSVInput) throws {
    name = input.name
    switch input.whole {
    case .partition: preconditionFailure("its keys were left out")
    case .bytes(let bytes, _):
      storage = .memory(bytes)
      count = bytes.count
    case .stream(let spool, _):
      storage = .spool(spool)
      count = try spool.readAll()
    case .remote(let text):
      throw ReadingError(
        .unsupportedInput, file: text.name, "columns with types are read from files alone",
        remedy: "copy it to one")
    case .path(let path):
      // Says what is wrong with the path as for other inputs.
      let file = try FileSource(path: path)
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      storage = .file(descriptor)
      count = file.byteCount ?? 0
    }
  }

  /// What an input holds, out of its compression or its archive: that is kept in memory.
  ///
  /// - Parameter maximumExpansion: How many times their size compressed data may grow to.
  package convenience init(unpacking input: CSVInput, maximumExpansion: Int) throws {
    let (source, packing) = try input.openUnpacked(maximumExpansion: maximumExpansion)
    guard packing != nil else {
      try self.init(input)
      return
    }
    var bytes: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { block.deallocate() }
    while true {
      let count = try source.read(into: block)
      if count == 0 { break }
      bytes += block[..<count]
    }
    self.init(bytes, name: input.name)
  }

  deinit {
    if case .file(let descriptor) = storage, descriptor >= 0 { close(descriptor) }
  }

  private static let pieceByteCount = 4 << 20

  /// The bytes in `range`, which must lie within the size.
  package func read(_ range: Range<Int>) throws(ReadingError) -> Buffer {
    guard let buffer = Buffer(availableByteCount: range.count) else {
      throw ReadingError.arrow(
        .readFailed, file: name, byteOffset: range.lowerBound,
        "there is no memory for \(range.count) bytes")
    }
    var done = 0
    while done < range.count {
      // Some of it at a time, so that what lies on disk is not all resident at once.
      let wanted = min(range.count - done, Self.pieceByteCount)
      if done > 0 { MemoryLimit.relieve() }
      let step = read(range.lowerBound + done, buffer.base + done, wanted)
      if step < 0 && errno == EINTR { continue }
      guard step > 0 else {
        throw ReadingError.arrow(
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
    switch storage {
    case .file(let descriptor): return pread(descriptor, target, byteCount, off_t(offset))
    case .memory(let bytes):
      bytes.withUnsafeBytes {
        target.copyMemory(from: $0.baseAddress! + offset, byteCount: byteCount)
      }
      return byteCount
    case .spool(let spool):
      let buffer = UnsafeMutableRawBufferPointer(start: target, count: byteCount)
      return (try? spool.replay(at: offset, into: buffer)) ?? -1
    }
  }

  private static func failure(_ path: String, _ message: String) -> ReadingError {
    ReadingError.arrow(.readFailed, file: path, message)
  }
}
