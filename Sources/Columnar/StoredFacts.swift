/// What a column was in a file that has types of its own, such as Arrow's: what its bytes in other
/// engines follow from (`docs/before-bytes.md`, section 8).
public struct StoredFacts: Hashable, Sendable {
  /// The kinds of values that engines tell from one another.
  public enum Kind: Hashable, Sendable {
    case null
    case boolean
    case integer(bits: Int, isSigned: Bool)
    case float(bits: Int)
    case decimal(bits: Int)
    /// Days in 32 bits, or milliseconds in 64.
    case date(bits: Int)
    case time(bits: Int)
    case timestamp(unit: TimeUnit)
    /// Text with offsets of so many bits.
    case text(offsetBits: Int)
    case textView
    /// UUIDs in 16 bytes.
    case uuid
  }

  public struct Dictionary: Hashable, Sendable {
    /// The bits of a code.
    public var codeBits: Int
    public var entryCount: Int
    /// The bytes of all entries' text, and of those longer than 12 bytes.
    public var byteCount: Int
    public var longByteCount: Int

    public init(codeBits: Int, entryCount: Int, byteCount: Int, longByteCount: Int) {
      self.codeBits = codeBits
      self.entryCount = entryCount
      self.byteCount = byteCount
      self.longByteCount = longByteCount
    }
  }

  public var kind: Kind
  /// The type as pyarrow prints it.
  public var typeName: String
  public var dictionary: Dictionary?
  /// What else the file said, which the lean column says again.
  package var declared: DeclaredType?
  /// The bytes of all rows' text, and of values longer than 12 bytes.
  public var byteCount = 0
  public var longByteCount = 0

  public init(kind: Kind, typeName: String) {
    self.kind = kind
    self.typeName = typeName
  }
}
