import Foundation

/// One run of the built command.
struct CommandRun {
  let exitCode: Int32
  let output: String
  let errors: String

  /// Runs `diet`, or another program, with `arguments` in `folder`, `input` on standard input.
  init(
    _ arguments: [String], of program: URL = executable, in folder: URL? = nil, input: Data? = nil,
    environment: [String: String] = [:]
  ) throws {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
    // Files, not pipes: neither side can wait for the other.
    let scratch = try TemporaryFolder()
    let outputURL = try scratch.file("out", Data())
    let errorURL = try scratch.file("err", Data())
    let inputURL = try scratch.file("in", input ?? Data())
    process.standardOutput = try FileHandle(forWritingTo: outputURL)
    process.standardError = try FileHandle(forWritingTo: errorURL)
    process.standardInput = try FileHandle(forReadingFrom: inputURL)
    try Self.withUnblockedSignals { try process.run() }
    process.waitUntilExit()
    exitCode = process.terminationStatus
    output = String(decoding: try Data(contentsOf: outputURL), as: UTF8.self)
    errors = String(decoding: try Data(contentsOf: errorURL), as: UTF8.self)
    precondition(process.terminationReason == .exit, "diet \(arguments) crashed: \(errors)")
  }

  /// Tests run on threads that block signals, and what they start inherits that.
  static func withUnblockedSignals(_ body: () throws -> Void) rethrows {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  /// The command beside the test bundle.
  static let executable: URL = {
    var folder = Bundle.main.bundleURL
    #if os(Linux)
      folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      if !FileManager.default.fileExists(atPath: folder.appendingPathComponent("diet").path) {
        folder = Bundle.main.bundleURL
      }
    #endif
    return folder.appendingPathComponent("diet")
  }()
}

/// A folder that goes away with its last reference.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("diet-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult
  func file(_ name: String, _ data: Data) throws -> URL {
    let file = url.appendingPathComponent(name)
    try data.write(to: file)
    return file
  }

  @discardableResult
  func file(_ name: String, _ text: String) throws -> URL { try file(name, Data(text.utf8)) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: url.path).sorted()) ?? []
  }
}

/// The fixture folder at the top of the package.
let fixtures = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("fixtures")
