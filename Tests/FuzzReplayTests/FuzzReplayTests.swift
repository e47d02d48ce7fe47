import Foundation
import Testing

/// The corpora of `make fuzz`, minimised, and every input that was once a finding.
@Suite struct FuzzReplayTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "fixtures/fuzz")

  static func inputs(_ name: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: name), includingPropertiesForKeys: nil
    ).sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  @Test(arguments: FuzzTargets.all.map(\.name))
  func holds(_ name: String) throws {
    let target = try #require(FuzzTargets.named(name))
    let inputs = try Self.inputs(name)
    #expect(inputs.count > 10)
    for input in inputs {
      let finding = target.check(
        FuzzInput(Array(try Data(contentsOf: input)), asksEverything: true))
      #expect(finding == nil, "fixtures/fuzz/\(name)/\(input.lastPathComponent)")
    }
  }

  /// Every target looks at more than the settings: no input is not a finding either.
  @Test(arguments: FuzzTargets.all.map(\.name))
  func nothingIsNoFinding(_ name: String) throws {
    #expect(FuzzTargets.named(name)?.check(FuzzInput([], asksEverything: true)) == nil)
  }
}
