/// Lines of a report as RFC 4180 quotes them, ending in LF.
enum CSVText {
  static func line(_ fields: [String]) -> String { lines([fields]) }

  /// Written at once, in as many bytes as they take: there may be very many, and a value may have
  /// megabytes.
  static func lines(_ lines: [[String]]) -> String {
    let byteCount = lines.reduce(0) { sum, fields in
      // A separator follows each field.
      fields.reduce(sum + fields.count) { $0 + Self.byteCount(of: $1) }
    }
    return String(unsafeUninitializedCapacity: byteCount) { target in
      var end = 0
      for fields in lines {
        for (index, field) in fields.enumerated() {
          end += write(field, to: UnsafeMutableBufferPointer(rebasing: target[end...]))
          target[end] = index + 1 == fields.count ? 0x0A : 0x2C
          end += 1
        }
      }
      return end
    }
  }

  private static func byteCount(of field: String) -> Int {
    var field = field
    return field.withUTF8 { bytes in
      needsQuotes(bytes) ? bytes.count + 2 + bytes.count { $0 == 0x22 } : bytes.count
    }
  }

  /// Writes a field; returns how many bytes it took.
  private static func write(
    _ field: String, to target: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var field = field
    return field.withUTF8 { bytes in
      guard needsQuotes(bytes) else {
        _ = target.update(fromContentsOf: bytes)
        return bytes.count
      }
      target[0] = 0x22
      var end = 1
      for byte in bytes {
        target[end] = byte
        end += 1
        if byte == 0x22 {
          target[end] = byte
          end += 1
        }
      }
      target[end] = 0x22
      return end + 1
    }
  }

  // Byte by byte: a quote with a combining accent is one Character, and yet a quote.
  private static func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
  }
}
