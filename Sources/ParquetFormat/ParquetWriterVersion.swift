/// Who wrote a file, as its footer says: `parquet-mr version 1.2.8 (build 5a8b)`. Some versions have
/// faults that readers know.
struct ParquetWriterVersion {
  private let name: Substring
  private let numbers: [Int]

  init(_ text: String) {
    let words = text.split(separator: " ", maxSplits: 3)
    let isKnown = words.count >= 3 && words[1] == "version"
    name = isKnown ? words[0] : ""
    numbers =
      isKnown
      ? words[2].split(separator: ".").prefix(3).map { part in
        Int(part.prefix { $0.isNumber }) ?? 0
      } : []
  }

  private func isOlder(than version: [Int], of writer: String) -> Bool {
    name == writer && numbers.lexicographicallyPrecedes(version)
  }

  /// Pages of the second version are compressed, whatever they say of themselves.
  var compressesAllPages: Bool { isOlder(than: [2, 0, 0], of: "parquet-cpp") }

  /// Bytes by which a column chunk may be longer than it is said to be: the header of its dictionary
  /// is not counted.
  var missingByteCount: Int { isOlder(than: [1, 2, 9], of: "parquet-mr") ? 100 : 0 }
}
