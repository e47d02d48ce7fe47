import CArrowData
import Platform
import Synchronization

typealias ArrowCSchema = CArrowData.ArrowSchema
typealias ArrowCArray = CArrowData.ArrowArray
typealias ArrowCStream = CArrowData.ArrowArrayStream

/// What was handed across the C data interface and not given back yet.
package enum ArrowOwners {
  private static let count = Atomic<Int>(0)

  /// Schemas, arrays and streams whose `release` has not been called. Children and dictionaries
  /// count each, since a consumer may move them out and keep them.
  package static var liveCount: Int { count.load(ordering: .relaxed) }

  fileprivate static func add(_ difference: Int) { count.add(difference, ordering: .relaxed) }
}

/// Memory that belongs to a structure of the C data interface: its `private_data`, from when it is
/// handed out until `release`.
///
/// Unchecked: it changes while the structure is made, by one thread; afterwards it is only kept, and
/// dropped by whichever thread releases the structure.
final class ArrowOwner: @unchecked Sendable {
  /// What the structure's buffers lie in.
  private let contents: [AnyObject]
  private var blocks: [UnsafeMutableRawPointer] = []

  init(keeping contents: [AnyObject] = []) {
    self.contents = contents
    ArrowOwners.add(1)
  }

  deinit {
    for block in blocks { free(block) }
    ArrowOwners.add(-1)
  }

  /// The owner as `private_data`, which keeps it.
  var retained: UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }

  /// Lets go of the owner that `privateData` is.
  static func release(_ privateData: UnsafeMutableRawPointer) {
    Unmanaged<ArrowOwner>.fromOpaque(privateData).release()
  }

  /// Memory for `count` elements, not yet set, that goes with the owner.
  func allocate<T>(_ type: T.Type, count: Int) -> UnsafeMutablePointer<T> {
    guard let block = malloc(max(1, count * MemoryLayout<T>.stride)) else {
      fatalError("out of memory: \(count) elements of \(type) cannot be had")
    }
    blocks.append(block)
    return block.bindMemory(to: type, capacity: count)
  }

  /// `text` as C has it. A zero byte, with which C would end it, becomes the symbol for one.
  func string(_ text: String) -> UnsafePointer<CChar> {
    bytes(
      text.utf8.contains(0) ? text.replacing("\0", with: "\u{2400}").utf8CString : text.utf8CString)
  }

  func bytes(_ bytes: some Collection<CChar>) -> UnsafePointer<CChar> {
    let memory = allocate(CChar.self, count: bytes.count)
    _ = UnsafeMutableBufferPointer(start: memory, count: bytes.count).initialize(from: bytes)
    return UnsafePointer(memory)
  }

  /// An array of pointers to `structures`, which lie in memory of the owner.
  func pointers<T>(to structures: UnsafeMutablePointer<T>, count: Int)
    -> UnsafeMutablePointer<UnsafeMutablePointer<T>?>?
  {
    if count == 0 { return nil }
    let pointers = allocate(UnsafeMutablePointer<T>?.self, count: count)
    for index in 0..<count { (pointers + index).initialize(to: structures + index) }
    return pointers
  }
}
