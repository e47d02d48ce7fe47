import Platform

/// Tells how long work takes. Tests put a clock of their own in its place.
package struct KernelClock: Sendable {
  /// Seconds since some moment.
  let seconds: @Sendable () -> Double

  package init(seconds: @escaping @Sendable () -> Double) { self.seconds = seconds }

  /// The processor time of the calling thread: what another process takes in between is not
  /// counted, and a ratio holds on a busy machine.
  package static let thread: KernelClock = {
    let clock = isFine(CLOCK_THREAD_CPUTIME_ID) ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC
    return KernelClock { seconds(clock) }
  }()

  /// Seconds for one of `repeats` runs; never 0, so that ratios are numbers.
  func time(of repeats: Int, _ work: () -> Void) -> Double {
    let start = seconds()
    for _ in 0..<repeats { work() }
    return max(seconds() - start, 1e-9) / Double(repeats)
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Whether the clock moves on within 100 microseconds: some systems count processor time in ticks.
  private static func isFine(_ clock: clockid_t) -> Bool {
    let (start, deadline) = (seconds(clock), seconds(CLOCK_MONOTONIC) + 1e-4)
    while seconds(CLOCK_MONOTONIC) < deadline {
      if seconds(clock) > start { return true }
    }
    return false
  }
}
