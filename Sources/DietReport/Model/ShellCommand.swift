/// A command to type next, as a shell wants it.
struct ShellCommand {
  private var words: [String] = []

  init(_ words: [String]) { self = ShellCommand().adding(words: words) }

  private init() {}

  func adding(words: [String]) -> ShellCommand {
    var command = self
    command.words += words.map(Self.quoted)
    return command
  }

  /// Adds paths; the placeholder instead of any that no one would type.
  func adding(paths: [String], placeholder: String) -> ShellCommand {
    var command = self
    // A path that starts with a dash is not an option.
    let quoted = paths.map { Self.quoted($0 != "-" && $0.hasPrefix("-") ? "./" + $0 : $0) }
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

  /// The word in quotes where a shell would read it otherwise: `'my file'`, `$'\\x09'`.
  private static func quoted(_ word: String) -> String {
    if !word.isEmpty, word.utf8.allSatisfy(isPlain) { return word }
    let hasControls = word.unicodeScalars.contains { $0.picture != nil }
    var text = (hasControls ? "$'" : "'").unicodeScalars
    for scalar in word.unicodeScalars {
      switch scalar {
      case "'": text.append(contentsOf: (hasControls ? "\\'" : "'\\''").unicodeScalars)
      case "\\" where hasControls: text.append(contentsOf: "\\\\".unicodeScalars)
      case _ where scalar.picture != nil:
        let digits = String(scalar.value, radix: 16)
        let (letter, width) = scalar.isASCII ? ("x", 2) : ("u", 4)
        let zeros = String(repeating: "0", count: width - digits.count)
        text.append(contentsOf: "\\\(letter)\(zeros)\(digits)".unicodeScalars)
      default: text.append(scalar)
      }
    }
    return String(text) + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
      true
    default: "-_./,:=@%+".utf8.contains(byte)
    }
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
