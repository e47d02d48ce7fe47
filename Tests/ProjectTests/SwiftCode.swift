/// A Swift source without comments and without the text of its literals: bytes of the same number in
/// the same places, so that lines stay what they were. What literals interpolate is code, and stays.
struct SwiftCode {
  let bytes: [UInt8]

  init(_ text: String) {
    var stripper = Stripper(source: Array(text.utf8))
    stripper.code(until: nil)
    bytes = stripper.output
  }

  /// Every name in the code, each time it occurs, with where it starts.
  func forEachName(_ body: (_ name: Range<Int>) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        guard Self.isLetter(bytes[index]) else {
          index += 1
          continue
        }
        let start = index
        while index < bytes.count, Self.isLetter(bytes[index]) || Self.isDigit(bytes[index]) {
          index += 1
        }
        body(start..<index)
      }
    }
  }

  /// How often each name occurs.
  func countNames(into counts: inout [String: Int]) {
    forEachName { counts[text($0), default: 0] += 1 }
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F || byte >= 0x80
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

/// Copies code, and spaces in place of all else.
private struct Stripper {
  let source: [UInt8]
  var output: [UInt8] = []
  private var index = 0
  private let quote = UInt8(ascii: "\"")
  private let hash = UInt8(ascii: "#")
  private let slash = UInt8(ascii: "/")
  private let star = UInt8(ascii: "*")
  private let newline = UInt8(ascii: "\n")
  private let backslash = UInt8(ascii: "\\")
  private let open = UInt8(ascii: "(")
  private let close = UInt8(ascii: ")")

  init(source: [UInt8]) {
    self.source = source
    output.reserveCapacity(source.count)
  }

  private func byte(_ offset: Int = 0) -> UInt8 {
    index + offset < source.count ? source[index + offset] : 0
  }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<count where index < source.count {
      output.append(source[index] == newline ? newline : 0x20)
      index += 1
    }
  }

  /// Copies code; up to the parenthesis that closes an interpolation, where it is one.
  mutating func code(until end: UInt8?) {
    var depth = 0
    while index < source.count {
      let here = byte()
      if here == slash, byte(1) == slash {
        while index < source.count, byte() != newline { blank() }
      } else if here == slash, byte(1) == star {
        comment()
      } else if here == quote {
        literal(hashes: 0)
      } else if here == hash, let count = hashesBeforeQuote() {
        literal(hashes: count)
      } else if here == hash, byte(1) == slash {
        while index < source.count, !(byte() == slash && byte(1) == hash && byte(-1) != hash) {
          blank()
        }
        blank(2)
      } else if here == slash, startsRegex {
        blank()
        while index < source.count, byte() != slash, byte() != newline {
          blank(byte() == backslash ? 2 : 1)
        }
        blank()
      } else {
        if end != nil, here == close, depth == 0 { return }
        if here == open { depth += 1 }
        if here == close { depth -= 1 }
        output.append(here)
        index += 1
      }
    }
  }

  /// A slash behind an opening or a comma is no division.
  private var startsRegex: Bool {
    guard ![0x20, newline, slash, star].contains(byte(1)) else { return false }
    let before = output.last { $0 != 0x20 && $0 != newline } ?? 0
    return [open, 0x2C, 0x3D, 0x5B, 0x3A].contains(before)
      && (output.last != before || before == open)
  }

  private func hashesBeforeQuote() -> Int? {
    var count = 0
    while byte(count) == hash { count += 1 }
    return byte(count) == quote ? count : nil
  }

  private mutating func comment() {
    var depth = 0
    repeat {
      if byte() == slash, byte(1) == star {
        depth += 1
        blank(2)
      } else if byte() == star, byte(1) == slash {
        depth -= 1
        blank(2)
      } else {
        blank()
      }
    } while depth > 0 && index < source.count
  }

  private mutating func literal(hashes: Int) {
    blank(hashes)
    let quotes = byte(1) == quote && byte(2) == quote ? 3 : 1
    blank(quotes)
    while index < source.count {
      if byte() == backslash, (0..<hashes).allSatisfy({ byte(1 + $0) == hash }) {
        blank(1 + hashes)
        if byte() == open {
          output.append(0x20)
          index += 1
          code(until: close)
        }
        blank()
      } else if (0..<quotes).allSatisfy({ byte($0) == quote }),
        (0..<hashes).allSatisfy({ byte(quotes + $0) == hash })
      {
        blank(quotes + hashes)
        return
      } else if quotes == 1, byte() == newline {
        return
      } else {
        blank()
      }
    }
  }
}
