/// How the bytes of a file stand for text. Everything is transcoded to UTF-8 before it is scanned.
public enum TextEncoding: String, Hashable, Sendable, Codable, CaseIterable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case latin1 = "latin-1"
  case windows1252 = "windows-1252"

  /// The encoding that a byte order mark at the start of a file names, and the mark's length in
  /// bytes; `nil` when there is none.
  package static func named(byMarkIn start: [UInt8]) -> (encoding: TextEncoding, byteCount: Int)? {
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if start.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if start.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }
}
