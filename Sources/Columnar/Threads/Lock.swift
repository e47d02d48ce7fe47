import Platform

/// A value that one thread at a time can reach.
///
/// Used as `Mutex` of `Synchronization` is, which it stands in for: the library of that one is not
/// built for the thread sanitizer, which therefore reports everything that it protects. The sanitizer
/// knows the mutexes of POSIX. Locks here are taken once a chunk or a block, so that what they cost
/// does not show.
package final class Lock<Value>: @unchecked Sendable {
  // Sound: `value` is touched between lock and unlock only, and never leaves as a reference. POSIX
  // wants a mutex to stay where it was initialized, so that it has memory of its own; so has the
  // value, since one of no size would be taken for the field beside it.

  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let value: UnsafeMutablePointer<Value>

  package init(_ value: sending Value) {
    self.value = .allocate(capacity: 1)
    self.value.initialize(to: value)
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    let code = pthread_mutex_init(mutex, nil)
    precondition(code == 0, "a mutex cannot be had: error \(code)")
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    value.deinitialize(count: 1)
    value.deallocate()
  }

  /// Runs `body`, which no other thread does meanwhile. It must not take the same lock.
  package func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value.pointee)
  }
}
