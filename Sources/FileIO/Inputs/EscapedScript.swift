import Columnar

/// Encodings of East Asia that are ASCII byte by byte: escape sequences say which script follows.
enum EscapedScript {
  private static let sequences: [(bytes: [UInt8], name: String)] = [
    (Array("\u{1B}$B".utf8), "iso-2022-jp"), (Array("\u{1B}$@".utf8), "iso-2022-jp"),
    (Array("\u{1B}(J".utf8), "iso-2022-jp"), (Array("\u{1B}$(D".utf8), "iso-2022-jp-1"),
    (Array("\u{1B}$)C".utf8), "iso-2022-kr"), (Array("\u{1B}$)A".utf8), "iso-2022-cn"),
  ]

  /// Refuses text that such a sequence stands in: as ASCII its letters would be read as other ones,
  /// and some of them as delimiters.
  static func refuse(_ start: [UInt8], in file: String) throws(ReadingError) {
    guard let escape = start.firstIndex(of: 0x1B),
      let found = sequences.first(where: { start[escape...].starts(with: $0.bytes) })
    else { return }
    let name = found.name.uppercased()
    throw ReadingError(
      .invalidText, file: file, "the text is \(name), as its escape sequences say",
      remedy: TextEncoding(rawValue: found.name) == nil
        ? "write it as UTF-8 first, with `iconv -f \(name) -t UTF-8`"
        : "use \(option: "encoding", found.name)")
  }
}
