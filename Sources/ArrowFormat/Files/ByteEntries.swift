import Columnar

/// The values of a column of single bytes as a dictionary: those that occur, in order.
struct ByteEntries {
  /// The entries, a byte each.
  let values: Buffer
  /// The code of each byte; 0 for those that do not occur.
  let codeOfByte: [Int64]
  /// Bits of a signed code that numbers all entries.
  let codeBits: Int

  var count: Int { values.byteCount }

  init(_ bytes: UnsafePointer<UInt8>, count: Int, _ nulls: ArrowNulls) {
    var occurs = [Bool](repeating: false, count: 256)
    for start in stride(from: 0, to: count, by: 1 << 20) {
      MemoryLimit.relieve()
      for row in start..<min(start + (1 << 20), count) where !nulls.isNull(row) {
        occurs[Int(bytes[row])] = true
      }
    }
    let entries = (0..<256).filter { occurs[$0] }
    values = Buffer(uninitializedByteCount: entries.count)
    // Null rows hold a byte that need not occur; their code means nothing.
    var codeOfByte = [Int64](repeating: 0, count: 256)
    for (code, byte) in entries.enumerated() {
      values.pointer(as: UInt8.self)[code] = UInt8(byte)
      codeOfByte[byte] = Int64(code)
    }
    self.codeOfByte = codeOfByte
    codeBits = entries.count <= 128 ? 8 : 16
  }
}
