package import DelimitedText
import Platform

extension CSVTableSource {
  /// Writes the records that were left out, with the reasons. A file that holds anything else is not
  /// one to replace: it may be an input.
  package func saveRejects(to path: String) throws {
    var start = [UInt8](repeating: 0, count: Self.rejectsHeader.utf8.count)
    if let file = fopen(path, "r") {
      defer { fclose(file) }
      let count = fread(&start, 1, start.count, file)
      guard count == 0 || start.elementsEqual(Self.rejectsHeader.utf8) else {
        throw DocumentError(
          path: path,
          message: "that file has something else in it than rejected records;"
            + " name another one behind `--on-bad-record collect`")
      }
    }
    try writeRejects(to: path)
  }
}
