import Columnar

/// A command to type next, as a shell wants it.
package struct ShellCommand {
  private var words: [String] = []

  package init(_ words: [String]) { self = ShellCommand().adding(words: words) }

  private init() {}

  package func adding(words: [String]) -> ShellCommand {
    var command = self
    command.words += words.map(\.shellWord)
    return command
  }

  /// Adds paths; the placeholder instead of any that no one would type.
  package func adding(paths: [String], placeholder: String) -> ShellCommand {
    var command = self
    // A path that starts with a dash is not an option.
    let quoted = paths.map { ($0 != "-" && $0.hasPrefix("-") ? "./" + $0 : $0).shellWord }
    let isPlain = paths.allSatisfy { $0.onOneLine == $0 }
    let isShort = paths.count <= 3 && quoted.allSatisfy { $0.displayWidth <= 60 }
    command.words += isPlain && isShort ? quoted : [placeholder]
    return command
  }

  /// The command, continued with `\` where one line does not hold it.
  package func lines(of width: Int) -> [String] {
    let lines = words.lines(of: width - 2, separator: " ")
    return lines.dropLast().map { $0 + " \\" } + lines.suffix(1)
  }
}
