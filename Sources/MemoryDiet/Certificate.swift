public import Columnar

/// What was proved about a lean table: which bytes it was read from, and for each column what was
/// kept of them.
///
/// Anyone who has the file can make it again: `diet verify` does.
public struct Certificate: Hashable, Sendable, Codable {
  /// 2 since digests are made of those of blocks.
  public var version = 2
  /// How digests are made.
  public var algorithm: DigestAlgorithm
  /// The files that were read, in their order.
  public var files: [File]
  /// How many rows the table has.
  public var rowCount: Int
  /// What the user settled about meaning.
  public var typing: TypingOptions
  /// What was kept of each column.
  public var columns: [ColumnProof]

  /// One file that was read.
  public struct File: Hashable, Sendable, Codable {
    /// The name of the file.
    public var name: String
    /// The bytes as they are stored, before decompression.
    public var byteCount: Int
    /// The digest of its bytes, in hexadecimal digits.
    public var digest: String
    /// Which bytes of its text were read, where that was a part: from a record's first to the first of a record
    /// behind. The digest is then of the records among them. `nil` for the whole file.
    public var byteRange: Range<Int>?

    /// A file as it was read.
    public init(name: String, byteCount: Int, digest: String, byteRange: Range<Int>? = nil) {
      self.name = name
      self.byteCount = byteCount
      self.digest = digest
      self.byteRange = byteRange
    }
  }

  /// What holds of one column.
  public struct ColumnProof: Hashable, Sendable, Codable {
    /// The name of the column.
    public var name: String
    /// What its values mean.
    public var type: LogicalType
    /// How its values are stored.
    public var layout: Layout
    /// How dates are written where it is not ISO 8601.
    public var dateFormat: String?
    /// How equal the values are to the text in the file.
    public var fidelity: Fidelity
    /// How far values are from those in the file, where some differ.
    public var error: ValueError?
    /// What the level means, in words.
    public var rule: String
    /// The digest of the lean column's bytes, made of those of blocks of 65,536 rows: values,
    /// validity, offsets, and the dictionary.
    public var digest: String
    /// Whether the source has no such column, and the plan has: no row has a value. `nil` for no.
    public var isAdded: Bool?

    package init(_ profile: ColumnProfile, type: LogicalType, layout: Layout, digest: String) {
      name = profile.name
      self.type = type
      self.layout = layout
      dateFormat = profile.dateFormat
      fidelity = profile.fidelity(in: layout)
      error = ValueError(profile, layout)
      rule =
        profile.stored == nil || fidelity == .error
        ? fidelity.rule
        : "the same values: every bit of a number, every byte of a text; times may count in a coarser"
          + " unit that tells them all"
      self.digest = digest
    }
  }

  /// The certificate of a frame that was read from these files.
  public init(
    files: [File], frame: DataFrame, typing: TypingOptions = TypingOptions(),
    algorithm: DigestAlgorithm = .xxh3
  ) {
    self.init(
      algorithm: algorithm, files: files, rowCount: frame.rowCount, typing: typing,
      columns: zip(frame.columns, frame.profiles).map { column, profile in
        ColumnProof(
          profile, type: column.type, layout: column.layout,
          digest: column.digest(algorithm))
      })
  }

  package init(
    algorithm: DigestAlgorithm, files: [File], rowCount: Int, typing: TypingOptions,
    columns: [ColumnProof]
  ) {
    self.algorithm = algorithm
    self.files = files
    self.typing = typing
    self.rowCount = rowCount
    self.columns = columns
  }

  /// The plan that makes the same columns from the same file.
  public var plan: DietPlan {
    DietPlan(
      typing: typing,
      columns: columns.map {
        DietPlan.PlannedColumn(
          name: $0.name, type: $0.type, layout: $0.layout, dateFormat: $0.dateFormat)
      })
  }
}

extension Fidelity {
  /// What the level promises.
  public var rule: String {
    switch self {
    case .text: "rendering the values gives back every field, byte for byte"
    case .value:
      "the same values; a plus sign, outer spaces, the spelling of a float, zeros at the end of a"
        + " fraction, the T or offset of an instant or the spelling of a null may differ"
    case .rounded: "the binary64 nearest to each field, which had more digits"
    case .error:
      "the binary32 nearest to each value, no farther from it than the share of it that the user"
        + " allowed"
    }
  }
}
