import Platform

/// Writes the text that fixed-width bytes stand for: the same as `FixedForm.render`, but straight
/// to memory, because a file has one for every row.
package struct FixedTextWriter {
  package let form: FixedForm
  package let width: Int

  package init(form: FixedForm, width: Int) {
    self.form = form
    self.width = width
  }

  /// The most bytes that a value's text takes.
  @inlinable package var maximumByteCount: Int {
    switch form {
    case .text: width
    case .hex: width * 2
    case .uuid: 36
    case .ipv4: 15
    }
  }

  /// Whether the text of every value takes `maximumByteCount` bytes.
  package var isUniform: Bool { form != .ipv4 }

  @inlinable @inline(__always)
  package func byteCount(_ bytes: UnsafePointer<UInt8>) -> Int {
    guard form == .ipv4 else { return maximumByteCount }
    var count = 7
    for index in 0..<4 {
      if bytes[index] > 9 { count &+= 1 }
      if bytes[index] > 99 { count &+= 1 }
    }
    return count
  }

  /// Writes the text of the value at `bytes`; returns its length.
  @inlinable @inline(__always)
  package func write(_ bytes: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) -> Int {
    switch form {
    case .text:
      target.update(from: bytes, count: width)
      return width
    case .hex(let isUppercase):
      let letter: UInt8 = isUppercase ? 0x41 : 0x61
      for index in 0..<width { writeHex(bytes[index], letter, target + 2 * index) }
      return width * 2
    case .uuid(let isUppercase):
      let letter: UInt8 = isUppercase ? 0x41 : 0x61
      var position = 0
      for index in 0..<16 {
        if index == 4 || index == 6 || index == 8 || index == 10 {
          target[position] = 0x2D
          position &+= 1
        }
        writeHex(bytes[index], letter, target + position)
        position &+= 2
      }
      return 36
    case .ipv4:
      var position = 0
      for index in 0..<4 {
        if index > 0 {
          target[position] = 0x2E
          position &+= 1
        }
        let byte = bytes[index]
        if byte > 99 {
          target[position] = 0x30 &+ byte / 100
          position &+= 1
        }
        if byte > 9 {
          target[position] = 0x30 &+ byte / 10 % 10
          position &+= 1
        }
        target[position] = 0x30 &+ byte % 10
        position &+= 1
      }
      return position
    }
  }

  @inlinable @inline(__always)
  func writeHex(_ byte: UInt8, _ letter: UInt8, _ target: UnsafeMutablePointer<UInt8>) {
    let high = byte >> 4
    let low = byte & 15
    target[0] = high < 10 ? 0x30 &+ high : letter &+ high &- 10
    target[1] = low < 10 ? 0x30 &+ low : letter &+ low &- 10
  }
}
