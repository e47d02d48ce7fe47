import Columnar

/// The only values that a column may have.
package enum ValidValues: Hashable, Sendable {
  /// As the contract lists them.
  case listed(Set<ExactText>)
  /// A digest of each, where no value of the table is to be in the lock: 64 bits of XXH3 in hexadecimal digits, of
  /// the column's name and the value.
  case digests(Set<String>, column: String)

  package init(listing words: some Sequence<String>) {
    self = .listed(Set(words.map(ExactText.init)))
  }

  package var count: Int {
    switch self {
    case .listed(let values): values.count
    case .digests(let digests, _): digests.count
    }
  }

  package func contains(_ value: String) -> Bool {
    switch self {
    case .listed(let values): values.contains(ExactText(value))
    case .digests(let digests, let column):
      digests.contains(Self.digest(of: value, in: column))
    }
  }

  /// The values in byte order, or their digests.
  package var sorted: [String] {
    switch self {
    case .listed(let values):
      values.map(\.text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    case .digests(let digests, _): digests.sorted()
    }
  }

  /// The same without values.
  package func redacted(_ column: String) -> ValidValues {
    guard case .listed(let values) = self else { return self }
    return .digests(Set(values.map { Self.digest(of: $0.text, in: column) }), column: column)
  }

  /// The same in the words in which values of a column print: `1.5` is `1.50` of a decimal of two places.
  func spelled(as type: LogicalType) -> ValidValues {
    guard case .listed(let values) = self, type.domain != .bytes else { return self }
    var all = values
    for value in values { all.formUnion(value.text.spellings(of: type).map(ExactText.init)) }
    return .listed(all)
  }

  private static func digest(of value: String, in column: String) -> String {
    let hash = ByteHash(.xxh3)
    let bytes = Array(column.utf8) + [0] + Array(value.utf8)
    bytes.withUnsafeBytes { hash.add($0.baseAddress, $0.count) }
    return hexadecimal(Array(hash.digest.prefix(8)))
  }
}

extension String {
  /// How values of the type that this text may mean are printed.
  fileprivate func spellings(of type: LogicalType) -> [String] {
    switch type {
    case .integer, .decimal:
      guard let point = firstIndex(of: "."), !isEmpty else {
        return [FactValue(self, type)?.words(type)].compactMap(\.self)
      }
      // Zeros at the end say nothing.
      var text = self[...]
      while text.last == "0" { text.removeLast() }
      if text.endIndex == index(after: point) { text.removeLast() }
      return [FactValue(String(text), type)?.words(type)].compactMap(\.self)
    case .float:
      return Double(self).map { ["\($0)", "\(Int128(exactly: $0).map { "\($0)" } ?? "\($0)")"] }
        ?? []
    case .boolean:
      switch lowercased() {
      case "true", "yes", "1": return ["true"]
      case "false", "no", "0": return ["false"]
      default: return []
      }
    default: return []
    }
  }
}
