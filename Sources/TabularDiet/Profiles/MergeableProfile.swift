import CKernels
import Columnar
package import FileIO
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
  var part: PartProfile

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

  /// The columns of which brief profiles do not tell what they are: their parts are not alike, as where words stand in
  /// one and numbers in another. Profiles that are not brief have none.
  ///
  /// - Throws: `OptionError` where the parts were read with options that this version does not know.
  public func lackingColumns() throws -> [String] {
    if part.columns.allSatisfy({ $0.text != nil }) { return [] }
    let names = part.columnNames
    let typing = try options.typingOptions(names: Set(names))
    return part.lackingColumns(typing).map { names[$0] }
  }

  /// How the parts were read.
  public var options: ReadingOptions {
    (try? ReadingOptions(profileWords: part.options)) ?? ReadingOptions()
  }

  /// The profiles in files, put together.
  ///
  /// - Parameter paths: Files, folders (all files in them whose names end in `.profile`) and patterns such as
  ///   `profiles/*.profile`.
  /// - Throws: `DocumentError` where one is none; `ProfileError` where they are not of one table; `ReadingError`
  ///   where a folder or pattern has none.
  public init(contentsOfFiles paths: [String]) throws {
    guard !paths.isEmpty else {
      throw OptionError("there is no path: name at least one profile")
    }
    try self.init(contentsOf: Self.files(paths))
  }

  /// The files that paths of profiles lead to.
  package static func files(_ paths: [String]) throws(ReadingError) -> [String] {
    try InputFiles.paths(paths, ending: ".profile")
  }

  /// The profiles in files, put together: at least one, in runs, each on a thread.
  package init(contentsOf paths: [String]) throws {
    let threads = min(Int(diet_available_processors()), paths.count / Self.fewPaths)
    if threads > 1 {
      let length = (paths.count + threads - 1) / threads
      let runs = stride(from: 0, to: paths.count, by: length).map {
        paths[$0..<min($0 + length, paths.count)]
      }
      var parts = parallelMap(runs.count, threads: threads) { run in
        Result { try MergeableProfile(inTurn: runs[run]) }
      }
      var all = try parts.removeFirst().get()
      let fits = try parts.allSatisfy { part in
        let part = try part.get()
        return (try? all.formUnion(part)) != nil
      }
      if fits {
        self = all
        return
      }
      // One after the other it is told which file is at fault.
    }
    try self.init(inTurn: paths[...])
  }

  /// Fewer profiles a thread are not worth one.
  private static let fewPaths = 16

  private init(inTurn paths: ArraySlice<String>) throws {
    self = try MergeableProfile(contentsOfFile: paths[paths.startIndex])
    for path in paths.dropFirst() {
      try MemoryLimit.check()
      do {
        try add(contentsOfFile: path)
      } catch let error as PartError {
        let error = ProfileError(error)
        throw ProfileError(error.code, "\(path): \(error.message)")
      }
    }
  }

  /// Adds another part of the same table.
  ///
  /// - Throws: `ProfileError` where it is a part of another table, was read in another way, or has records that
  ///   are there already.
  public mutating func formUnion(_ other: MergeableProfile) throws(ProfileError) {
    do {
      try part.formUnion(other.part)
    } catch {
      throw ProfileError(error)
    }
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
