import CKernels

/// Bytes that are not UTF-8.
enum InvalidText {
  /// The error for the byte at `offset`, with the encoding that the text likely is in.
  ///
  /// - Parameter place: where that byte stands in the file.
  static func error(
    at offset: Int, in bytes: UnsafeBufferPointer<UInt8>, file: String, place: InputPosition
  ) -> CSVReadingError {
    let likely = likelyEncoding(of: bytes)
    let byte = String(bytes[offset], radix: 16, uppercase: true)
    return CSVReadingError(
      .invalidText, file: file, line: place.line, byteOffset: place.byteOffset,
      text: word(around: offset, in: bytes, encoding: likely),
      "the byte 0x\(byte) is not UTF-8; read as \(likely.rawValue) it is part of",
      advice: "use `--encoding \(likely.rawValue)`, or `--invalid-utf8 replace`")
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

  /// Latin-1 has only control characters from 0x80 to 0x9F; Windows has dashes and quotes there.
  private static func likelyEncoding(of bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding {
    bytes.contains { 0x80..<0xA0 ~= $0 } ? .windows1252 : .latin1
  }

  /// The letters around `offset`, as UTF-8.
  private static func word(
    around offset: Int, in bytes: UnsafeBufferPointer<UInt8>, encoding: TextEncoding
  ) -> [UInt8] {
    func isLetter(_ byte: UInt8) -> Bool {
      byte >= 0x80 || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte & 0xDF
    }
    let before = bytes[..<offset].reversed().prefix(20).prefix(while: isLetter).count
    let after = bytes[offset...].prefix(20).prefix(while: isLetter).count
    let word = Array(bytes[(offset - before)..<(offset + after)])
    let source = TranscodingSource(MemorySource(word, name: ""), from: encoding)
    return [UInt8](unsafeUninitializedCapacity: 3 * word.count) { buffer, count in
      count = (try? source.readFully(into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
    }
  }
}
