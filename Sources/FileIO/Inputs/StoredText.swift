import Platform

/// The text of an input that lies in one piece and can be read at any place: a plain UTF-8 file, or
/// bytes in memory.
package final class StoredText {
  package let byteCount: Int
  private let descriptor: Int32
  private let bytes: [UInt8]

  /// `nil` for pipes, compressed and transcoded inputs, and for files of fewer bytes than are of interest,
  /// which are not opened.
  package init?(_ input: CSVInput, encoding: TextEncoding?, minimumByteCount: Int = 0) {
    if case .path(let path) = input.whole {
      var status = stat()
      guard stat(path, &status) == 0, Int(status.st_size) >= minimumByteCount else { return nil }
    }
    guard let source = try? input.open(encoding: encoding), source.isStoredText,
      let byteCount = source.byteCount
    else { return nil }
    self.byteCount = byteCount
    switch input.whole {
    case .stream, .remote, .partition: return nil
    case .bytes(let bytes, _):
      self.bytes = bytes
      descriptor = -1
    case .path(let path):
      bytes = []
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      if descriptor < 0 { return nil }
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The offset past the first LF at or after `start`; where there is none within `limit` bytes, as
  /// far as was looked.
  package func lineEnd(from start: Int, limit: Int = .max) -> Int {
    let end = min(byteCount, limit < byteCount ? start + limit : byteCount)
    var offset = start
    while offset < end {
      let block = read(at: offset, count: min(4096, end - offset))
      if block.isEmpty { return offset }
      if let index = block.firstIndex(of: 0x0A) { return offset + index + 1 }
      offset += block.count
    }
    return max(start, end)
  }

  /// Up to `count` bytes; fewer where the file has become shorter.
  package func read(at offset: Int, count: Int) -> [UInt8] {
    if descriptor < 0 { return Array(bytes[offset..<min(bytes.count, offset + count)]) }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      initializedCount = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
    }
  }
}
