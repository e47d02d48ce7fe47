import ArrowFormat
import CKernels
public import Columnar
import Engines
public import FileIO
public import MemoryDiet
import Options
import Pipeline

extension DataFrame {
  /// The table in an Arrow file or stream, every column in the narrowest layout that holds it exactly.
  /// Its types are kept: what changes is how values are stored.
  ///
  /// - Parameters:
  ///   - plan: What each column is to be stored as; a value that does not fit is an error.
  ///   - columns: The columns to be read; `nil` for all. A column of a type that cannot go on a diet
  ///     (nested, binary, durations) is an error unless it is left out here.
  ///   - matching: What becomes of the columns in which the table and the plan differ.
  /// - Throws: `ReadingError`, `LayoutError`.
  public init(
    contentsOfArrowFile path: String, columns: Set<String>? = nil, plan: DietPlan? = nil,
    policy: LayoutPolicy = LayoutPolicy(), matching: PlanMatching = PlanMatching()
  ) throws {
    try self.init(
      contentsOfArrowFiles: [path], columns: columns, plan: plan, policy: policy,
      matching: matching)
  }

  /// The table in several Arrow files, one after the other; a folder stands for all files in it. They
  /// have the same columns, unless `files` says otherwise.
  public init(
    contentsOfArrowFiles paths: [String], columns: Set<String>? = nil, plan: DietPlan? = nil,
    policy: LayoutPolicy = LayoutPolicy(), files: FileOptions = FileOptions(),
    matching: PlanMatching = PlanMatching()
  ) throws {
    var options = ReadingOptions()
    options.text.files = files
    options.columns = columns.map { $0.sorted() }
    options.layout = policy
    try self.init(
      paths, options: options, format: .typed(TypedFileFormats.arrow), plan: plan,
      matching: matching)
  }
}

extension DataFrame {
  /// Writes the table to the Arrow file at `path`, which appears when it is complete; a stream where
  /// the name ends in `.arrows`.
  ///
  /// Engines keep the types: what pandas and polars would widen is said in the metadata.
  ///
  /// - Parameters:
  ///   - compression: Plain files can be mapped, compressed ones are smaller.
  ///   - threads: How many write; `nil` for all cores.
  /// - Throws: `OutputError`.
  public func write(
    toArrowFile path: String, compression: FileCompression = .none, threads: Int? = nil
  ) throws {
    var options = ArrowWritingOptions()
    options.compression = compression
    options.hints = options.engine.schemaHints
    options.threadCount = threads ?? Int(diet_available_processors())
    if path.hasSuffix(".arrows") { options.framing = .stream }
    try ArrowFileWriter(self, options: options).write(to: path)
  }
}
