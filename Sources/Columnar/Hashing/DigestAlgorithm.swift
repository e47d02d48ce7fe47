/// How digests are made; certificates name it.
public enum DigestAlgorithm: String, Hashable, Sendable, Codable, CaseIterable {
  /// XXH3 of 128 bits, as `xxhsum -H2` prints it: finds accidents, and keeps pace with reading.
  case xxh3 = "xxh3-128"
  /// SHA-256, as `sha256sum` prints it: nobody can make other bytes that have the same.
  case sha256

  package var byteCount: Int { self == .xxh3 ? 16 : 32 }
}
