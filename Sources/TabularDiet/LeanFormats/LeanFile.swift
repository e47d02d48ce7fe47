package import Columnar
import DietReport
import FileIO
package import MemoryDiet
import Platform

/// A lean table on disk, with its certificate: within the file where the format has a place for it,
/// else beside it.
package struct LeanFile {
  /// The key of the certificate in a file's metadata.
  package static let certificateKey = "diet.certificate"

  package let path: String
  package let format: any LeanFormat

  /// - Parameter path: Its end tells the format; names that tell none are those of Arrow files.
  package init(path: String) {
    self.path = path
    format = LeanFormats.format(of: path) ?? ArrowLeanFormat(.file)
  }

  /// What a table of this format is finished for.
  package func purpose(_ categories: CategoryPolicy = .text) -> LeanTable.Purpose {
    format.purpose(categories)
  }

  /// How a table is written.
  package struct Options {
    /// What the table was read by, which the certificate states.
    package var typing: TypingOptions
    /// Who reads the file: types that this engine lacks become the nearest exact ones.
    package var engine: TargetEngine
    /// Which columns engines find as dictionaries.
    package var categories: CategoryPolicy
    /// One of the format's; `nil` for its own choice.
    package var compression: FileCompression?

    package init(
      typing: TypingOptions, engine: TargetEngine = .any, categories: CategoryPolicy = .text,
      compression: FileCompression? = nil
    ) {
      self.typing = typing
      self.engine = engine
      self.categories = categories
      self.compression = compression
    }
  }

  /// What was written.
  package struct Written {
    package var certificate: Certificate
    /// The bytes that the columns take in memory.
    package var footprint: Footprint
  }

  /// Writes a table, once.
  package func write(_ table: LeanTable, options: Options) throws -> Written {
    try format.write(table, to: path, options: options)
  }

  /// The certificate that goes with the file.
  package func certificate() throws -> Certificate { try format.certificate(at: path) }

  /// Removes the file, and what goes with it.
  package func remove() { for path in [path] + format.companions(of: path) { unlink(path) } }

  /// Whether there is a file at `path`, not a pipe, with a certificate.
  package static func hasCertificate(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    return (try? LeanFile(path: path).certificate()) != nil
  }

  /// The size of the file at `path`, 0 where there is none.
  package static func byteCount(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}

extension LeanTable {
  /// What `engine` cannot hold, and what it finds instead: a note for each such column, one for
  /// columns that share it.
  package func handOverNotes(
    for engine: TargetEngine, categories: CategoryPolicy = .text
  ) -> [Note] {
    var names: [(note: Note, columns: [String])] = []
    let isForPandas = engine == .any || engine == .pandas
    let pandasTypes = isForPandas ? loaded.source.metadata.pandasTypes : [:]
    for recommendation in recommendations {
      let profile = recommendation.profile
      let typing = typing(of: recommendation, for: engine, categories)
      let column = plan?[profile.name]
      guard
        let note = typing.note ?? column?.noteOnMissing(profile, for: engine)
          ?? typing.noteOnUse(profile, pandasType: pandasTypes[profile.name])
      else { continue }
      if let index = names.firstIndex(where: { $0.note == note }) {
        names[index].columns.append(profile.name)
      } else {
        names.append((note, [profile.name]))
      }
    }
    return names.map { $0.note.of($0.columns.joined(separator: ", ")) }
  }

  /// Which arithmetic wraps in silence in who reads the table: none or one note.
  package func wrappingNotes(
    for target: TargetEngine = .any, categories: CategoryPolicy = .text
  ) -> [Note] {
    let columns = recommendations.compactMap { recommendation in
      let profile = recommendation.profile
      let planned = plan?[profile.name]
      return NarrowIntegers(
        profile, typing(of: recommendation, for: target, categories),
        isNullable: profile.nullCount > 0 || planned?.isNullable == true)
    }
    let arithmetic = WrappingArithmetic(
      columns, in: WrappingArithmetic.Engine.readers(of: target))
    return WrappingNote(arithmetic, isPlanned: plan != nil).note.map { [$0] } ?? []
  }

  /// What becomes of this table beside others: none or one note.
  package func widthNotes(
    for target: TargetEngine = .any, categories: CategoryPolicy = .text, isFile: Bool = true
  ) -> [Note] {
    guard plan == nil else { return [] }
    let types = recommendations.filter { $0.profile.takesRoom }
      .map { typing(of: $0, for: target, categories).type }
    return WidthNote(types, for: target, isFile: isFile).note.map { [$0] } ?? []
  }

  /// What a column is in Arrow.
  private func typing(
    of recommendation: Recommendation, for engine: TargetEngine, _ categories: CategoryPolicy
  ) -> ArrowTyping {
    let profile = recommendation.profile
    let planned = plan?[profile.name]?.handOver.flatMap {
      ArrowTyping($0, for: engine, categories: categories)
    }
    return planned
      ?? ArrowTyping(profile, layout: recommendation.layout, for: engine, categories: categories)
  }

  /// The certificate of the table, given the digest of each column.
  package func certificate(_ digests: [String], typing: TypingOptions) -> Certificate {
    let files = loaded.inputs.map {
      Certificate.File(
        name: $0.name, byteCount: $0.stored.byteCount, digest: $0.stored.digest ?? "")
    }
    let proofs = zip(zip(columns ?? [], recommendations), digests).map { column, digest in
      Certificate.ColumnProof(
        column.1.profile, type: column.0.outline.type, layout: column.0.outline.layout,
        digest: digest)
    }
    return Certificate(
      algorithm: digestAlgorithm, files: files, rowCount: loaded.rowCount,
      typing: typing.settled(by: recommendations.map(\.profile)),
      columns: proofs)
  }

  /// What was written, once all rows of `columns`, which are the table's, are made.
  package func written(_ columns: [ColumnSource], typing: TypingOptions) -> LeanFile.Written {
    LeanFile.Written(
      certificate: certificate(columns.map { $0.digest(digestAlgorithm) }, typing: typing),
      footprint: columns.reduce(Footprint()) { $0 + $1.footprint })
  }

  /// Runs `body`, which makes the columns; a value that does not fit its column becomes the error
  /// that names its place in the source.
  package func reportingMisfits<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as LayoutError {
      throw loaded.source.misfit(error)
    }
  }
}

