public import Columnar
public import FileIO
public import MemoryDiet
import Platform

/// A lean table on disk, with its certificate: within the file where the format has a place for it,
/// else beside it.
public struct LeanFile: Sendable {
  /// The key of the certificate in a file's metadata.
  package static let certificateKey = "diet.certificate"

  /// The file; `-` is standard output.
  public let path: String
  /// What was proved of the table when the file was written.
  public let certificate: Certificate
  /// The bytes that the columns take in memory; `nil` where the file was not written, but opened.
  public let footprint: Footprint?
  package let format: any LeanFormat

  /// The lean file at `path`. The end of its name tells the format: `.arrow`, `.feather`, `.arrows`, `.parquet`
  /// or `.csv`; names that tell none are those of Arrow files.
  ///
  /// - Throws: `DocumentError` where it has no certificate; `ReadingError` where it cannot be read.
  public init(contentsOf path: String) throws {
    self.path = path
    format = LeanFormats.format(named: path)
    certificate = try format.certificate(at: path)
    footprint = nil
  }

  /// Writes a table, once.
  fileprivate init(
    writing table: PreparedTable, to path: String, compression: FileCompression?
  ) throws {
    self.path = path
    format = LeanFormats.format(named: path)
    let written = try format.write(table, to: path, compression: compression)
    certificate = written.certificate
    footprint = written.footprint
  }

  /// The size of the file in bytes, 0 where it is none.
  public var byteCount: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Removes the file, and what goes with it. What was written to a device or a pipe is gone from here; the
  /// device stays.
  package func remove() {
    for path in [path] + format.companions(of: path) { FileIdentity.removeFile(at: path) }
  }

  /// Whether there is a file at `path`, not a pipe, with a certificate.
  package static func hasCertificate(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    return (try? LeanFile(contentsOf: path)) != nil
  }
}

extension PreparedTable {
  /// Writes the table, once, to another file than it was read from.
  ///
  /// - Throws: `OutputError`; `ReadingError` where a value does not fit its column, which may show only now.
  package func write(to path: String, compression: FileCompression? = nil) throws -> LeanFile {
    try profile.reader.checkOutput(path)
    return try LeanFile(writing: self, to: path, compression: compression)
  }
}

extension LeanTable {
  /// Writes the table and its certificate to the file at `path`, which appears when it is complete. The end of
  /// its name tells the format: `.arrow`, `.feather`, `.arrows`, `.parquet` or `.csv`, which has its
  /// certificate in a file beside it.
  ///
  /// - Parameter compression: One of the format's; `nil` for its own choice.
  /// - Throws: `OutputError`, with the code `inUse` where the table was read from that file, under this name
  ///   or another; `DocumentError`.
  public func write(to path: String, compression: FileCompression? = nil) throws -> LeanFile {
    try prepared.write(to: path, compression: compression)
  }
}

extension TableReader {
  /// Reads the table once and writes it while its columns are made, which are never all in memory: what
  /// `diet apply` does.
  ///
  /// - Parameters:
  ///   - path: The end of its name tells the format, as in `LeanTable.write(to:)`.
  ///   - plan: What each column is read and stored as; a value that does not fit is an error.
  ///   - matching: What becomes of the columns in which the table and the plan differ.
  ///   - compression: One of the format's; `nil` for its own choice.
  /// - Throws: `OptionError`, `ReadingError`, `DocumentError`; `OutputError`, with the code `inUse` where the
  ///   table is in that file, under this name or another.
  public func write(
    to path: String, plan: DietPlan? = nil, matching: PlanMatching = PlanMatching(),
    compression: FileCompression? = nil
  ) throws -> LeanFile {
    try checkOutput(path)
    var preparation = Preparation(plan: plan)
    preparation.matching = matching
    return try prepare(preparation, for: path).write(to: path, compression: compression)
  }

  /// Throws where a table that is written to `path` would take the place of what it is read from.
  fileprivate func checkOutput(_ path: String) throws(OutputError) {
    var files = RunFiles(reading: inputs)
    for path in [path] + LeanFormats.format(named: path).companions(of: path) {
      try files.write(path)
    }
  }

  /// Reads the table to be written to the file at `path`.
  package func prepare(_ preparation: Preparation, for path: String) throws -> PreparedTable {
    var preparation = preparation
    preparation.purpose = LeanFormats.format(named: path).purpose(options.categories)
    return try prepare(preparation)
  }
}
