public import Columnar

/// What `diet analyze` found out about a table: the one value that every report format prints.
///
/// Its members are those of the JSON that `diet analyze --format json` promises, in that order.
public struct AnalysisReport: Hashable, Sendable {
  /// The version of the JSON. It grows when a key changes its meaning or goes away.
  public static let schemaVersion = 1

  /// What was read.
  public var input: Input
  /// What the table takes, in bytes.
  public var memory: Memory
  /// The columns in the order of the file.
  public var columns: [Column]
  /// How long it took.
  public var timing: Timing
  /// What a reader should know about the table as a whole, a sentence each.
  public var notes: [Note]
  /// The reading options that the user gave, repeated in the command that the table suggests.
  /// They are no part of the JSON.
  public var readingOptions: [String]
  /// Whether the table fits into some memory; `nil` where that was not asked.
  public var budget: Budget?
  /// What pages show beside all that; no part of the JSON.
  package var extras = PageExtras()

  package init(
    input: Input, memory: Memory, columns: [Column], timing: Timing, notes: [Note] = [],
    readingOptions: [String] = []
  ) {
    self.input = input
    self.memory = memory
    self.columns = columns
    self.timing = timing
    self.notes = notes
    self.readingOptions = readingOptions
  }
}

extension AnalysisReport {
  /// What was read.
  public struct Input: Hashable, Sendable {
    /// The file as the user named it, `-` for standard input; the first where there are several.
    public var path: String
    /// All files, where they are several.
    public var files: [String]
    /// What the user named, where that is a folder or a pattern.
    public var named: [String] = []
    /// The bytes of the files: of text as it is stored, of files that have types.
    public var byteCount: Int
    /// How many rows the table has.
    public var rowCount: Int
    /// How many columns it has.
    public var columnCount: Int
    /// How a text file spells its table; `nil` for files that have types.
    public var dialect: Dialect?
    /// Lines as wide as the table that were read as parts of quoted fields.
    public var swallowedLineCount: Int
    /// What the file is: `csv`, `arrow`, `arrow-stream`; `memory` where it is none.
    public var format: String
    /// Whether the table is one of another library, in no file.
    var isInMemory: Bool { format == "memory" }

    /// `files` are listed in the report only where there are at least two.
    package init(
      path: String, files: [String] = [], byteCount: Int, rowCount: Int, columnCount: Int,
      dialect: Dialect?, swallowedLineCount: Int = 0, format: String = "csv"
    ) {
      self.format = format
      self.path = path
      self.files = files
      self.byteCount = byteCount
      self.rowCount = rowCount
      self.columnCount = columnCount
      self.dialect = dialect
      self.swallowedLineCount = swallowedLineCount
    }
  }

  /// How the file spells its table.
  public struct Dialect: Hashable, Sendable {
    /// What stands between fields; empty where each line is one field.
    public var delimiter: String
    /// `nil` where quotes are plain text.
    public var quote: String?
    /// Whether the first records name the columns.
    public var hasHeader: Bool
    /// The encoding of the text, such as `utf-8`.
    public var encoding: String
    /// How lines end: `lf`, `crlf`, `cr` or `mixed`.
    public var lineEnding: String
    /// `nil` where quotes are doubled.
    public var escape: String?
    /// What comment lines begin with.
    public var comment: String?
    /// What spaces at the edges of fields mean: keep, quotes, initial or trim.
    public var spaces: String
    /// How many records the header takes, where there is one.
    public var headerRecordCount: Int
    /// Lines that were left out before the table.
    public var preambleLineCount: Int
    /// Lines that were left out behind the table.
    public var footerLineCount: Int

    package init(
      delimiter: String = ",", quote: String? = "\"", hasHeader: Bool = true,
      encoding: String = "utf-8", lineEnding: String = "lf", escape: String? = nil,
      comment: String? = nil, spaces: String = "keep", headerRecordCount: Int = 1,
      preambleLineCount: Int = 0, footerLineCount: Int = 0
    ) {
      self.delimiter = delimiter
      self.quote = quote
      self.hasHeader = hasHeader
      self.encoding = encoding
      self.lineEnding = lineEnding
      self.escape = escape
      self.comment = comment
      self.spaces = spaces
      self.headerRecordCount = headerRecordCount
      self.preambleLineCount = preambleLineCount
      self.footerLineCount = footerLineCount
    }
  }

