import Columnar

@testable import FileIO

/// Keeps what is written.
final class GatheringSink: ByteSink {
  private let written = Lock<[UInt8]>([])
  let allowsAnyOrder = false

  var bytes: [UInt8] { written.withLock { $0 } }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(OutputError) {
    written.withLock {
      precondition(offset == $0.count, "the offset continues where the last call ended")
      $0.append(contentsOf: bytes)
    }
  }
}
