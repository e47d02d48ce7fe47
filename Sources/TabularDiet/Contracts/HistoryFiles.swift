import FileIO
import FoundationEssentials

/// The files of a history: each is a table at a time.
package enum HistoryFiles {
  /// Files as they were named, and all in folders, by name; names that begin with a dot or an underscore are none.
  ///
  /// - Throws: `DocumentError` where there is none.
  package static func files(_ paths: [String]) throws -> [String] {
    var files: [String] = []
    for path in paths {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw DocumentError(path: path, message: "there is no such file or folder")
      }
      guard isFolder else {
        files.append(path)
        continue
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { !$0.hasPrefix(".") && !$0.hasPrefix("_") && !$0.hasSuffix(".certificate.json") }
        .sorted()
      guard !names.isEmpty else { throw DocumentError(path: path, message: "the folder is empty") }
      files += names.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }
    return files
  }
}
