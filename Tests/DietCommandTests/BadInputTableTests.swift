import Foundation
import Testing

/// Every entry of `bad-input.txt`. With DIET_RECORD=1 in the environment, the table is written anew
/// from what the command says, and the test fails: read every word before you keep it.
@Suite struct BadInputTableTests {
  private static let records = ProcessInfo.processInfo.environment["DIET_RECORD"] == "1"

  @Test func thereAreEnough() throws {
    let cases = try BadInputCase.all()
    #expect(cases.count >= 200)
    #expect(Set(cases.map(\.name)).count == cases.count)
  }

  @Test(.enabled(if: !records), arguments: try BadInputCase.all())
  func refused(_ input: BadInputCase) throws {
    let run = try input.run()
    #expect(run.exitCode == input.exitCode, "\(run.errors)")
    #expect(BadInputCase.lines(run.errors) == input.errors)
    #expect(input.exitCode != 0 && !input.errors.isEmpty, "bad input is refused with a reason")
  }

  @Test(.enabled(if: records)) func record() throws {
    let head = try String(contentsOf: BadInputCase.path, encoding: .utf8)
      .components(separatedBy: "\n\n").filter { $0.hasPrefix("#") }
    let entries = try BadInputCase.all().map { $0.recorded(try $0.run()) }
    try (head + entries).joined(separator: "\n\n").appending("\n")
      .write(to: BadInputCase.path, atomically: true, encoding: .utf8)
    Issue.record("the table was written anew: read it, and run the tests without DIET_RECORD")
  }
}
