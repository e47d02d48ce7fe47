package import Columnar
package import FileIO
package import MemoryDiet

/// A form in which lean tables lie on disk, with their certificates, and can be held against what
/// they were made from.
///
/// To add one: write its file and a line in `LeanFormats.all`.
package protocol LeanFormat: Sendable {
  /// What users call it: `arrow`.
  var name: String { get }
  /// What the names of such files end in, the usual one first: `.arrow`, `.feather`.
  var suffixes: [String] { get }
  /// How such files can be compressed, by default in the first of these ways.
  var compressions: [FileCompression] { get }
  /// Whether values have types there, which engines may lack.
  var hasTypes: Bool { get }
  /// What columns are to be when they are written.
  func purpose(_ categories: CategoryPolicy) -> PreparedTable.Purpose

  /// Writes the table and its certificate, once. `path` has a file then, or what it had before.
  ///
  /// A value that does not fit its column may show only now: call `table.reportingMisfits`.
  func write(
    _ table: PreparedTable, to path: String, compression: FileCompression?
  ) throws -> PreparedTable.Written

  /// The files that are written beside the one at `path`.
  func companions(of path: String) -> [String]

  /// The certificate that goes with the file.
  ///
  /// - Throws: `DocumentError` where there is none, and what the format's reader throws.
  func certificate(at path: String) throws -> Certificate

  /// Where the file's values are not those of `frame`, which was read by `plan` from what the file
  /// was made from: the first difference of each column.
  func differences(
    at path: String, from frame: DataFrame, plan: DietPlan
  ) throws -> [TableDifference]
}

extension LeanFormat {
  package func companions(of path: String) -> [String] { [] }

  /// The certificate that a file's metadata has as JSON.
  ///
  /// - Throws: `DocumentError` where there is none.
  func certificate(inMetadata json: String?, path: String) throws -> Certificate {
    guard let json else {
      throw DocumentError(
        path: path, message: "there is no certificate in it; `diet apply -o` writes one")
    }
    return try Certificate(json: json, path: path)
  }
}

/// Every format that lean tables are written in, and the only place that knows them all.
package enum LeanFormats {
  package static let all: [any LeanFormat] = [
    ArrowLeanFormat(.file),
    ArrowLeanFormat(.stream),
    ParquetLeanFormat(),
    CSVLeanFormat(),
  ]

  /// The format whose suffix `path` ends in; `nil` where there is none. Standard output, `-`, gets a
  /// stream.
  package static func format(of path: String) -> (any LeanFormat)? {
    if path == "-" { return ArrowLeanFormat(.stream) }
    return all.first { $0.suffixes.contains { path.hasSuffix($0) } }
  }

  /// The same; names that tell none are those of Arrow files.
  static func format(named path: String) -> any LeanFormat {
    format(of: path) ?? ArrowLeanFormat(.file)
  }

  /// `.arrow, .feather or .csv`: for messages.
  package static var suffixList: String {
    let suffixes = all.flatMap(\.suffixes)
    return suffixes.dropLast().joined(separator: ", ") + " or " + (suffixes.last ?? "")
  }
}
