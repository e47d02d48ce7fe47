import CKernels
public import Columnar
import Engines
public import FileIO
public import MemoryDiet
import Options
import ParquetFormat
import Pipeline

extension DataFrame {
  /// The table in a Parquet file, every column in the narrowest layout that holds it exactly. Its types
  /// are kept: what changes is how values are stored.
  ///
  /// - Parameters:
  ///   - plan: What each column is to be stored as; a value that does not fit is an error.
  ///   - columns: The columns to be read; `nil` for all. A column of a type that cannot go on a diet
  ///     (nested, binary) is an error unless it is left out here.
  ///   - matching: What becomes of the columns in which the table and the plan differ.
  /// - Throws: `ReadingError`, `LayoutError`.
  public init(
    contentsOfParquetFile path: String, columns: Set<String>? = nil, plan: DietPlan? = nil,
    policy: LayoutPolicy = LayoutPolicy(), matching: PlanMatching = PlanMatching()
  ) throws {
    try self.init(
      contentsOfParquetFiles: [path], columns: columns, plan: plan, policy: policy,
      matching: matching)
  }

  /// The table in several Parquet files, one after the other; a folder stands for all files in it. They
  /// have the same columns, unless `files` says otherwise.
  public init(
    contentsOfParquetFiles paths: [String], columns: Set<String>? = nil, plan: DietPlan? = nil,
    policy: LayoutPolicy = LayoutPolicy(), files: FileOptions = FileOptions(),
    matching: PlanMatching = PlanMatching()
  ) throws {
    var options = ReadingOptions()
    options.text.files = files
    options.columns = columns.map { $0.sorted() }
    options.layout = policy
    try self.init(
      paths, options: options, format: .typed(TypedFileFormats.parquet), plan: plan,
      matching: matching)
  }
}

extension DataFrame {
  /// Writes the table to the Parquet file at `path`, which appears when it is complete.
  ///
  /// Engines keep the types: what pandas and polars would widen is said in the metadata.
  ///
  /// - Parameters:
  ///   - compression: Of the pages; zstd at level 1, or none.
  ///   - threads: How many make column chunks; `nil` for all cores. The file is the same for any number.
  /// - Throws: `OutputError`.
  public func write(
    toParquetFile path: String, compression: FileCompression = .zstd, threads: Int? = nil
  ) throws {
    var options = ParquetWritingOptions()
    options.compression = compression
    options.hints = options.engine.schemaHints
    options.threadCount = threads ?? Int(diet_available_processors())
    try ParquetFileWriter(self, options: options).write(to: path)
  }
}
