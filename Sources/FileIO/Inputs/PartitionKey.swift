/// What a part of a path says of all rows of a file: `year=2024`.
package struct PartitionKey: Hashable, Sendable {
  package let name: String
  /// `nil` where the path says that it is missing.
  package let value: [UInt8]?

  /// How paths say that a value is missing.
  private static let missing = "__HIVE_DEFAULT_PARTITION__"

  /// The keys in the folders of a path, from the component `first` on; the file's own name is none.
  package static func keys(in path: String, from first: Int = 0) -> [PartitionKey] {
    path.split(separator: "/", omittingEmptySubsequences: true).dropLast().dropFirst(first)
      .compactMap(PartitionKey.init)
  }

  private init?(_ folder: Substring) {
    guard let equals = folder.firstIndex(of: "="), equals != folder.startIndex else { return nil }
    let value = folder[folder.index(after: equals)...]
    name = String(decoding: Self.decoded(folder[..<equals]), as: UTF8.self)
    self.value = value == Self.missing ? nil : Self.decoded(value)
  }

  /// The text with `%3A` and its like as the bytes that they stand for; as it is where these are no
  /// text.
  private static func decoded(_ text: Substring) -> [UInt8] {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = Character(UnicodeScalar(bytes[index + 1])).hexDigitValue,
        let low = Character(UnicodeScalar(bytes[index + 2])).hexDigitValue
      {
        decoded.append(UInt8(high << 4 | low))
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(validating: decoded, as: UTF8.self) == nil ? bytes : decoded
  }
}
