import FileIO

/// Reads chunks once more, from files that can be read at any place. One for each worker.
package final class ChunkRereader {
  private let table: CSVTableSource
  private var file: (index: Int, source: any ByteSource)?

  package init(table: CSVTableSource) {
    self.table = table
  }

  /// Fills `raw` with a chunk that was `isRereadable`, as `CSVChunkReader` gave it.
  ///
  /// - Throws: `CSVReadingError`, among other reasons when the file has become shorter.
  package func read(_ location: ChunkLocation, into raw: RawChunk) throws {
    let source = try source(location.fileIndex)
    raw.buffer.count = 0
    raw.buffer.reserve(location.byteCount)
    let target = UnsafeMutableRawBufferPointer(rebasing: raw.buffer.rest[..<location.byteCount])
    raw.buffer.count = try source.read(at: location.byteOffset, into: target)
    // A last line without an end was given one.
    if raw.buffer.count == location.byteCount - 1 { raw.buffer.append(UInt8(ascii: "\n")) }
    guard raw.buffer.count == location.byteCount else {
      throw CSVReadingError(
        .readFailed, file: source.name, byteOffset: location.byteOffset + raw.buffer.count,
        "the file became shorter while it was read",
        advice: "try again when nothing writes to it")
    }
    raw.buffer.clearMargin()
    raw.ordinal = location.ordinal
    raw.fileIndex = location.fileIndex
    raw.fileName = source.name
    raw.byteOffset = location.byteOffset
    raw.firstLine = nil
    raw.isRereadable = true
  }

  private func source(_ index: Int) throws -> any ByteSource {
    if let file, file.index == index { return file.source }
    let source = try table.inputs[index].open(encoding: table.options.encoding)
    file = (index, source)
    return source
  }
}
