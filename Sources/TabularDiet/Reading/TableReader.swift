package import ArrowFormat
public import Columnar
import DelimitedText
package import FileIO
public import Options
import Pipeline

/// A table to be read: in files of text, or of formats whose columns have types, or in the memory of
/// another library.
///
/// A reader knows where the table is and how it is to be read. Nothing is read before it is asked for, and
/// every call reads the table anew: what was found out is in the value that the call returns.
///
/// ```swift
/// let reader = try TableReader("flights.csv")
/// let profile = try reader.profile()
/// print(profile.report().text())
/// ```
///
/// When the reader is made, files are opened to see that they can be read, and what they are in. Then each pass
/// opens them once. A call is one pass over the file; there is a second one over single columns of text whose
/// chunks turn out to be of different types. What can be read only once, such as standard input, is kept while
/// it is read.
public struct TableReader: Sendable {
  /// Where the table is.
  private enum Place: Sendable {
    /// Inputs with their first bytes where they are known, and what was left out of folders.
    case files([CSVInput], starts: [[UInt8]?], notes: [Note])
    case memory(any ArrayTable)
    /// What is known of files that need not be there.
    case profile(PartProfile)
  }

  /// The files, folders and patterns as they were named; `-` is standard input.
  public let paths: [String]
  /// How the table is read, and what becomes of it.
  public let options: ReadingOptions
  /// Who the lean table is for: types that this engine lacks become the nearest exact ones.
  public var engine = TargetEngine.any
  /// Which bytes of the text of the only file are read: the records that begin there, so that those of ranges
  /// that touch are the file's, each once. A border may be anywhere, within quotes too. `nil` for all.
  public var byteRange: Range<Int>?
  /// Where records begin in the file: with it, what stands before `byteRange` is not read.
  public var fileScan: FileScan?
  /// Called with the number of bytes of each part that was read, from any thread.
  public var progress: (@Sendable (_ byteCount: Int) -> Void)?
  /// Called with each profile that is made of the table, by whatever needs one.
  package var profiled: (@Sendable (TableProfile) -> Void)?
  private let place: Place
  private let format: TableFormat
  let digest: DigestAlgorithm?
  /// Whether columns are of the types that they have in files which have types.
  package var keepsTypes = false
  private let settled = Lock<TableReading?>(nil)

  /// The table in one file, or in all files of a folder, or in those that a pattern such as `data/*.csv`
  /// matches.
  ///
  /// - Throws: `OptionError` where options contradict one another, `ReadingError` where a file cannot be read.
  public init(_ path: String, options: ReadingOptions = ReadingOptions()) throws {
    try self.init([path], options: options)
  }

  /// The table in several files, one after the other.
  ///
  /// - Parameter digest: How the files are hashed for certificates; `nil` where none is wanted.
  /// - Throws: `OptionError` where options contradict one another, `ReadingError` where a file cannot be read.
  public init(
    _ paths: [String], options: ReadingOptions = ReadingOptions(), digest: DigestAlgorithm? = .xxh3
  ) throws {
    try self.init(paths, options: options, digest: digest, format: .detected)
  }

  /// - Parameters:
  ///   - format: What the files are in, where that is not to be told by their first bytes.
  ///   - keepsStreams: Whether what can be read only once is kept while it is read.
  package init(
    _ paths: [String], options: ReadingOptions, digest: DigestAlgorithm?, format: TableFormat,
    keepsStreams: Bool = true
  ) throws {
    try options.validate()
    guard !paths.isEmpty else { throw OptionError("there is no path: name at least one file") }
    guard paths.filter({ $0 == "-" }).count <= 1 else {
      throw OptionError("`-` may be used only once")
    }
    self.paths = paths
    self.options = options
    self.digest = digest
    self.format = format
    let files = try InputFiles(
      paths, readsHiveKeys: options.text.files.readsHiveKeys, digestAlgorithm: digest,
      keepsStreams: keepsStreams)
    place = .files(files.inputs, starts: files.starts, notes: files.notes)
  }

  /// Inputs that are known already.
  package init(
    inputs: [CSVInput], options: ReadingOptions = ReadingOptions(),
    digest: DigestAlgorithm? = nil
  ) {
    paths = inputs.map(\.path)
    self.options = options
    self.digest = digest
    format = .detected
    place = .files(inputs, starts: inputs.map { _ in nil }, notes: [])
  }

  /// The table that another library has in memory, which has types already.
  package init(_ table: ArrowStreamTable, options: ReadingOptions) {
    paths = [table.name]
    self.options = options
    digest = nil
    format = .detected
    place = .memory(table)
  }

