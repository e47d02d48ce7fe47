/// A Swift source without comments and without the text of its literals: bytes of the same number in
/// the same places, so that lines stay what they were. What literals interpolate is code, and stays.
///
/// Loops are plain ones over pointers: all sources are read in a test that is not optimised.
struct SwiftCode: Sendable {
  let bytes: [UInt8]
  /// How often each name occurs.
  let names: [String: Int]

  init(_ text: String) {
    let source = Array(text.utf8)
    bytes = [UInt8](unsafeUninitializedCapacity: source.count) { output, count in
      source.withUnsafeBufferPointer { source in
        if let input = source.baseAddress, let output = output.baseAddress {
          var stripper = Stripper(input: input, count: source.count, output: output)
          stripper.code(until: 0)
        }
      }
      count = source.count
    }
    var names: [String: Int] = [:]
    bytes.withUnsafeBufferPointer { bytes in
      let count = bytes.count
      var index = 0
      while index < count {
        let start = index
        while index < count, isLetter(bytes[index]) || index > start && isDigit(bytes[index]) {
          index &+= 1
        }
        if index > start {
          names[String(decoding: bytes[start..<index], as: UTF8.self), default: 0] += 1
        } else {
          index &+= 1
        }
      }
    }
    self.names = names
  }

  /// The lines of the code.
  var lines: [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    bytes.withUnsafeBufferPointer { all in
      var index = 0
      while index < all.count {
        if all[index] == 0x0A {
          lines.append(bytes[start..<index])
          start = index + 1
        }
        index &+= 1
      }
    }
    lines.append(bytes[start...])
    return lines
  }
}

@inline(__always)
func isLetter(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte >= 0x80
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// Copies code, and spaces in place of all else.
private struct Stripper {
  let input: UnsafePointer<UInt8>
  let count: Int
  let output: UnsafeMutablePointer<UInt8>
  private var index = 0
  private let quote = UInt8(ascii: "\"")
  private let hash = UInt8(ascii: "#")
  private let slash = UInt8(ascii: "/")
  private let star = UInt8(ascii: "*")
  private let newline = UInt8(ascii: "\n")
  private let backslash = UInt8(ascii: "\\")
  private let open = UInt8(ascii: "(")
  private let close = UInt8(ascii: ")")

  init(input: UnsafePointer<UInt8>, count: Int, output: UnsafeMutablePointer<UInt8>) {
    self.input = input
    self.count = count
    self.output = output
  }

  private func byte(_ offset: Int) -> UInt8 {
    index &+ offset >= 0 && index &+ offset < count ? input[index &+ offset] : 0
  }

  private mutating func blank(_ length: Int) {
    let end = min(index &+ length, count)
    while index < end {
      output[index] = input[index] == newline ? newline : 0x20
      index &+= 1
    }
  }

  /// Copies code; up to the parenthesis that closes an interpolation, where it is one.
  mutating func code(until end: UInt8) {
    var depth = 0
    while index < count {
      let here = input[index]
      if here > slash {
        output[index] = here
        index &+= 1
      } else if here == slash, byte(1) == slash {
        var length = 0
        while index &+ length < count, input[index &+ length] != newline { length &+= 1 }
        blank(length)
      } else if here == slash, byte(1) == star {
        comment()
      } else if here == quote {
        literal(hashes: 0)
      } else if here == hash, let hashes = hashesBeforeQuote() {
        literal(hashes: hashes)
      } else if here == hash, byte(1) == slash {
        blank(2)
        while index < count, !(byte(0) == slash && byte(1) == hash) { blank(1) }
        blank(2)
      } else if here == slash, startsRegex {
        blank(1)
        while index < count, byte(0) != slash, byte(0) != newline {
          blank(byte(0) == backslash ? 2 : 1)
        }
        blank(1)
      } else {
        if end != 0, here == end, depth == 0 { return }
        if here == open { depth += 1 }
        if here == close { depth -= 1 }
        output[index] = here
        index &+= 1
      }
    }
  }

  /// A slash behind an opening or a comma is no division.
  private var startsRegex: Bool {
    if [0x20, newline, slash, star].contains(byte(1)) { return false }
    var before = -1
    while byte(before) == 0x20 || byte(before) == newline { before -= 1 }
    let last = byte(before)
    return last == open || before < -1 && [0x2C, 0x3D, 0x5B, 0x3A].contains(last)
  }

  private func hashesBeforeQuote() -> Int? {
    var hashes = 0
    while byte(hashes) == hash { hashes += 1 }
    return byte(hashes) == quote ? hashes : nil
  }

  private mutating func comment() {
    var depth = 0
    repeat {
      if byte(0) == slash, byte(1) == star {
        depth += 1
        blank(2)
      } else if byte(0) == star, byte(1) == slash {
        depth -= 1
        blank(2)
      } else {
        blank(1)
      }
    } while depth > 0 && index < count
  }

  private mutating func literal(hashes: Int) {
    blank(hashes)
    let quotes = byte(1) == quote && byte(2) == quote ? 3 : 1
    blank(quotes)
    while index < count {
      let here = input[index]
      if here == backslash, isRepeated(hash, hashes, from: 1) {
        blank(1 + hashes)
        if byte(0) == open {
          blank(1)
          code(until: close)
        }
        blank(1)
      } else if here == quote, isRepeated(quote, quotes, from: 0),
        isRepeated(hash, hashes, from: quotes)
      {
        blank(quotes + hashes)
        return
      } else if quotes == 1, here == newline {
        return
      } else {
        output[index] = here == newline ? newline : 0x20
        index &+= 1
      }
    }
  }

  private func isRepeated(_ wanted: UInt8, _ times: Int, from offset: Int) -> Bool {
    var found = 0
    while found < times, byte(offset &+ found) == wanted { found &+= 1 }
    return found == times
  }
}
