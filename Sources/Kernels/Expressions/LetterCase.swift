/// Small or capital letters, by Unicode's full mappings, whatever the language: `ß` becomes `SS`.
enum LetterCase: Sendable {
  case lower, upper

  /// How many times as many bytes a text may have then, at most.
  var growth: Int { 3 }

  func applied(to text: [UInt8]) -> [UInt8] {
    var room = GrowingBytes()
    defer { room.deallocate() }
    text.withUnsafeBufferPointer { append($0, to: &room) }
    return Array(room.bytes)
  }

  /// Appends the text in this case. Bytes that are no UTF-8 stay as they are.
  func append(_ text: UnsafeBufferPointer<UInt8>, to room: inout GrowingBytes) {
    let target = room.reserve(text.count)
    let first: UInt8 = self == .lower ? 0x41 : 0x61
    var all: UInt8 = 0
    for (place, byte) in text.enumerated() {
      all |= byte
      target[place] = byte &- first < 26 ? byte ^ 0x20 : byte
    }
    guard all >= 0x80, let string = String(validating: text, as: UTF8.self) else {
      return room.advance(text.count)
    }
    var changed = self == .lower ? string.lowercased() : string.uppercased()
    changed.withUTF8 { room.append($0) }
  }
}
