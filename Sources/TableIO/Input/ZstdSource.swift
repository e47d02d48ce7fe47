import CZstd

/// What a zstd file holds: any number of frames, one after the other.
package final class ZstdSource: ByteSource {
  private let compressed: any ByteSource
  private let stream: OpaquePointer
  private let input = UnsafeMutableRawBufferPointer.allocate(
    byteCount: ZSTD_DStreamInSize(), alignment: 16)
  private var position = ZSTD_inBuffer(src: nil, size: 0, pos: 0)
  /// Stored bytes before `input`.
  private var inputOffset = 0
  /// Whether the bytes so far end at the end of a frame.
  private var isBetweenFrames = true

  package init(decompressing compressed: any ByteSource) throws {
    guard let stream = ZSTD_createDStream() else { preconditionFailure("out of memory") }
    self.compressed = compressed
    self.stream = stream
  }

  deinit {
    ZSTD_freeDStream(stream)
    input.deallocate()
  }

  package var name: String { compressed.name }
  package var byteCount: Int? { nil }
  package var isRereadable: Bool { compressed.isRereadable }
  package var encoding: TextEncoding { .utf8 }
  package var isStoredText: Bool { false }
  package var storedInput: StoredInput { compressed.storedInput }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !buffer.isEmpty else { return 0 }
    var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
    while output.pos == 0 {
      if position.pos == position.size, try !refill() {
        // A frame may still hold output that did not fit before, hence the call with no input.
        let isEnded = isBetweenFrames
        if !isEnded { try step(&output) }
        if output.pos == 0 {
          guard isBetweenFrames else { throw truncated() }
          return 0
        }
        return output.pos
      }
      try step(&output)
    }
    return output.pos
  }

  private func step(_ output: inout ZSTD_outBuffer) throws(CSVReadingError) {
    let result = ZSTD_decompressStream(stream, &output, &position)
    guard ZSTD_isError(result) == 0 else {
      throw CSVReadingError(
        .corruptInput, file: name, byteOffset: inputOffset + position.pos,
        "the zstd data is damaged: \(String(cString: ZSTD_getErrorName(result)))",
        advice: "`zstd -t` tests the file; copy or compress it again")
    }
    isBetweenFrames = result == 0
  }

  /// Reads the next compressed block; false at the end.
  private func refill() throws -> Bool {
    inputOffset += position.size
    let count = try compressed.read(into: input)
    position = ZSTD_inBuffer(src: input.baseAddress, size: count, pos: 0)
    return count > 0
  }

  private func truncated() -> CSVReadingError {
    CSVReadingError(
      .truncatedInput, file: name, byteOffset: inputOffset,
      "the zstd data ends in the middle of a frame",
      advice: "the file was cut short: copy or compress it again")
  }
}
