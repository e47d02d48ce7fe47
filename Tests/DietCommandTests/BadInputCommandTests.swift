import Foundation
import TestSupport
import Testing

/// A file that is not as it should be: what the command says, and how it ends.
struct BadInput: CustomTestStringConvertible, Sendable {
  var name: String
  var bytes: [UInt8]?
  var arguments: [String] = []
  var exitCode: Int32
  /// Words that standard error must have.
  var errors: [String] = []
  /// Words that standard output must have.
  var output: [String] = []

  var testDescription: String { name }

  init(
    _ name: String, _ text: String? = nil, bytes: [UInt8]? = nil, arguments: [String] = [],
    exit exitCode: Int32, errors: [String] = [], output: [String] = []
  ) {
    self.name = name
    self.bytes = bytes ?? text.map { Array($0.utf8) }
    self.arguments = arguments
    self.exitCode = exitCode
    self.errors = errors
    self.output = output
  }

  static let all: [BadInput] = [
    BadInput("missing file", exit: 2, errors: ["input.csv", "no such file"]),
    BadInput("empty file", "", exit: 0, output: ["\"rows\": 0", "\"columns\": 0"]),
    BadInput(
      "header only", "a,b\n", exit: 0, output: ["\"rows\": 0", "\"logical_type\": \"null\""]),
    BadInput(
      "unterminated quote", "a,b\n1,\"2\n3,4\n", exit: 2, errors: ["line 2", "quote"]),
    BadInput(
      "short record", "a,b\n1,2\n3\n", exit: 0, output: ["record is short", "\"nulls\": 1"]),
    BadInput(
      "short record, strict", "a,b\n1,2\n3\n", arguments: ["--strict"], exit: 1, errors: ["line 3"]),
    BadInput("long record", "a,b\n1,2\n3,4,5\n", exit: 0, output: ["column_3", "record is long"]),
    BadInput(
      "long record, strict", "a,b\n1,2\n3,4,5\n", arguments: ["--strict"], exit: 1,
      errors: ["line 3"]),
    BadInput(
      "invalid UTF-8", bytes: Array("a\ncaf".utf8) + [0xE9] + Array("\n".utf8), exit: 2,
      errors: ["UTF-8", "--encoding"]),
    BadInput(
      "latin-1 when told", bytes: Array("a\ncaf".utf8) + [0xE9] + Array("\n".utf8),
      arguments: ["--encoding", "latin-1"], exit: 0, output: ["café"]),
    BadInput(
      "NUL bytes", bytes: [0x61, 0x0A, 0x78, 0, 0x79, 0x0A], exit: 0, output: ["zero bytes"]),
    BadInput(
      "truncated zstd", bytes: [0x28, 0xB5, 0x2F, 0xFD, 0x24, 0x05, 0x29], exit: 2,
      errors: ["input.csv"]),
    BadInput(
      "1 MB field", "a,b\n\(String(repeating: "x", count: 1_000_000)),2\n", exit: 0,
      output: ["\"rows\": 1"]),
    BadInput(
      "5,000 columns",
      (0..<5000).map { "c\($0)" }.joined(separator: ",") + "\n"
        + (0..<5000).map(String.init).joined(separator: ",") + "\n", exit: 0,
      output: ["\"columns\": 5000", "c4999"]),
    BadInput(
      "duplicate and empty names", "a,a,,a_2\n1,2,3,4\n", exit: 0,
      output: ["\"a\"", "\"a_3\"", "\"column_3\"", "\"a_2\""]),
    BadInput(
      "value against its type", "a\n1\nx\n", arguments: ["--type", "a=integer"], exit: 2,
      errors: ["line 3", "column `a`", "`x`"]),
    BadInput(
      "unknown column in --type", "a\n1\n", arguments: ["--type", "b=integer"], exit: 2,
      errors: ["`b`", "the columns are a"]),
    BadInput("unknown type", "a\n1\n", arguments: ["--type", "a=int"], exit: 64, errors: ["int"]),
    BadInput("unknown option", "a\n1\n", arguments: ["--frobnicate"], exit: 64),
  ]
}

@Suite struct BadInputCommandTests {
  @Test(arguments: BadInput.all)
  func analyze(_ input: BadInput) throws {
    let folder = try TemporaryFolder()
    if let bytes = input.bytes { try folder.file("input.csv", Data(bytes)) }
    let run = try CommandRun(
      ["analyze", "input.csv", "--format", "json", "--no-measure"] + input.arguments,
      in: folder.url)
    #expect(run.exitCode == input.exitCode, "\(run.errors)")
    for word in input.errors {
      #expect(run.errors.localizedCaseInsensitiveContains(word), "\(run.errors)")
    }
    for word in input.output { #expect(run.output.contains(word), "\(run.output.prefix(2000))") }
    if input.exitCode != 0 {
      #expect(!run.errors.isEmpty)
      #expect(run.output.isEmpty || input.exitCode == 1)
    }
  }

  @Test func directory() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(["analyze", folder.url.path])
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("there is no file in this folder"))
  }

  @Test func outputToAFolderThatIsNotThere() throws {
    let folder = try TemporaryFolder()
    try folder.file("a.csv", "a\n1\n")
    let run = try CommandRun(["apply", "a.csv", "-o", "nowhere/lean.arrow"], in: folder.url)
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("nowhere/lean.arrow"))
    #expect(folder.names == ["a.csv"])
  }

  @Test func outputToAFullDisk() throws {
    let folder = try TemporaryFolder()
    try folder.file("a.csv", "a\n1\n")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("full.arrow"), withDestinationPath: "/dev/full")
    let run = try CommandRun(["apply", "a.csv", "-o", "/dev/full/lean.arrow"], in: folder.url)
    #expect(run.exitCode == 2)
    #expect(!run.errors.isEmpty)
  }

  @Test func inputIsNeverOverwritten() throws {
    let folder = try TemporaryFolder()
    try folder.file("a.csv", "a\n1\n")
    let run = try CommandRun(["apply", "a.csv", "-o", "./a.csv"], in: folder.url)
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("input"))
    let kept = try String(contentsOf: folder.url.appendingPathComponent("a.csv"), encoding: .utf8)
    #expect(kept == "a\n1\n")
  }
}
