/// Why what is known of two parts is not of one table.
package enum PartError: Error, Sendable {
  case otherOptions([String], [String])
  /// A file of each, and its columns.
  case otherColumns((file: String, names: [String]), (file: String, names: [String]))
  case otherFile(String, String)
  case otherDialect(String)
  case otherSize(String, Int, Int)
  case overlap(String, Range<Int>)
}
