import Options
import Pipeline

/// Why profiles cannot be put together, or say nothing of a table.
public struct ProfileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, for programs.
  public enum Code: Hashable, Sendable {
    /// The parts are of tables with other columns, or of files that have changed.
    case otherTable
    /// The parts were read with other options.
    case otherOptions
    /// Both have the same records.
    case overlap
    /// Some records are in no part.
    case missingParts
    /// Brief profiles do not tell what some column is.
    case lackingReadings
  }

  /// What is wrong, for programs.
  public let code: Code
  /// What is wrong, in words.
  public let message: String

  public var description: String { message }

  init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

  init(_ error: PartError) {
    switch error {
    case .otherOptions(let a, let b):
      self.init(
        .otherOptions,
        "the parts were read in different ways, with \(Self.words(a)) and with \(Self.words(b));"
          + " profile all with the same options")
    case .otherColumns(let a, let b): self.init(.otherTable, Self.columns(a, b))
    case .otherFile(let a, let b):
      self.init(
        .otherTable, "one scan is of \(a), another of \(b); scans are put together file by file")
    case .otherDialect(let file):
      self.init(.otherTable, "\(file) is spelled differently in two parts: it has changed")
    case .otherSize(let file, let a, let b):
      self.init(
        .otherTable, "\(file) has \(a) bytes in one part and \(b) in another: it has changed")
    case .overlap(let file, let range):
      self.init(
        .overlap,
        "bytes \(range.lowerBound) to \(range.upperBound) of \(file) are in two parts; leave one of them out, and profile what"
          + " else it had")
    }
  }

  private static func words(_ options: [String]) -> String {
    let words = (try? ReadingOptions(profileWords: options))?.words() ?? options
    return words.isEmpty ? "no options" : "`\(words.joined(separator: " "))`"
  }

  private static func columns(
    _ a: (file: String, names: [String]), _ b: (file: String, names: [String])
  ) -> String {
    if a.file == b.file {
      return
        "\(a.file) has other columns in one part than in another: it has changed; profile all of it anew"
    }
    func sentence(_ name: String, _ with: String, _ without: String) -> String {
      "\(with) has a column `\(name)`, which \(without) has not; parts are of files with the same columns in one"
        + " order: `diet analyze` reads others, with `--union-by-name`"
    }
    if let name = a.names.first(where: { !b.names.contains($0) }) {
      return sentence(name, a.file, b.file)
    }
    if let name = b.names.first(where: { !a.names.contains($0) }) {
      return sentence(name, b.file, a.file)
    }
    let place = zip(a.names, b.names).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    guard let place else { return "\(a.file) and \(b.file) have not as many columns" }
    return
      "column \(place + 1) is `\(a.names[place])` in \(a.file) and `\(b.names[place])` in \(b.file); parts are"
      + " of files with the same columns in one order: `diet analyze` reads others, with `--union-by-name`"
  }

  static func lacking(_ columns: [String]) -> ProfileError {
    let names = columns.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    let more = columns.count > 3 ? " and \(columns.count - 3) more" : ""
    let verb = columns.count > 1 ? "are" : "is"
    return ProfileError(
      .lackingReadings,
      "\(names)\(more) \(verb) not alike in all parts, and brief profiles do not say what that makes of the whole;"
        + " profile all parts anew, without --brief")
  }

  static func missing(_ part: PartProfile) -> ProfileError {
    let gaps = part.files.flatMap { file in
      file.missing.map { "bytes \($0.lowerBound) to \($0.upperBound) of \(file.name)" }
    }
    let more = gaps.count > 3 ? " and \(gaps.count - 3) more" : ""
    return ProfileError(
      .missingParts,
      "\(gaps.prefix(3).joined(separator: ", "))\(more) are in no part;"
        + " profile what is missing, and merge it")
  }
}
