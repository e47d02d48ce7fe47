import Columnar
import Platform
import TabularDiet
import Wording

/// A line on standard error that tells how far reading is: only on a terminal, and only after a second. Where stages
/// are told, they are told once they are done.
final class ProgressLine: Sendable {
  private struct State {
    var byteCount = 0
    var total: Int?
    var threadCount: Int?
    var start = ContinuousClock.now
    var lastShown: ContinuousClock.Instant?
  }

  private let state = Lock(State())
  private let isShown: Bool
  private let isTold: Bool

  /// `nil` where there is nobody to tell.
  init?() {
    isShown = RunLog.level != .quiet && isatty(2) == 1
    isTold = RunLog.level == .verbose
    guard isShown || isTold else { return nil }
  }

  /// Takes in what is going to be read.
  func expect(_ reader: TableReader) {
    let total = reader.expectedByteCount
    let threadCount = reader.options.text.threadCount
    state.withLock { state in
      (state.total, state.threadCount) = (total, threadCount)
      state.start = ContinuousClock.now
    }
  }

  func add(_ byteCount: Int) {
    let now = ContinuousClock.now
    let line = state.withLock { state -> String? in
      state.byteCount += byteCount
      guard isShown, now - state.start > .seconds(1),
        state.lastShown.map({ now - $0 > .milliseconds(100) }) ?? true
      else { return nil }
      state.lastShown = now
      return Self.text(
        byteCount: state.byteCount, total: state.total, seconds: (now - state.start).seconds)
    }
    guard let line else { return }
    let width = max(10, (terminalWidth(of: 2) ?? 80) - 1)
    writeToStandardError("\r\u{1B}[K\(line.ellipsized(to: width))")
  }

  /// What to call with the bytes of each chunk.
  var callback: @Sendable (Int) -> Void { { self.add($0) } }

  /// Takes the line away, and says what was done: `read 766 MB in 1.90 s (403 MB/s, 2 threads)`. What is read next is
  /// counted anew.
  func finish(_ stage: String = "read") {
    let done = state.withLock { state -> State in
      let done = state
      state.byteCount = 0
      state.start = ContinuousClock.now
      state.lastShown = nil
      return done
    }
    if done.lastShown != nil { writeToStandardError("\r\u{1B}[K") }
    guard isTold else { return }
    let seconds = (ContinuousClock.now - done.start).seconds
    guard done.byteCount > 0 else { return RunLog.stage("\(stage) in \(SecondsText(seconds))") }
    let rate = ByteText(Int(Double(done.byteCount) / max(seconds, 1e-6)))
    let threads = done.threadCount.map { ", \(CountText($0, "thread"))" } ?? ""
    RunLog.stage(
      "\(stage) \(ByteText(done.byteCount)) in \(SecondsText(seconds)) (\(rate)/s\(threads))")
  }

  /// `reading: 1.2 of 7.6 GB, 16 %, 403.0 MB/s, 16 s left`; of what has no known end, what was read and how fast.
  static func text(byteCount: Int, total: Int?, seconds: Double) -> String {
    let rate = Double(byteCount) / max(seconds, 1e-6)
    let speed = "\(ByteText(Int(rate)))/s"
    // More than was expected: the file grows, or its text does in UTF-8.
    guard let total, total > 0, byteCount <= total else {
      return "reading: \(ByteText(byteCount)), \(speed)"
    }
    let unit = ByteUnit(for: total, decimals: 1)
    let share = byteCount * 100 / total
    let left = Double(total - byteCount) / max(rate, 1)
    return "reading: \(unit.text(byteCount)) of \(unit.text(total)) \(unit.symbol), \(share) %,"
      + " \(speed), \(remaining(left)) left"
  }

  /// `12 s`, `3 min`, `2 h 5 min`.
  private static func remaining(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9).rounded(.up))
    if whole < 90 { return "\(whole) s" }
    let minutes = (whole + 30) / 60
    return minutes < 90 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }
}
