import Columnar
import Platform

/// A line on standard error that tells how far reading is: only on a terminal, and only after a
/// second.
final class ProgressLine: Sendable {
  private struct State {
    var byteCount = 0
    var lastShown: ContinuousClock.Instant?
  }

  private let state = Lock(State())
  private let total: Int?
  private let start = ContinuousClock.now

  /// `nil` where standard error is no terminal.
  init?(paths: [String]) {
    guard isatty(2) == 1 else { return nil }
    var sum = 0
    var isKnown = true
    for path in paths {
      var status = stat()
      let packed = [".zst", ".gz", ".bz2", ".xz", ".lzma", ".zip"]
      if path == "-" || packed.contains(where: path.hasSuffix) || stat(path, &status) != 0
        || status.st_mode & S_IFMT == S_IFDIR
      {
        isKnown = false
      } else {
        sum += Int(status.st_size)
      }
    }
    total = isKnown && sum > 0 ? sum : nil
  }

  func add(_ byteCount: Int) {
    let now = ContinuousClock.now
    state.withLock { state in
      state.byteCount += byteCount
      guard now - start > .seconds(1),
        state.lastShown.map({ now - $0 > .milliseconds(100) }) ?? true
      else { return }
      state.lastShown = now
      let megabytes = state.byteCount / 1_000_000
      let share = total.map {
        " of \($0 / 1_000_000) MB, \(min(100, state.byteCount * 100 / $0)) %"
      }
      writeToStandardError("\r\u{1B}[Kreading: \(megabytes)\(share ?? " MB")")
    }
  }

  /// What to call with the bytes of each chunk.
  var callback: @Sendable (Int) -> Void { { self.add($0) } }

  func finish() {
    state.withLock { if $0.lastShown != nil { writeToStandardError("\r\u{1B}[K") } }
  }
}
