import Foundation
import TestSupport
import Testing

/// One entry of `bad-input.txt`: what is run on which files, how it ends, and every word of its
/// error. Files that are no text are given as `base64 NAME: …`.
///
///     name: a quote that is never closed
///     run: cat in.csv
///     file in.csv: a,b\n1,"2\n
///     exit: 2
///     error: diet: in.csv, line 2, byte 6: …
struct BadInputCase: CustomTestStringConvertible, Sendable {
  /// The lines that say what is run, as they stand in the file.
  var setup: [String] = []
  var name = ""
  var arguments: [String] = []
  /// A name that ends in `/` is a folder; content that begins with `@` a link to that name.
  var files: [(name: String, bytes: [UInt8])] = []
  var input: [UInt8] = []
  var exitCode: Int32 = 0
  var errors: [String] = []

  var testDescription: String { name }

  static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "bad-input.txt")

  static func all() throws -> [BadInputCase] {
    try String(contentsOf: path, encoding: .utf8).components(separatedBy: "\n\n")
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }.map(BadInputCase.init)
  }

  init(_ text: String) throws {
    for line in text.split(separator: "\n").map(String.init) {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { throw Malformed(line: line) }
      let value = String(parts[1].hasPrefix(" ") ? parts[1].dropFirst() : parts[1])
      switch parts[0] {
      case "exit": exitCode = Int32(value) ?? -1
      case "error": errors.append(value)
      default: setup.append(line)
      }
      switch parts[0] {
      case "name": name = value
      case "run": arguments = try Self.words(value)
      case "input": input = try Self.bytes(value)
      case let key where key.hasPrefix("file "):
        files.append((String(key.dropFirst(5)), try Self.bytes(value)))
      case let key where key.hasPrefix("base64 "):
        guard let data = Data(base64Encoded: value) else { throw Malformed(line: line) }
        files.append((String(key.dropFirst(7)), [UInt8](data)))
      default: break
      }
    }
  }

  struct Malformed: Error { let line: String }

  /// Runs the command in a folder with these files alone.
  func run() throws -> CommandRun {
    let folder = try folder()
    let names = folder.names
    let run = try CommandRun(arguments, in: folder.url, input: Data(input))
    #expect(folder.names == names, "a refused run leaves nothing behind")
    return run
  }

  /// Runs it with an option that its error names, as a shell takes it, in place of what is said of
  /// that option, or without it where that was the advice.
  func run(following advice: String) throws -> CommandRun {
    let folder = try folder()
    let option = advice.prefix { $0 != " " && $0 != "=" }
    var words = arguments
    if let index = words.firstIndex(of: String(option)) {
      words.remove(at: index)
      let hasValue = index < words.count && !words[index].hasPrefix("--")
      if hasValue, !["--strict", "--exact", "--no-measure", "--text"].contains(option) {
        words.remove(at: index)
      }
    }
    let isLeftOut =
      words.count < arguments.count && arguments.joined(separator: " ").contains(advice)
    let text = isLeftOut ? "" : advice.replacing("FILE", with: "rejects.csv")
    let shell = words.map { "'\($0.replacing("'", with: "'\\''"))'" }.joined(separator: " ")
    return try CommandRun(
      ["-c", "exec \"$DIET\" \(shell) \(text)"], of: URL(filePath: "/bin/sh"), in: folder.url,
      input: Data(input), environment: ["DIET": CommandRun.executable.path])
  }

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, bytes) in files {
      if name.hasSuffix("/") {
        try FileManager.default.createDirectory(
          atPath: folder.path(name), withIntermediateDirectories: true)
      } else if bytes.first == UInt8(ascii: "@") {
        try FileManager.default.createSymbolicLink(
          atPath: folder.path(name),
          withDestinationPath: String(decoding: bytes.dropFirst(), as: UTF8.self))
      } else {
        try folder.file(name, Data(bytes))
      }
    }
    return folder
  }

  /// The entry with what `run` gave.
  func recorded(_ run: CommandRun) -> String {
    (setup + ["exit: \(run.exitCode)"] + Self.lines(run.errors).map { "error: \($0)" })
      .joined(separator: "\n")
  }

  /// Lines without spaces at their ends.
  static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  // MARK: - Text with escapes

  /// Words as a shell tells them apart, with single and double quotes.
  private static func words(_ text: String) throws -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in text.replacing("\\n", with: "\n") {
      switch character {
      case quote: quote = nil
      case "'" where quote == nil, "\"" where quote == nil:
        quote = character
        word = word ?? ""
      case " " where quote == nil:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    if quote != nil { throw Malformed(line: text) }
    return words + (word.map { [$0] } ?? [])
  }

  /// `\n`, `\r`, `\t`, `\\` and `\xHH` stand for bytes, `«ab»*3 ` for `ababab`.
  private static func bytes(_ text: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text[...]
    while let character = rest.popFirst() {
      switch character {
      case "«":
        guard let end = rest.firstIndex(of: "»") else { throw Malformed(line: text) }
        let part = try Self.bytes(String(rest[..<end]))
        rest = rest[end...].dropFirst(2)
        let digits = rest.prefix { $0.isNumber }
        guard let count = Int(digits) else { throw Malformed(line: text) }
        // The space behind the number is no text.
        rest = rest.dropFirst(digits.count + 1)
        for _ in 0..<count { bytes += part }
      case "\\":
        switch rest.popFirst() {
        case "n": bytes.append(0x0A)
        case "r": bytes.append(0x0D)
        case "t": bytes.append(0x09)
        case "\\": bytes.append(0x5C)
        case "x":
          guard let byte = UInt8(rest.prefix(2), radix: 16) else { throw Malformed(line: text) }
          bytes.append(byte)
          rest = rest.dropFirst(2)
        default: throw Malformed(line: text)
        }
      default: bytes += Array(String(character).utf8)
      }
    }
    return bytes
  }
}
