import Columnar
import Platform

/// The files of a table that stand in a folder, in the folders within it too.
///
/// Hidden files and folders, and those whose names begin with `_`, are left out, as Spark and DuckDB
/// leave them out: they are notes of whoever wrote the others.
struct DataFolder {
  /// What is read, sorted by path.
  let files: [String]
  /// What is not, as its ending is none of data.
  let others: [String]

  private enum Kind: String {
    case text, arrow, parquet

    var words: String {
      switch self {
      case .text: "text"
      case .arrow: "Arrow"
      case .parquet: "Parquet"
      }
    }

    /// What a name says of a file; `nil` where it says nothing.
    init?(_ name: String) {
      var parts = name.lowercased().split(separator: ".").map(String.init)
      if let last = parts.last, Kind.packings.contains(last) { parts.removeLast() }
      guard parts.count > 1, let ending = parts.last else { return nil }
      switch ending {
      case "csv", "tsv", "tab", "psv", "ssv": self = .text
      case "arrow", "arrows", "feather", "ipc": self = .arrow
      case "parquet", "pq", "parq": self = .parquet
      default: return nil
      }
    }

    private static let packings: Set<String> = ["gz", "zst", "bz2", "xz", "lzma", "zip"]
  }

  /// - Throws: `ReadingError` where there is no data in it, or of several kinds.
  init(_ path: String) throws(ReadingError) {
    var walk = FolderWalk()
    try walk.visit(path)
    walk.files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var byKind: [Kind: [String]] = [:]
    var others: [String] = []
    for file in walk.files {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      if let kind = Kind(name) {
        byKind[kind, default: []].append(file)
      } else {
        others.append(file)
      }
    }
    let kinds = byKind.keys.sorted { $0.rawValue < $1.rawValue }
    if kinds.count > 1 {
      let examples = kinds.map { "\($0.words) (\(byKind[$0]![0]))" }
      throw ReadingError(
        .unsupportedInput, file: path,
        "the folder holds files of several kinds: \(examples.joined(separator: ", "))",
        remedy: "name those of one table, for example `'\(Self.pattern(byKind[kinds[0]]![0]))'`")
    }
    guard let kind = kinds.first, let files = byKind[kind] else {
      guard let other = others.first else {
        throw ReadingError(
          .fileNotFound, file: path,
          "there is no file in this folder"
            + (walk.leftOut > 0 ? " but hidden ones, and such that begin with `_`" : ""),
          remedy: "check the path")
      }
      throw ReadingError(
        .fileNotFound, file: path,
        "there is no file in this folder that ends in .csv, .tsv, .parquet, .arrow or the like",
        remedy: "name the files in it, for example `'\(Self.pattern(other))'`")
    }
    self.files = files
    self.others = others
  }

  /// All files beside one whose names end as its does.
  private static func pattern(_ file: String) -> String {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last ?? ""
    let ending = name.lastIndex(of: ".").map { name[$0...] } ?? ""
    return (parts.dropLast().map(String.init) + ["*\(ending)"]).joined(separator: "/")
  }

  /// Says what is left out of the folder; `nil` where that is nothing.
  func note(_ path: String) -> Note? {
    guard !others.isEmpty else { return nil }
    let names = others.prefix(3).joined(separator: ", ")
    let more = others.count > 3 ? " and \(others.count - 3) more" : ""
    let (verb, theirs) = others.count == 1 ? ("is", "name is") : ("are", "names are")
    return Note(
      .filesLeftOut,
      """
      \(path): \(names)\(more) \(verb) left out, whose \(theirs) none of data; to read one, name it
      """)
  }
}

/// A way through a folder and all within it.
struct FolderWalk {
  fileprivate(set) var files: [String] = []
  /// Names that are hidden or begin with `_`.
  private(set) var leftOut = 0
  /// The folders on the way, to notice links that lead back.
  private var way: [(device: dev_t, inode: ino_t)] = []

  mutating func visit(_ path: String) throws(ReadingError) {
    var status = stat()
    guard stat(path, &status) == 0, let folder = opendir(path) else {
      throw ReadingError(
        .permissionDenied, file: path,
        "this folder cannot be read: \(String(cString: strerror(errno)))",
        remedy: "check its owner and mode with `ls -ld`")
    }
    defer { closedir(folder) }
    let place = (device: status.st_dev, inode: status.st_ino)
    if way.contains(where: { $0 == place }) { return }
    way.append(place)
    defer { way.removeLast() }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      if name.hasPrefix(".") || (name.hasPrefix("_") && !name.contains("=")) {
        leftOut += 1
        continue
      }
      let full = path.hasSuffix("/") ? path + name : path + "/" + name
      guard stat(full, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: try visit(full)
      case S_IFREG: files.append(full)
      default: break
      }
    }
  }
}
