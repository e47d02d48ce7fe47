package import Columnar
import Platform

/// The inputs that paths lead to: files, all files of a folder, what a pattern such as `'data/*.csv'`
/// matches.
package struct InputFiles {
  package private(set) var inputs: [CSVInput] = []
  /// The first bytes of each input, where they are known.
  package private(set) var starts: [[UInt8]?] = []
  /// What was left out.
  package private(set) var notes: [Note] = []

  /// - Parameters:
  ///   - readsHiveKeys: As in `FileOptions`.
  ///   - keepsStreams: Whether what can be read only once is kept while it is read.
  /// - Throws: `ReadingError`
  package init(
    _ paths: [String], readsHiveKeys: Bool? = nil, digestAlgorithm: DigestAlgorithm? = nil,
    keepsStreams: Bool = true
  ) throws(ReadingError) {
    func add(_ path: String, keysFrom first: Int?) throws(ReadingError) {
      let (input, start) =
        keepsStreams
        ? try CSVInput.readingAgain(path: path, digestAlgorithm: digestAlgorithm)
        : (CSVInput.path(path), nil)
      starts.append(start)
      let from = readsHiveKeys.map { $0 ? 0 : nil } ?? first
      let keys = from.map { PartitionKey.keys(in: path, from: $0) } ?? []
      inputs.append(keys.isEmpty ? input : .partition(input, keys))
    }
    func addFolder(_ path: String, keysFrom first: Int) throws(ReadingError) {
      let folder = try DataFolder(path)
      if let note = folder.note(path) { notes.append(note) }
      for file in folder.files { try add(file, keysFrom: first) }
    }
    for named in paths {
      // All of a folder is the folder.
      let path = named.hasSuffix("/**") ? String(named.dropLast(3)) : named
      var status = stat()
      let isThere = path != "-" && stat(path, &status) == 0
      if isThere, status.st_mode & S_IFMT == S_IFDIR {
        try addFolder(path, keysFrom: Self.componentCount(path[...]))
      } else if !isThere, let wildcard = path.firstIndex(where: { "*?[".contains($0) }) {
        let root = path[..<wildcard].lastIndex(of: "/").map { path[..<$0] } ?? ""
        let first = Self.componentCount(root)
        for match in try Self.matches(path) {
          if stat(match, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            try addFolder(match, keysFrom: first)
          } else {
            try add(match, keysFrom: first)
          }
        }
      } else {
        try add(path, keysFrom: nil)
      }
    }
  }

  /// The files that paths lead to, those of folders being the ones with an ending: for what is no table itself.
  ///
  /// - Throws: `ReadingError` where a folder or a pattern has none.
  package static func paths(_ named: [String], ending: String) throws(ReadingError) -> [String] {
    func all(in folder: String) throws(ReadingError) -> [String] {
      var walk = FolderWalk()
      try walk.visit(folder)
      let files = walk.files.filter { $0.hasSuffix(ending) }
      guard !files.isEmpty else {
        throw ReadingError(
          .fileNotFound, file: folder, "there is no file in this folder that ends in \(ending)",
          remedy: "check the path")
      }
      return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    var paths: [String] = []
    for path in named {
      var status = stat()
      let isThere = path != "-" && stat(path, &status) == 0
      if isThere, status.st_mode & S_IFMT == S_IFDIR {
        paths += try all(in: path)
      } else if !isThere, path.contains(where: { "*?[".contains($0) }) {
        for match in try matches(path) {
          let isFolder = stat(match, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
          paths += isFolder ? try all(in: match) : [match]
        }
      } else {
        paths.append(path)
      }
    }
    return paths
  }

  private static func componentCount(_ path: Substring) -> Int {
    path.split(separator: "/", omittingEmptySubsequences: true).count
  }

  /// The paths that match a pattern, sorted.
  ///
  /// - Throws: `ReadingError` where there is none.
  package static func matches(_ pattern: String) throws(ReadingError) -> [String] {
    let paths = try FolderPattern(pattern)?.matches() ?? glob(pattern)
    guard !paths.isEmpty else {
      throw ReadingError(
        .fileNotFound, file: pattern, "no file matches this pattern",
        remedy: "check the path: `*` stands for any text within one name, `**` for any folders")
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  static func glob(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard Platform.glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }
}
