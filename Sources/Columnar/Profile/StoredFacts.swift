/// What a column was in a file that has types of its own, such as Arrow's: what its bytes in other
/// engines follow from (`docs/before-bytes.md`, section 8).
public struct StoredFacts: Hashable, Sendable {
  /// The kinds of values that engines tell from one another.
  public enum Kind: Hashable, Sendable {
    /// No value at all.
    case null
    /// A bit or a byte a row.
    case boolean
    /// Integers of so many bits.
    case integer(bits: Int, isSigned: Bool)
    /// Binary floating point of so many bits.
    case float(bits: Int)
    /// Decimals of so many bits.
    case decimal(bits: Int)
    /// Days in 32 bits, or milliseconds in 64.
    case date(bits: Int)
    /// Times of day of so many bits.
    case time(bits: Int)
    /// Instants or readings of a clock, in 64 bits.
    case timestamp(unit: TimeUnit)
    /// Text with offsets of so many bits.
    case text(offsetBits: Int)
    /// Text in views of 16 bytes.
    case textView
    /// UUIDs in 16 bytes.
    case uuid
  }

  /// What a dictionary of the file takes.
  public struct Dictionary: Hashable, Sendable {
    /// The bits of a code.
    public var codeBits: Int
    /// How many entries there are, used or not.
    public var entryCount: Int
    /// The bytes of all entries' text, and of those longer than 12 bytes.
    public var byteCount: Int
    /// The bytes of entries longer than 12 bytes.
    public var longByteCount: Int

    /// What a dictionary of so many entries takes.
    public init(codeBits: Int, entryCount: Int, byteCount: Int, longByteCount: Int) {
      self.codeBits = codeBits
      self.entryCount = entryCount
      self.byteCount = byteCount
      self.longByteCount = longByteCount
    }
  }

  /// The kind of the values.
  public var kind: Kind
  /// The type as pyarrow prints it.
  public var typeName: String
  /// The dictionary that values are in; `nil` where there is none.
  public var dictionary: Dictionary?
  /// What else the file said, which the lean column says again.
  package var declared: DeclaredType?
  /// The bytes of all rows' text, and of values longer than 12 bytes.
  public var byteCount = 0
  /// The bytes of values longer than 12 bytes.
  public var longByteCount = 0

  /// A column of the kind, whose text has no byte yet.
  public init(kind: Kind, typeName: String) {
    self.kind = kind
    self.typeName = typeName
  }
}
