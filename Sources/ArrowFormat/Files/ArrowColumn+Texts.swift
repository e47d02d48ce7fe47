import Columnar

extension ArrowColumn.Dictionary {
  /// A dictionary of texts, in this order.
  init(texts: [[UInt8]]) {
    let textStart = (texts.count + 1) * 4
    let memory = Buffer(uninitializedByteCount: textStart + texts.reduce(0) { $0 + $1.count })
    let offsets = memory.pointer(as: UInt32.self)
    let bytes = memory.pointer(as: UInt8.self) + textStart
    var position = 0
    for (index, text) in texts.enumerated() {
      offsets[index] = UInt32(position)
      for byte in text {
        bytes[position] = byte
        position += 1
      }
    }
    offsets[texts.count] = UInt32(position)
    self.init(
      values: .text(bytes: bytes, offsets: offsets), count: texts.count, memory: memory)
  }

  /// The texts, where they lie one behind the other; `nil` for other values.
  var texts: TextRows? {
    guard case .text(let bytes, let offsets) = values else { return nil }
    return TextRows(.plain(.utf8(bytes: bytes, offsets: offsets)))
  }
}
