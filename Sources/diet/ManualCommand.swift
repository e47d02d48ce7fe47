import ArgumentParser
import Columnar
import FileIO
import Platform
import Settings

/// Writes the manual pages: `make install` calls it.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Write the manual pages into a folder.",
    shouldDisplay: false)

  @Argument(help: "The folder.", completion: .directory)
  var folder: String

  func run() throws {
    guard let command = RunSettings.description(of: Diet.self) else { return }
    try CommandFailure.wrapping {
      for page in ManualPage.all(of: command, version: dietVersion) {
        let output = try AtomicFile(path: "\(folder)/\(page.fileName)")
        var text = page.text
        try text.withUTF8 { try output.write(UnsafeRawBufferPointer($0), at: 0) }
        try output.commit()
      }
    }
  }
}
