import Columnar
import Platform
import TabularDiet
import Wording

/// What a run says of itself on standard error, beside errors: notes, and its stages where it is asked for them.
enum RunLog {
  enum Level { case quiet, usual, verbose }

  private static let state = Lock(Level.usual)
  static let start = ContinuousClock.now

  static var level: Level { state.withLock { $0 } }

  /// Settles how much is said; the start of the run is counted from here at the latest.
  static func set(_ level: Level) {
    _ = start
    state.withLock { $0 = level }
  }

  /// Says what is worth knowing.
  static func note(_ text: some CustomStringConvertible) {
    if level != .quiet { writeToStandardError("diet: note: \(text)\n") }
  }

  /// Says that something is done.
  static func stage(_ text: String) {
    if level == .verbose { writeToStandardError("diet: \(text)\n") }
  }

  /// Runs `body`, and says how long it took: `measured kernels in 0.80 s`.
  static func timed<Result>(_ stage: String, _ body: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    let result = try body()
    self.stage("\(stage) in \(SecondsText((ContinuousClock.now - start).seconds))")
    return result
  }

  /// Says what the whole run took.
  static func end() {
    guard level == .verbose else { return }
    stage(
      "done in \(SecondsText((ContinuousClock.now - start).seconds)),"
        + " \(ByteText(PeakMemory.byteCount)) of memory at its peak")
  }
}
