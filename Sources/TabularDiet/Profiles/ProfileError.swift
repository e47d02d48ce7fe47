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
    case .otherDialect(let file):
      self.init(.otherTable, "\(file) is spelled differently in two parts: it has changed")
    case .otherSize(let file, let a, let b):
      self.init(
        .otherTable, "\(file) has \(a) bytes in one part and \(b) in another: it has changed")
    case .overlap(let file, let range):
      self.init(
        .overlap,
        "bytes \(range.lowerBound) to \(range.upperBound) of \(file) are in two parts; leave one out"
      )
    }
  }

  private static func words(_ options: [String]) -> String {
    let words = (try? ReadingOptions(profileWords: options))?.words() ?? options
    return words.isEmpty ? "no options" : "`\(words.joined(separator: " "))`"
  }

  private static func columns(_ a: [String], _ b: [String]) -> String {
    let one = (a.filter { !b.contains($0) } + b.filter { !a.contains($0) }).first
    let place =
      zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(a.count, b.count)
    guard let one else {
      return "the parts are of different tables: column \(place + 1) is `\(a[place])` in one and"
        + " `\(b[place])` in another"
    }
    return "the parts are of different tables: column `\(one)` is in one of them alone"
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
