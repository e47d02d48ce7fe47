import Columnar
import FileIO

/// Column chunks on their way to a file, made in any order and written in theirs.
final class ParquetChunkOutput: Sendable {
  private struct State {
    var offset: Int
    /// Those that are made and not yet written; `nil` for those that never will be.
    var waiting: [Int: ParquetChunk?] = [:]
    var nextNumber = 0
    var places: [ParquetChunkPlace] = []
  }

  private let sink: any ByteSink
  private let magic: [UInt8]
  private let state: Lock<State>

  init(_ sink: any ByteSink, startingWith magic: [UInt8]) {
    self.sink = sink
    self.magic = magic
    state = Lock(State(offset: magic.count))
  }

  /// Where the chunks that are written lie.
  var places: [ParquetChunkPlace] { state.withLock { $0.places } }

  /// Writes what the file starts with.
  func start() throws(OutputError) { try write(magic, at: 0) }

  /// Writes what the file ends with.
  func finish(_ bytes: [UInt8]) throws(OutputError) {
    try write(bytes, at: state.withLock { $0.offset })
  }

  /// Takes a chunk, or word that there is none, and writes those whose turn it is; returns how many
  /// numbers that were.
  func add(_ chunk: ParquetChunk?, number: Int) throws(OutputError) -> Int {
    let result = state.withLock { state in
      Result { () throws(OutputError) in
        state.waiting[number] = .some(chunk)
        var count = 0
        while let next = state.waiting.removeValue(forKey: state.nextNumber) {
          state.nextNumber += 1
          count += 1
          guard var chunk = next else { continue }
          let byteCount = chunk.pages.byteCount
          try chunk.pages.take { bytes, offset throws(OutputError) in
            try sink.write(bytes, at: state.offset + offset)
          }
          state.places.append(
            ParquetChunkPlace(offset: state.offset, chunk: chunk, byteCount: byteCount))
          state.offset += byteCount
        }
        return count
      }
    }
    return try result.get()
  }

  private func write(_ bytes: [UInt8], at offset: Int) throws(OutputError) {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(OutputError) in try sink.write(bytes, at: offset) }
    }
    try result.get()
  }
}
