import Foundation
import TestSupport
import Testing

/// No public call ends the process, whatever it is given. The calls are in `Tests/HostileCalls`, a
/// program that makes each in a process of its own.
@Suite struct HostileCallTests {
  private static let program = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "HostileCalls")

  @Test func noCallEndsTheProcess() throws {
    let run = try ChildProcess(Self.program, [])
    let lines = run.output.split(separator: "\n")
    #expect(lines.last?.hasSuffix(" 0 faults") == true, "\(run.output)\(run.errors)")
  }
}
