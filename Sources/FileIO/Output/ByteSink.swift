/// Where the bytes of a file go.
package protocol ByteSink: Sendable {
  /// Whether `write` may be called for any offset in any order, from several threads at once.
  /// Otherwise each call continues where the last one ended.
  var allowsAnyOrder: Bool { get }

  /// Writes all of `bytes` so that they start `offset` bytes into the file.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(OutputError)

  /// Hears how many bytes there will be, before the first is written.
  func expect(byteCount: Int)
}

extension ByteSink {
  package func expect(byteCount: Int) {}
}
