import FileIO

/// Text of which no byte is `CSVDialect.noDelimiter`: 0xFF is read as 0xFE.
///
/// UTF-8 has neither. Where bytes that are not UTF-8 become U+FFFD, both do, each by itself; so lines
/// that no delimiter divides are not divided by such a byte.
final class DelimiterlessSource: ByteSource {
  private let source: any ByteSource

  init(_ source: any ByteSource) { self.source = source }

  var name: String { source.name }
  var byteCount: Int? { source.byteCount }
  var isRereadable: Bool { source.isRereadable }
  var isStoredText: Bool { source.isStoredText }
  var encoding: TextEncoding { source.encoding }
  var remarks: Set<TextRemark> { source.remarks }
  var storedInput: StoredInput { source.storedInput }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try source.read(into: buffer)
    replace(buffer, count)
    return count
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try source.read(at: offset, into: buffer)
    replace(buffer, count)
    return count
  }

  private func replace(_ buffer: UnsafeMutableRawBufferPointer, _ count: Int) {
    for index in 0..<count where buffer[index] == CSVDialect.noDelimiter {
      buffer[index] = CSVDialect.noDelimiter - 1
    }
  }
}
