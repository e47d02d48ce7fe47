import Columnar

@testable import KernelBench
@testable import Kernels

/// A clock that no machine moves: each time it is asked, `step` says how many 1024ths of a second have
/// passed since the last time.
final class SteppingClock: Sendable {
  private let state = Lock((calls: 0, seconds: 0.0))
  private let step: @Sendable (_ call: Int) -> Double

  init(_ step: @escaping @Sendable (_ call: Int) -> Double) { self.step = step }

  var clock: KernelClock {
    KernelClock { [self] in
      state.withLock { state in
        state.seconds += step(state.calls) / 1024
        state.calls += 1
        return state.seconds
      }
    }
  }
}
