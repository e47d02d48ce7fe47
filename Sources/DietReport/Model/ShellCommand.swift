import Columnar

/// A command to type next, as a shell wants it.
struct ShellCommand {
  private var words: [String] = []

  init(_ words: [String]) { self = ShellCommand().adding(words: words) }

  private init() {}

  func adding(words: [String]) -> ShellCommand {
    var command = self
    command.words += words.map(\.shellWord)
    return command
  }

  /// Adds paths; the placeholder instead of any that no one would type.
  func adding(paths: [String], placeholder: String) -> ShellCommand {
    var command = self
    // A path that starts with a dash is not an option.
    let quoted = paths.map { ($0 != "-" && $0.hasPrefix("-") ? "./" + $0 : $0).shellWord }
    let isPlain = paths.allSatisfy { $0.onOneLine == $0 }
    let isShort = paths.count <= 3 && quoted.allSatisfy { $0.displayWidth <= 60 }
    command.words += isPlain && isShort ? quoted : [placeholder]
    return command
  }

  /// The command, continued with `\` where one line does not hold it.
  func lines(of width: Int) -> [String] {
    let lines = words.lines(of: width - 2, separator: " ")
    return lines.dropLast().map { $0 + " \\" } + lines.suffix(1)
  }
}

extension AnalysisReport {
  /// Writes the lean table beside the one that was read; `nil` where there is nothing to write.
  var nextCommand: ShellCommand? {
    guard !columns.isEmpty, !input.isInMemory else { return nil }
    let files =
      !input.named.isEmpty ? input.named : input.files.count > 1 ? input.files : [input.path]
    return ShellCommand(["diet", "apply"])
      .adding(paths: files, placeholder: files.count > 1 ? "FILES" : "FILE")
      .adding(words: readingOptions + ["-o"])
      .adding(paths: [Self.leanName(of: files[0])], placeholder: "lean.arrow")
  }

  /// `data/flights.csv.zst` → `flights.arrow`, in the directory where the user is.
  private static func leanName(of path: String) -> String {
    guard path != "-" else { return "lean.arrow" }
    var name = path.split(separator: "/").last ?? "lean"
    for suffix in [".zst", ".gz", ".csv", ".tsv", ".psv", ".txt"] where name.hasSuffix(suffix) {
      if name.count > suffix.count { name.removeLast(suffix.count) }
    }
    return name + ".arrow"
  }
}
