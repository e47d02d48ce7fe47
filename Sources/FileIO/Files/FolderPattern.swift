import Platform

/// A pattern with `**`, which stands for any number of folders and which the C library's `glob` does
/// not know. What a folder leaves out that is named, hidden files and such, `**` leaves out too.
struct FolderPattern {
  /// What is before the first `**`.
  private let root: String
  /// The names from there on.
  private let names: [String]

  /// `nil` where there is no `**`.
  init?(_ pattern: String) {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let place = parts.firstIndex(of: "**") else { return nil }
    root = parts[..<place].map { $0 + "/" }.joined()
    names = Array(parts[place...])
  }

  /// - Throws: `ReadingError` where a folder on the way cannot be read.
  func matches() throws(ReadingError) -> [String] {
    var paths: [String] = []
    for folder in root.isEmpty ? [""] : InputFiles.glob(root) {
      var walk = FolderWalk()
      try walk.visit(folder.isEmpty ? "./" : folder)
      let skipped = folder.isEmpty ? 2 : folder.utf8.count
      for file in walk.files {
        let path = file.utf8.dropFirst(skipped).split(separator: UInt8(ascii: "/"))
        if Self.match(names[...], path.map { String($0)! }[...]) {
          paths.append(folder.isEmpty ? String(file.dropFirst(2)) : file)
        }
      }
    }
    return paths
  }

  private static func match(_ names: ArraySlice<String>, _ path: ArraySlice<String>) -> Bool {
    guard let name = names.first else { return path.isEmpty }
    if name == "**" {
      return match(names.dropFirst(), path)
        || (!path.isEmpty && match(names, path.dropFirst()))
    }
    guard let first = path.first else { return false }
    return fnmatch(name, first, FNM_PERIOD) == 0 && match(names.dropFirst(), path.dropFirst())
  }
}
