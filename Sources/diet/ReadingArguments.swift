import ArgumentParser
import Columnar
import DelimitedText
import FileIO
import Options
import Pipeline
import Platform
import TabularDiet
import Wording

/// What is read, and how: the same for every verb.
struct ReadingArguments: ParsableArguments {
  @Argument(
    help:
      "CSV, Arrow or Parquet files with the same columns, or folders of them; CSV may be compressed; - is standard input.",
    completion: .file()
  )
  var paths: [String]

  @OptionGroup var given: OptionArguments<TableScope>

  @OptionGroup var memory: MemoryArguments

  var options: ReadingOptions { given.options }

  func validate() throws {
    guard paths.filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("`-` may be used only once")
    }
  }

  /// The same options, and those of the verb.
  func options<Scope>(with more: OptionArguments<Scope>) throws -> ReadingOptions {
    var options = options
    try options.take(Scope.sections, from: more.options)
    return options
  }

  /// Says on standard error what was odd or left out, and writes the records that were rejected.
  func report(on source: TableSource) throws {
    for note in source.notes { RunLog.note(note) }
    try saveRejects(of: source)
  }

  /// Writes the records that were rejected, where they are to be kept.
  func saveRejects(of source: TableSource) throws {
    if let path = options.rejectsPath, let table = source.csv { try table.saveRejects(to: path) }
  }

  /// Reads the table, showing how far it is. Certificates are for tables that are written.
  func reader(
    _ options: ReadingOptions? = nil, digest: DigestAlgorithm? = nil, progress: ProgressLine? = nil
  ) throws -> TableReader {
    let options = options ?? self.options
    let start = ContinuousClock.now
    var reader =
      try TableReader(profiles: paths, options: options)
      ?? TableReader(paths, options: options, digest: digest)
    let seconds = SecondsText((ContinuousClock.now - start).seconds)
    RunLog.stage("opened \(CountText(max(reader.files.count, 1), "file")) in \(seconds)")
    progress?.expect(reader)
    reader.progress = progress?.callback
    return reader
  }

  /// Reads the files one by one; what can be read only once is read once.
  func singleReader() throws -> TableReader {
    try TableReader(
      paths, options: options, digest: nil, format: .detected, keepsStreams: false)
  }

  /// The files that the table is read from, and the one that rejected records go to.
  func files() throws -> RunFiles {
    var files = RunFiles(reading: try singleReader().inputs)
    if let path = options.rejectsPath {
      try files.write(path, option: "--on-bad-record collect")
    }
    return files
  }

  /// Makes `--on-bad-record collect FILE` one value, which is how it is parsed.
  static func joiningCollect(_ arguments: [String]) -> [String] {
    var joined: [String] = []
    for argument in arguments {
      if joined.suffix(2) == ["--on-bad-record", "collect"], !argument.hasPrefix("-") {
        joined[joined.count - 1] = "collect=\(argument)"
      } else if joined.last == "--on-bad-record=collect", !argument.hasPrefix("-") {
        joined[joined.count - 1] += "=\(argument)"
      } else {
        joined.append(argument)
      }
    }
    return joined
  }
}

extension ArgumentHelp {
  /// The formats that a verb prints: `table, json or csv`.
  static func formats(_ names: [String]) -> ArgumentHelp { choice("Output format", names) }

  /// What an option takes one of: `Engine to compare with: pandas, polars or arrow.`
  static func choice(
    _ what: String, _ names: [String], valueName: String? = nil
  ) -> ArgumentHelp {
    let list = names.dropLast().joined(separator: ", ")
    return ArgumentHelp("\(what): \(list) or \(names.last ?? "").", valueName: valueName)
  }
}

/// Refuses a word that an option does not take.
func check(_ option: String, _ word: String, in words: [String]) throws {
  guard words.contains(word) else {
    throw ValidationError(OptionError(invalid: word, expected: words).of(option).inCommands)
  }
}
