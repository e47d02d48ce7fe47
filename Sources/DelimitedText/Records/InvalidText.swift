import CKernels
import Columnar
import FileIO

/// Bytes that are not UTF-8.
enum InvalidText {
  /// The error for the byte at `offset`, with the encoding that the text is in where that is clear.
  ///
  /// - Parameters:
  ///   - bytes: the text around it.
  ///   - place: where that byte stands in the file.
  static func error(
    at offset: Int, in bytes: UnsafeBufferPointer<UInt8>, file: String, place: InputPosition
  ) -> ReadingError {
    let byte = "the byte 0x\(String(bytes[offset], radix: 16, uppercase: true)) is not UTF-8"
    if isNoText(bytes, around: offset) {
      return ReadingError(
        .invalidText, file: file, line: place.line, byteOffset: place.byteOffset,
        "\(byte), and control characters stand around it, which no text has",
        remedy: "see what the file is, with `file`")
    }
    if place.byteOffset == 0, offset == 0,
      bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    {
      return ReadingError(
        .invalidText, file: file, line: place.line, byteOffset: place.byteOffset,
        "\(byte): it begins the byte order mark of UTF-16",
        remedy: "leave out \(option: "encoding"), or say \(option: "encoding", "utf-16")")
    }
    let evidence = EncodingEvidence(bytes)
    let count = evidence.goodLineCount
    let (happened, part, remedy): (String, String, Sentence) =
      if let encoding = evidence.encoding {
        (
          byte, "; read as \(encoding.rawValue) it is part of",
          "use \(option: "encoding", encoding.rawValue), or \(option: "invalid-utf8", "replace")"
        )
      } else if count > 0 {
        (
          "\(byte), but \(count) line\(count == 1 ? "" : "s") around it \(count == 1 ? "is" : "are"),"
            + " so that another encoding would spoil them", "; it is part of",
          "mend the line, or \(option: "invalid-utf8", "replace") reads U+FFFD there"
        )
      } else {
        (
          "\(byte), and no other encoding is clear from the text", "; it is part of",
          "name the encoding with \(option: "encoding"), or use \(option: "invalid-utf8", "replace")"
        )
      }
    var error = ReadingError(
      .invalidText, file: file, line: place.line, byteOffset: place.byteOffset,
      text: word(around: offset, in: bytes, encoding: evidence.encoding), happened + part,
      remedy: remedy)
    error.redactedMessage = happened
    return error
  }

  /// Whether one in fifty of the bytes around is a control character other than zero: zeros may be
  /// those of wider encodings.
  private static func isNoText(_ bytes: UnsafeBufferPointer<UInt8>, around offset: Int) -> Bool {
    let part = bytes[max(0, offset - 2048)..<min(bytes.count, offset + 2048)]
    let controls = part.count { ($0 < 0x09 || $0 > 0x0D && $0 < 0x20 || $0 == 0x7F) && $0 > 0 }
    return controls > 3 && controls * 50 >= part.count
  }

  /// The offset of the first byte that is not UTF-8; `nil` when all are.
  static func firstOffset(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let offset = diet_utf8_first_invalid(bytes.baseAddress, bytes.count)
    return offset < bytes.count ? offset : nil
  }

  /// How often U+FFFD stands in a text.
  static func replacementCount(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    var position = 0
    while let start = bytes[position...].firstIndex(of: 0xEF) {
      let isReplacement = bytes[start...].starts(with: [0xEF, 0xBF, 0xBD])
      count += isReplacement ? 1 : 0
      position = start + (isReplacement ? 3 : 1)
    }
    return count
  }

  /// The letters around `offset`, as UTF-8.
  private static func word(
    around offset: Int, in bytes: UnsafeBufferPointer<UInt8>, encoding: TextEncoding?
  ) -> [UInt8] {
    func isLetter(_ byte: UInt8) -> Bool {
      byte >= 0x80 || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte & 0xDF
    }
    let before = bytes[..<offset].reversed().prefix(20).prefix(while: isLetter).count
    let after = bytes[offset...].prefix(20).prefix(while: isLetter).count
    let word = Array(bytes[(offset - before)..<(offset + after)])
    guard let encoding,
      let source = try? TranscodingSource(MemorySource(word, name: ""), from: encoding)
    else { return word }
    return [UInt8](unsafeUninitializedCapacity: 4 * word.count) { buffer, count in
      count = (try? source.readFully(into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
    }
  }
}
