/// In which line each key of a TOML document stands, which the library that reads it does not tell.
///
/// Only documents that it has read are looked at: what is no TOML was refused before.
struct TOMLPlaces {
  private var lines: [[String]: Int] = [:]
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  init(_ text: String) {
    bytes = Array(text.utf8)
    var table: [String] = []
    while skipBlank() {
      if bytes[index] == UInt8(ascii: "[") {
        while index < bytes.count, bytes[index] == UInt8(ascii: "[") { index += 1 }
        table = keyPath()
        note(table)
        while index < bytes.count, bytes[index] == UInt8(ascii: "]") { index += 1 }
      } else {
        let start = index
        note(table + keyPath())
        skipValue()
        if index == start { index += 1 }
      }
    }
  }

  /// The line of a key, or of the nearest that it is in.
  func line(of path: [String]) -> Int {
    var path = path
    while !path.isEmpty {
      if let line = lines[path] { return line }
      path.removeLast()
    }
    return 1
  }

  private mutating func note(_ path: [String]) {
    for count in path.indices.map({ $0 + 1 }) where lines[Array(path.prefix(count))] == nil {
      lines[Array(path.prefix(count))] = line
    }
  }

  /// Goes on to the next statement; false at the end.
  private mutating func skipBlank() -> Bool {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0D: index += 1
      case 0x0A:
        line += 1
        index += 1
      case UInt8(ascii: "#"): skipComment()
      default: return true
      }
    }
    return false
  }

  private mutating func skipComment() {
    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
  }

  /// Reads a key, which may have parts with dots between.
  private mutating func keyPath() -> [String] {
    var path: [String] = []
    var part: [UInt8] = []
    func isEnd(_ byte: UInt8) -> Bool {
      [UInt8(ascii: "="), UInt8(ascii: "]"), 0x0A].contains(byte)
    }
    while index < bytes.count, !isEnd(bytes[index]) {
      switch bytes[index] {
      case UInt8(ascii: "."):
        path.append(String(decoding: part, as: UTF8.self))
        part = []
        index += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"): index += 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"): part += quoted()
      default:
        part.append(bytes[index])
        index += 1
      }
    }
    return path + [String(decoding: part, as: UTF8.self)]
  }

  /// Reads over a text in quotes; escapes are left as they stand.
  @discardableResult
  private mutating func quoted() -> [UInt8] {
    let quote = bytes[index]
    let isLong =
      index + 2 < bytes.count && bytes[index + 1] == quote && bytes[index + 2] == quote
    index += isLong ? 3 : 1
    let start = index
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        if index + 1 < bytes.count, bytes[index + 1] == 0x0A { line += 1 }
        index += 2
        continue
      }
      if bytes[index] == 0x0A { line += 1 }
      let end = index
      if bytes[index] == quote {
        let count = bytes[index...].prefix { $0 == quote }.count
        if !isLong || count >= 3 {
          // A long text may end in quotes of its own.
          index += isLong ? count : 1
          return Array(bytes[start..<end])
        }
      }
      index += 1
    }
    return []
  }

  /// Reads over a value, to the end of its last line.
  private mutating func skipValue() {
    var depth = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        quoted()
        continue
      case UInt8(ascii: "#"):
        skipComment()
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case 0x0A:
        if depth <= 0 { return }
        line += 1
      default: break
      }
      index += 1
    }
  }
}
