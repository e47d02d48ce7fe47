import Synchronization

/// An object that a caller in C has a pointer to, from when it gets it until it frees it.
final class Handle<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) {
    self.value = value
    Handles.add(1)
  }

  deinit { Handles.add(-1) }

  /// The pointer, which keeps the object.
  var retained: OpaquePointer { OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

  /// What `pointer` stands for.
  static func value(_ pointer: OpaquePointer) -> Value {
    Unmanaged<Handle>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue().value
  }

  static func free(_ pointer: OpaquePointer?) {
    guard let pointer else { return }
    Unmanaged<Handle>.fromOpaque(UnsafeRawPointer(pointer)).release()
  }
}

enum Handles {
  private static let count = Atomic<Int>(0)

  /// Handles that have not been freed.
  static var liveCount: Int { count.load(ordering: .relaxed) }

  fileprivate static func add(_ difference: Int) { count.add(difference, ordering: .relaxed) }
}
