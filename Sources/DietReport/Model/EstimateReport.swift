public import Columnar

/// What samples of a table say of it: every figure is an estimate, with the ends of an interval.
///
/// Nothing of it is exact but the bytes of the files. Which columns are doubtful is said with the columns.
public struct EstimateReport: Hashable, Sendable {
  /// The version of the JSON. It grows when a key changes its meaning or goes away.
  public static let schemaVersion = 1

  /// A figure that is not known exactly: in bytes, rows or values.
  public struct Figure: Hashable, Sendable {
    /// The lower end of the interval.
    public var low: Int
    /// What is likely.
    public var estimate: Int
    /// The upper end of the interval.
    public var high: Int

    package init(low: Int, estimate: Int, high: Int) {
      (self.low, self.estimate, self.high) = (low, estimate, high)
    }
  }

  /// What was read.
  public struct Samples: Hashable, Sendable {
    /// The samples whose records were read, the start and the end among them.
    public var count: Int
    /// Places where it could not be told where records begin.
    public var droppedCount: Int
    /// The bytes of the samples' records.
    public var byteCount: Int
    /// The rows that they have.
    public var rowCount: Int

    package init(count: Int, droppedCount: Int, byteCount: Int, rowCount: Int) {
      (self.count, self.droppedCount) = (count, droppedCount)
      (self.byteCount, self.rowCount) = (byteCount, rowCount)
    }
  }

  /// The bytes of the table in one engine.
  public struct Engine: Hashable, Sendable {
    /// The key in the JSON: `pandas`, `pandas-nullable`, `polars`, `arrow`.
    public var name: String
    /// The bytes that it holds.
    public var bytes: Figure

    package init(name: String, bytes: Figure) { (self.name, self.bytes) = (name, bytes) }
  }

  /// Why the type or the layout of a column may be another.
  public enum Doubt: String, Hashable, Sendable, CaseIterable {
    /// Samples by themselves have other types than all of them together.
    case typeVaries = "type varies"
    /// At the upper end of the interval it has another layout.
    case mayWiden = "may widen"
    /// Each sample brings values that no other has.
    case newValues = "new values"
    /// No sample has any value.
    case noValue = "no value"
  }

  /// What samples say of one column.
  public struct Column: Hashable, Sendable {
    /// The name of the column.
    public var name: String
    /// What the samples' values mean.
    public var logicalType: LogicalType
    /// The likely layout.
    public var layout: String
    /// The layout at the upper end of the interval.
    public var highLayout: String
    /// The type that the baseline engine gives the samples.
    public var beforeType: String
    /// Rows without a value.
    public var nulls: Figure
    /// Different values; `nil` where they were not counted.
    public var distinct: Figure?
    /// The bytes in the baseline engine, types being what the samples show.
    public var before: Figure
    /// The bytes in the likely layout, types being what the samples show.
    public var after: Figure
    /// The bytes, at most, where a value that no sample has is none of the type: in the baseline engine, and lean.
    public var worstBefore: Int
    /// The same, lean.
    public var worstAfter: Int
    /// Why it may be otherwise.
    public var doubts: [Doubt]

    package init(
      name: String, logicalType: LogicalType, layout: String, highLayout: String,
      beforeType: String, nulls: Figure, distinct: Figure?, before: Figure, after: Figure,
      worstBefore: Int, worstAfter: Int, doubts: [Doubt] = []
    ) {
      (self.name, self.logicalType, self.layout) = (name, logicalType, layout)
      (self.highLayout, self.beforeType, self.nulls) = (highLayout, beforeType, nulls)
      (self.distinct, self.before, self.after) = (distinct, before, after)
      (self.worstBefore, self.worstAfter) = (worstBefore, worstAfter)
      self.doubts = doubts
    }
  }

  /// The file as the user named it; the first where there are several.
  public var path: String
  /// All files.
  public var files: [String]
  /// The bytes of all files, which are known exactly.
  public var byteCount: Int
  /// How the first file spells its table.
  public var dialect: AnalysisReport.Dialect
  /// What was read of them.
  public var samples: Samples
  /// The rows of the table.
  public var rows: Figure
  /// The engine that "before" speaks of: the name of one of `engines`.
  public var baseline: String
  /// The bytes of the lean columns. The upper end has room for one column that turns out to be text.
  public var after: Figure
  /// What the table takes as each engine reads it, with the same room.
  public var engines: [Engine]
  /// What the lean table takes in each engine that it is handed to, with the same room.
  public var handedOver: [Engine]
  /// The columns in the order of the file.
  public var columns: [Column]
  /// How long it took.
  public var timing: AnalysisReport.Timing
  /// What a reader should know about the table as a whole, a sentence each.
  public var notes: [Note]

  package init(
    path: String, files: [String], byteCount: Int, dialect: AnalysisReport.Dialect,
    samples: Samples, rows: Figure, baseline: String, after: Figure, engines: [Engine],
    handedOver: [Engine], columns: [Column], timing: AnalysisReport.Timing, notes: [Note] = []
  ) {
    (self.path, self.files, self.byteCount) = (path, files, byteCount)
    (self.dialect, self.samples, self.rows) = (dialect, samples, rows)
    (self.baseline, self.after, self.engines) = (baseline, after, engines)
    (self.handedOver, self.columns) = (handedOver, columns)
    (self.timing, self.notes) = (timing, notes)
  }

  /// The bytes in the baseline engine, with the same room.
  public var before: Figure {
    engines.first { $0.name == baseline }?.bytes ?? Figure(low: 0, estimate: 0, high: 0)
  }
}

extension EstimateReport.Figure {
  /// Whether the interval holds an exact figure.
  public func holds(_ exact: Int) -> Bool { low <= exact && exact <= high }
}
