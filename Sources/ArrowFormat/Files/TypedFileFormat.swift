package import FileIO

/// A file format whose columns have types already, told by how its files begin or what they are named.
///
/// To add one: write its reader, an `ArrayTable`, its format, and a line in `TypedFileFormats.all`.
package protocol TypedFileFormat: TypedFileSignature {
  /// Whether files are read that were compressed as a whole, or lie in an archive: they are unpacked into
  /// memory. Otherwise they are refused by their name.
  var readsPacked: Bool { get }

  func open(_ file: ArrowFileBytes) throws -> any ArrayTable
}

extension TypedFileFormat {
  package var readsPacked: Bool { false }
}
