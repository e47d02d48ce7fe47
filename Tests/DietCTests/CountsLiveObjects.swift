import Foundation
import Testing

/// Suites that make or count what is alive in the whole process run one at a time, though they are of
/// several modules, which share no lock but a file's.
struct CountsLiveObjects: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    // A program that is started meanwhile would keep the lock until it ends.
    let file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    while flock(file, LOCK_EX | LOCK_NB) != 0 { try await Task.sleep(for: .milliseconds(5)) }
    try await function()
  }
}
