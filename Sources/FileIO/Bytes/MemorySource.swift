package import Columnar

/// Bytes in memory.
package final class MemorySource: ByteSource {
  package let name: String
  package let isRereadable = true
  package var encoding: TextEncoding { .utf8 }
  package var isStoredText: Bool { true }
  private let bytes: [UInt8]
  private var position = 0
  private let digest: ByteHash?

  package init(_ bytes: [UInt8], name: String, digestAlgorithm: DigestAlgorithm? = nil) {
    self.bytes = bytes
    self.name = name
    digest = digestAlgorithm.map(ByteHash.init)
  }

  package var byteCount: Int? { bytes.count }
  package var storedInput: StoredInput {
    StoredInput(byteCount: position, digest: digest.map { hexadecimal($0.digest) })
  }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let block = bytes.dropFirst(offset).prefix(buffer.count)
    buffer.copyBytes(from: block)
    return block.count
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(buffer.count, bytes.count - position)
    bytes.withUnsafeBytes { all in
      let block = UnsafeRawBufferPointer(rebasing: all[position..<position + count])
      buffer.copyMemory(from: block)
      digest?.add(block.baseAddress, block.count)
    }
    position += count
    return count
  }
}