  /// A table of which there is a profile, and nothing else.
  ///
  /// - Parameter options: How it was profiled, and what layouts may be chosen.
  init(known: PartProfile, options: ReadingOptions) {
    paths = known.files.map(\.name)
    self.options = options
    digest = nil
    format = .text
    place = .profile(known)
  }

  /// The profile that is all that there is of the table; `nil` where there are rows.
  var known: PartProfile? { if case .profile(let profile) = place { profile } else { nil } }

  /// The files that the paths lead to; none where the table is in memory.
  public var files: [String] { inputs.map(\.path) }

  /// The inputs, each with its first bytes where they are known.
  var places: [(input: CSVInput, start: [UInt8]?)] {
    if case .files(let inputs, let starts, _) = place { Array(zip(inputs, starts)) } else { [] }
  }

  package var inputs: [CSVInput] {
    if case .files(let inputs, _, _) = place { inputs } else { [] }
  }

  /// What was left out of folders.
  package var fileNotes: [Note] {
    if case .files(_, _, let notes) = place { notes } else { [] }
  }

  /// How columns are stored, with the room for sums where the engine adds up 32 bits in 32 bits.
  package var policy: LayoutPolicy {
    var policy = options.layout
    policy.categories = options.categories
    policy.room = policy.room.read(by: engine)
    return policy
  }

  /// How a pass reads the table, which is settled before the first.
  ///
  /// - Parameter hashes: Whether the files' digests are wanted.
  /// - Throws: `OptionError` where options are not for such a table; what opening the files throws.
  package func reading(hashes: Bool = false) throws -> TableReading {
    var reading = try settled.withLock { known in
      if let known { return known }
      let made: TableReading
      switch place {
      case .memory(let table): made = try TableReading(table, options: options)
      case .files(let inputs, let starts, _):
        made = try TableReading(inputs: inputs, options: options, format: format, starts: starts)
      case .profile:
        throw OptionError("a profile has no rows; name the files that it was made of")
      }
      known = made
      return made
    }
    reading.reading.files.notes = fileNotes
    if let byteRange {
      try checkRange(of: reading)
      reading.reading.byteRange = byteRange.clamped(to: 0..<1 << 60)
      reading.reading.knownStart = try fileScan.flatMap {
        try knownStart(in: $0.scan, of: byteRange)
      }
    }
    reading.keepsTypes = keepsTypes
    if hashes { reading.reading.digestAlgorithm = digest ?? reading.reading.digestAlgorithm }
    reading.progress = progress
    return reading
  }

  /// Throws where bytes of the text are not those of one file.
  private func checkRange(of reading: TableReading) throws {
    guard case .inputs(let formats) = reading.source, let input = inputs.first, inputs.count == 1
    else { throw OptionError("\(mention: "byte-range"): name one file of text") }
    if let format = formats[0] {
      throw OptionError(
        "\(mention: "byte-range"): \(input.name) is \(format.words); ranges are for text such as CSV"
      )
    }
    if case .skip? = options.badRecords { throw Self.noRange(withRecordsLeftOut: "skip") }
    if case .collect? = options.badRecords { throw Self.noRange(withRecordsLeftOut: "collect") }
    let source = try input.open(encoding: options.text.encoding)
    guard source.isRereadable else {
      throw OptionError(
        "\(mention: "byte-range"): \(input.name) is read only once; write it to a file, whose parts can be read"
      )
    }
    guard source.isStoredText else {
      throw OptionError(
        "\(mention: "byte-range"): \(input.name) is compressed, not in UTF-8, or ends lines with CR CR LF: its text has"
          + " other places"
      )
    }
  }

  /// Where the records of a range may be looked for.
  ///
  /// - Throws: `ProfileError` where the scan is of another file.
  private func knownStart(
    in scan: RecordScan, of range: Range<Int>
  ) throws -> KnownStart? {
    let input = inputs[0]
    let byteCount = try input.open(encoding: options.text.encoding).byteCount
    guard scan.byteCount == byteCount else {
      throw ProfileError(
        .otherTable,
        "\(input.name) has \(byteCount ?? 0) bytes, and had \(scan.byteCount) when it was scanned: scan it"
          + " again")
    }
    return scan.knownStart(before: range.lowerBound)
  }

  private static func noRange(withRecordsLeftOut rule: String) -> OptionError {
    OptionError(
      "\(mention: "byte-range"): records are not left out of parts; leave out \(option: "on-bad-record", rule)"
    )
  }
}
