package import Columnar

/// How several files make one table, whatever their format.
public struct FileOptions: Hashable, Sendable {
  /// Whether columns that have the same name are one column, wherever they stand; what a file has not
  /// is null in its rows. Otherwise all files must have the same columns in the same order.
  public var unionsByName = false
  /// A column of this name says which file each row is from.
  public var fileNameColumn: String?
  /// Whether `key=value` in a path makes a column: in all of the path, or nowhere; within folders and
  /// where patterns match when `nil`.
  public var readsHiveKeys: Bool?
  /// What was left out where the files were looked for.
  package var notes: [Note] = []

  public init() {}

  /// Whether the table has, or may have, other columns than the first file.
  package var isPlain: Bool { !unionsByName && fileNameColumn == nil }
}
