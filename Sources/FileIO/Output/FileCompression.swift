/// How the values in a file that we write are compressed.
public enum FileCompression: String, Sendable, CaseIterable {
  case none
  case zstd
}
