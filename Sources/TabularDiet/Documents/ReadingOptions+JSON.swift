import Columnar
package import Options

extension ReadingOptions {
  /// How a program says it: the options as a JSON object, under their names in programs.
  ///
  /// - Throws: `OptionError`.
  package init(json: String) throws {
    do {
      self = try JSONDocument.decode(Array(json.utf8), path: "options", kind: "JSON object")
    } catch let error as DocumentError {
      throw OptionError(Sentence("\(error)"))
    }
    try checkForPrograms()
  }
}
