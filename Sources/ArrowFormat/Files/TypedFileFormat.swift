/// A file format whose columns have types already, told by how its files begin or what they are named.
///
/// To add one: write its reader, an `ArrayTable`, its format, and a line in `TypedFileFormats.all`.
package protocol TypedFileFormat: Sendable {
  /// What reports call it: `parquet`.
  var name: String { get }
  /// What a sentence calls such a file: `a Parquet file`.
  var words: String { get }
  /// Whether files are read that were compressed as a whole, or lie in an archive: they are unpacked into
  /// memory. Otherwise they are refused by their name.
  var readsPacked: Bool { get }

  /// Whether a file is of this format.
  ///
  /// - Parameters:
  ///   - start: Its first bytes, unpacked: 4,096, if it has so many.
  ///   - name: Its name, without the ending of what it was packed with.
  func recognizes(_ start: [UInt8], name: String) -> Bool

  func open(_ file: ArrowFileBytes) throws -> any ArrayTable
}

extension TypedFileFormat {
  package var readsPacked: Bool { false }
}
