package import ArrowFormat
import Columnar
package import FileIO
package import Options
package import Pipeline
package import Typing

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

  /// What `paths` lead to.
  ///
  /// - Parameter keepsStreams: Whether what can be read only once is kept while it is read.
  /// - Throws: `OptionError`, `ReadingError`.
  package func files(
    _ paths: [String], digestAlgorithm: DigestAlgorithm? = nil, keepsStreams: Bool = true
  ) throws -> InputFiles {
    guard !paths.isEmpty else { throw OptionError("there is no path: name at least one file") }
    guard paths.filter({ $0 == "-" }).count <= 1 else {
      throw OptionError("`-` may be used only once")
    }
    return try InputFiles(
      paths, readsHiveKeys: text.files.readsHiveKeys, digestAlgorithm: digestAlgorithm,
      keepsStreams: keepsStreams)
  }

  /// What is to be read from `paths`, and how.
  ///
  /// - Throws: `OptionError`, `ReadingError`.
  package func table(
    _ paths: [String], digestAlgorithm: DigestAlgorithm? = nil
  ) throws -> TableReading {
    try validate()
    let files = try files(paths, digestAlgorithm: digestAlgorithm)
    var table = try TableReading(
      inputs: files.inputs, options: self, digestAlgorithm: digestAlgorithm)
    table.reading.files.notes = files.notes
    return table
  }

  /// The table that another library has in memory, which has types already.
  ///
  /// - Throws: `OptionError` where an option says how text or files are read; `ReadingError`.
  package func load(
    _ table: ArrowStreamTable, keepsValues: Bool, countsDistinct: Bool,
    obstacles: ObstacleSearch = .none
  ) throws -> LoadedTable {
    if let textOption {
      throw OptionError(
        "\(mention: textOption): \(table.name) has types already; the option is for text such as CSV"
      )
    }
    if let (option, value) = given(in: [.files]).first {
      throw OptionError(
        "\(mention: option.mention(for: value)): \(table.name) is one table; the option is for files"
      )
    }
    var options = ArrayTableLoader.Options(
      keepsValues: keepsValues, countsDistinct: countsDistinct)
    options.obstacles = obstacles
    options.only = columns.map(Set.init)
    options.drop = Set(drop)
    options.threads = text.threads
    return try ArrayTableLoader([table], format: "memory", options: options).load()
  }
}
