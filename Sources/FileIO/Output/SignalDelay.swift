import Columnar
import Platform
import Synchronization

/// Keeps signals and the making of temporary files apart: a signal that comes while a file is made is
/// put off until that is done, and while a signal is handled, whoever wants to make a file waits.
///
/// Without locks, since a handler may run in the middle of anything. Both sides first say what they are
/// about to do and then look at the other: of two that meet, at least one sees the other.
enum SignalDelay {
  /// How many files are being made.
  private static let makerCount = Atomic(0)
  /// How many signals are being handled; for ever where one ends the process.
  private static let handlerCount = Atomic(0)
  /// The signals that wait, a bit for each number.
  private static let waiting = Atomic<UInt64>(0)

  /// Before a file is made. To be called before handlers are installed, too: it makes what they touch.
  static func begin() {
    while true {
      makerCount.add(1, ordering: .sequentiallyConsistent)
      if handlerCount.load(ordering: .sequentiallyConsistent) == 0 { return }
      end()
      usleep(100)
    }
  }

  /// After a file is made and noted: signals that waited come again, to the process, since this thread may block them.
  static func end() {
    let (_, left) = makerCount.subtract(1, ordering: .sequentiallyConsistent)
    guard left == 0 else { return }
    let signals = waiting.exchange(0, ordering: .sequentiallyConsistent)
    for signal in 0..<64 where signals >> UInt64(signal) & 1 != 0 { kill(getpid(), Int32(signal)) }
  }

  /// Whether a handler may go on now, and says so with `handled` when it is done; where not, it
  /// returns, and the signal comes again, or did.
  static func mayHandle(_ signal: Int32) -> Bool {
    let bit = UInt64(1) << UInt64(signal)
    waiting.bitwiseOr(bit, ordering: .sequentiallyConsistent)
    handlerCount.add(1, ordering: .sequentiallyConsistent)
    if makerCount.load(ordering: .sequentiallyConsistent) == 0 {
      let (signals, _) = waiting.bitwiseAnd(~bit, ordering: .sequentiallyConsistent)
      if signals & bit != 0 { return true }
    }
    handled()
    return false
  }

  static func handled() {
    handlerCount.subtract(1, ordering: .sequentiallyConsistent)
  }
}
