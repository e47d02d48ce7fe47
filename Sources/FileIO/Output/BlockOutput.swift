/// Text gathered into blocks on its way to a sink, one block for each call of the system.
package struct BlockOutput: ~Copyable {
  private static let blockByteCount = 256 << 10

  private let sink: any ByteSink
  private var offset = 0
  /// What is not written yet; append to it, then call `flushIfFull`.
  package var block: [UInt8] = []

  package init(_ sink: any ByteSink) {
    self.sink = sink
    block.reserveCapacity(Self.blockByteCount + 4096)
  }

  package mutating func flushIfFull() throws(OutputError) {
    if block.count >= Self.blockByteCount { try flush() }
  }

  /// Writes what is left; needed at the end.
  package mutating func flush() throws(OutputError) {
    let result = block.withUnsafeBytes { [sink, offset] bytes in
      Result { () throws(OutputError) in try sink.write(bytes, at: offset) }
    }
    try result.get()
    offset += block.count
    block.removeAll(keepingCapacity: true)
  }

  /// Writes `bytes` behind the block, without a copy where they are many.
  package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) throws(OutputError) {
    guard bytes.count >= Self.blockByteCount / 4 else {
      block.append(contentsOf: bytes)
      return try flushIfFull()
    }
    try flush()
    try sink.write(UnsafeRawBufferPointer(bytes), at: offset)
    offset += bytes.count
  }
}