  /// What the table takes in memory: elsewhere, lean, and while it was analysed.
  public struct Memory: Hashable, Sendable {
    /// The engine that "before" speaks of: the name of one of `engines`.
    public var baseline: String
    /// The bytes in the baseline engine.
    public var before: Int
    /// The bytes of the lean columns.
    public var after: Int
    /// Whether the bytes of some of them are foretold from some of their values.
    public var isForetold: Bool
    /// The bytes of the lean columns under each policy, in the order to be shown.
    public var policies: [PolicyBytes] = []
    /// What kernels take under the policy in use beside what they take under `fast`, as measured on these columns; none
    /// where that is `fast`, or nothing was measured.
    public var policyTimes: [PolicyTime] = []
    /// The most memory that this run held at any time.
    public var peak: Int
    /// What the table takes as each engine reads it, in the order to be shown.
    public var engines: [EngineBytes]
    /// What the lean table takes in each engine that it is handed to: the sums of the columns.
    public var handedOver: [EngineBytes]

    /// Those that take other bytes than the columns do as they are held.
    package var otherPolicies: [PolicyBytes] { policies.filter { $0.byteCount != after } }

    /// `before` is what the baseline engine takes, `after` the sum of the columns.
    package init(baseline: String, engines: [EngineBytes], columns: [Column], peak: Int) {
      self.baseline = baseline
      self.engines = engines
      self.peak = peak
      before =
        engines.first { $0.name == baseline }?.byteCount ?? columns.reduce(0) { $0 + $1.before }
      after = columns.reduce(0) { $0 + $1.after.total }
      isForetold = columns.contains(where: \.isForetold)
      handedOver = (columns.first?.handedOver ?? []).indices.map { index in
        EngineBytes(
          name: columns[0].handedOver[index].name,
          byteCount: columns.reduce(0) { $0 + $1.handedOver[index].byteCount })
      }
    }
  }

  /// What a kernel takes on columns as they are held, as shares of its time on the same columns held under `fast`.
  public struct PolicyTime: Hashable, Sendable {
    /// The name of the kernel.
    public var kernel: String
    /// The middle one of the columns' shares: below 1 is faster.
    public var median: Double
    /// The least share.
    public var least: Double
    /// The greatest share.
    public var greatest: Double
    /// How many columns were measured: those that are held otherwise than under `fast`.
    public var columnCount: Int

    /// - Parameter shares: Those of all columns, of which there is one at the least.
    package init(kernel: String, shares: [Double]) {
      let sorted = shares.sorted()
      self.kernel = kernel
      (median, least, greatest) = (sorted[sorted.count / 2], sorted[0], sorted[sorted.count - 1])
      columnCount = sorted.count
    }
  }

  /// What the lean columns take where they are held as densely as that.
  public struct PolicyBytes: Hashable, Sendable {
    /// How densely.
    public var policy: StoragePolicy
    /// The bytes of all columns.
    public var byteCount: Int
    /// Whether those of some are foretold.
    public var isForetold: Bool

    package init(policy: StoragePolicy, byteCount: Int, isForetold: Bool = false) {
      self.policy = policy
      self.byteCount = byteCount
      self.isForetold = isForetold
    }
  }

  /// What the table takes in one engine.
  public struct EngineBytes: Hashable, Sendable {
    /// The key in the JSON: `pandas`, `pandas-nullable`, `polars`, `arrow`.
    public var name: String
    /// The bytes that it holds.
    public var byteCount: Int

    package init(name: String, byteCount: Int) {
      self.name = name
      self.byteCount = byteCount
    }
  }

  /// How long a run took.
  public struct Timing: Hashable, Sendable {
    /// Seconds on the clock.
    public var wallSeconds: Double
    /// How many threads ran.
    public var threadCount: Int

    package init(wallSeconds: Double, threadCount: Int) {
      self.wallSeconds = wallSeconds
      self.threadCount = threadCount
    }
  }
}
