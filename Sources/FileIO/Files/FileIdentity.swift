import Platform

/// What is one regular file under any name. A device or a pipe is none, nor is standard output.
package struct FileIdentity: Hashable {
  private let device: UInt64
  private let node: UInt64
  /// The name in the folder that the numbers are of, of a file that is not there yet.
  private let name: String

  /// `nil` for what is no regular file, and for what is in no folder that is there.
  package init?(_ path: String) {
    if path == "-" || path.utf8.contains(0) { return nil }
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else { return nil }
      name = ""
    } else {
      let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
      let folder = start == path.startIndex ? "." : String(path[..<start])
      guard stat(folder, &status) == 0 else { return nil }
      name = String(path[start...])
    }
    device = UInt64(status.st_dev)
    node = UInt64(status.st_ino)
  }

  /// The file that is read from at `path`: of a path to an archive's member, the archive.
  package init?(reading path: String) { self.init(ArchivePath(path)?.file ?? path) }

  /// Removes the regular file at `path`. A device or a pipe stays, and so does a link: the file that it leads
  /// to goes, for that is what was written.
  package static func removeFile(at path: String) {
    guard !path.utf8.contains(0), let target = realpath(path, nil) else { return }
    defer { free(target) }
    var status = stat()
    guard lstat(target, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    unlink(target)
  }
}
