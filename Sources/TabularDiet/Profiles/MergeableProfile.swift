public import Options
import Pipeline

/// What is known of a part of a table, a few kilobytes: enough to say, once the profiles of all parts are put
/// together, what each column of the whole table is and needs.
///
/// Parts may be files, or ranges of a file's bytes, and may be read on different machines. However a table is cut
/// and in whatever order its parts are put together, the profile is the same, byte by byte.
///
/// ```swift
/// var whole = try TableReader("january.csv").mergeableProfile()
/// try whole.formUnion(TableReader("february.csv").mergeableProfile())
/// let plan = try whole.profile().plan()
/// ```
public struct MergeableProfile: Sendable {
  let part: PartProfile

  init(_ part: PartProfile) { self.part = part }

  /// The rows that were profiled.
  public var rowCount: Int { part.rowCount }

  /// The names of the columns, those too that only longer records have.
  public var columnNames: [String] { part.columnNames }

  /// The files that were profiled, or parts of which were, by their names.
  public var files: [String] { part.files.map(\.name) }

  /// What is missing of the files, as bytes of their text; nothing where every file is there as a whole.
  public var missing: [(file: String, bytes: Range<Int>)] {
    part.files.flatMap { file in file.missing.map { (file.name, $0) } }
  }

  /// How the parts were read.
  public var options: ReadingOptions {
    (try? ReadingOptions(profileWords: part.options)) ?? ReadingOptions()
  }

  /// The profiles in files, put together.
  ///
  /// - Throws: `DocumentError` where one is none; `ProfileError` where they are not of one table.
  public init(contentsOfFiles paths: [String]) throws {
    guard let first = paths.first else {
      throw OptionError("there is no path: name at least one profile")
    }
    self = try MergeableProfile(contentsOfFile: first)
    for path in paths.dropFirst() {
      do {
        try formUnion(MergeableProfile(contentsOfFile: path))
      } catch let error as ProfileError {
        throw ProfileError(error.code, "\(path): \(error.message)")
      }
    }
  }

  /// Adds another part of the same table.
  ///
  /// - Throws: `ProfileError` where it is a part of another table, was read in another way, or has records that
  ///   are there already.
  public mutating func formUnion(_ other: MergeableProfile) throws(ProfileError) {
    var all = part
    do {
      try all.formUnion(other.part)
    } catch {
      throw ProfileError(error)
    }
    self = MergeableProfile(all)
  }

  /// The table of all parts: what its columns are and need.
  ///
  /// - Parameter options: What layouts may be chosen, and how many threads work. How text is read was said when
  ///   the parts were profiled.
  /// - Throws: `ProfileError` where something is missing; `ReadingError` where the policy keeps a column that is
  ///   not there.
  public func profile(options: ReadingOptions = ReadingOptions()) throws -> TableProfile {
    try TableReader(self, options: options).profile()
  }
}
