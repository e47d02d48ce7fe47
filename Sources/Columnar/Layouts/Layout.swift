/// How one column is stored: the encoding, its parameters and, for a dictionary, the layout of its
/// values. A plain value that prints, compares and saves as JSON.
public struct Layout: Hashable, Sendable, Codable {
  /// The name of the encoding, a key of `Encodings.named`.
  public var encoding: String
  /// Bytes a value, a code or an offset from the base takes.
  public var width: Int?
  /// Bits a packed value takes.
  public var bits: Int?
  /// True for values without a sign.
  public var isUnsigned: Bool?
  /// What is added to each stored value, or the first value of a sequence.
  public var base: Int64?
  /// The difference between one value of a sequence and the next.
  public var step: Int64?
  /// What fixed-width bytes stand for: `text`, `hex`, `HEX`, `uuid`, `UUID`, `ipv4`.
  public var form: String?
  /// How far a stored value may be from the real one, as a share of that; `nil` where none differs.
  public var errorLimit: Double?
  /// The fewest bits of integers where engines get the column plain; `nil` for as few as hold them.
  public var minimumBits: Int?
  /// True where engines get integers without a sign that lie with one, or in bits; `nil` where what they lie in says.
  public var isHandedUnsigned: Bool?
  /// What stands around the numbers of text that is held as numbers.
  public var affix: NumberedText?
  /// The layout of a dictionary's values: exactly one.
  public var values: [Layout]?

  /// The layout of that encoding; a parameter that the encoding does not have stays `nil`.
  public init(
    encoding: String, width: Int? = nil, isUnsigned: Bool? = nil, base: Int64? = nil,
    step: Int64? = nil, bits: Int? = nil, form: String? = nil, errorLimit: Double? = nil,
    values: Layout? = nil
  ) {
    self.bits = bits
    self.encoding = encoding
    self.width = width
    self.isUnsigned = isUnsigned
    self.base = base
    self.step = step
    self.form = form
    self.errorLimit = errorLimit
    self.values = values.map { [$0] }
  }
}