extension ArrowTyping {
  /// What is done with a column of pandas that gives something else once it is lean; `nil` where that
  /// is nothing, or follows from the narrower integers alone.
  fileprivate func noteOnUse(_ profile: ColumnProfile, pandasType: String?) -> Note? {
    switch (pandasType, type) {
    case ("boolean"?, .boolean) where profile.nullCount > 0:
      Note(
        .lawOfUse,
        """
        boolean is bool[pyarrow], which is neither added up nor computed with: \
        `astype("boolean")` first
        """)
    case ("string"?, .utf8) where dictionary != nil:
      Note(
        .lawOfUse,
        """
        string is category, whose missing words differ from all others and whose words are not added \
        up: `astype("string")` first, or \(option: "categories", "none")
        """)
    default: nil
    }
  }
}

extension Certificate {
  /// How many columns hold at each level.
  package var columnCounts: [Fidelity: Int] {
    Dictionary(grouping: columns, by: \.fidelity).mapValues(\.count)
  }
}

extension DietPlan.PlannedColumn {
  /// What becomes of values that are missing though none was when the plan was made.
  fileprivate func noteOnMissing(_ profile: ColumnProfile, for engine: TargetEngine) -> Note? {
    guard engine == .any || engine == .pandas, isNullable == false, profile.nullCount > 0,
      [.integer, .boolean].contains(type)
    else { return nil }
    let kind = type == .boolean ? "objects" : "floats"
    return Note(
      .missingUnplanned,
      """
      values are missing, and none were when the plan was made: pandas reads \(kind); make the plan \
      of files where some are missing
      """)
  }
}
