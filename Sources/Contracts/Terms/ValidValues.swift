import Columnar

/// The only values that a column may have.
package enum ValidValues: Hashable, Sendable {
  /// As the contract lists them.
  case listed(Set<String>)
  /// A digest of each, where no value of the table is to be in the lock: 64 bits of XXH3 in hexadecimal digits, of
  /// the column's name and the value.
  case digests(Set<String>, column: String)

  package var count: Int {
    switch self {
    case .listed(let values): values.count
    case .digests(let digests, _): digests.count
    }
  }

  package func contains(_ value: String) -> Bool {
    switch self {
    case .listed(let values): values.contains(value)
    case .digests(let digests, let column):
      digests.contains(Self.digest(of: value, in: column))
    }
  }

  /// The values in byte order, or their digests.
  package var sorted: [String] {
    switch self {
    case .listed(let values):
      values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    case .digests(let digests, _): digests.sorted()
    }
  }

  /// The same without values.
  package func redacted(_ column: String) -> ValidValues {
    guard case .listed(let values) = self else { return self }
    return .digests(Set(values.map { Self.digest(of: $0, in: column) }), column: column)
  }

  private static func digest(of value: String, in column: String) -> String {
    let hash = ByteHash(.xxh3)
    let bytes = Array(column.utf8) + [0] + Array(value.utf8)
    bytes.withUnsafeBytes { hash.add($0.baseAddress, $0.count) }
    return hexadecimal(Array(hash.digest.prefix(8)))
  }
}
