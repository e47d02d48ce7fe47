import Platform

/// A path that goes on behind a file: `data.zip/inner.csv`. No file can be called so, since a file is
/// no folder.
struct ArchivePath {
  let file: String
  let member: String

  init?(_ path: String) {
    var slash = path.startIndex
    while let next = path[slash...].firstIndex(of: "/") {
      slash = path.index(after: next)
      var status = stat()
      let file = String(path[..<next])
      guard !file.isEmpty, stat(file, &status) == 0 else { continue }
      guard status.st_mode & S_IFMT == S_IFREG, slash < path.endIndex else { continue }
      self.file = file
      member = String(path[slash...])
      return
    }
    return nil
  }
}
