import CXXHash
import Columnar

/// XXH3-128 of a stream, block by block.
final class StreamingDigest {
  private let state: OpaquePointer

  init() {
    guard let state = XXH3_createState() else { preconditionFailure("out of memory") }
    self.state = state
    XXH3_128bits_reset(state)
  }

  deinit { XXH3_freeState(state) }

  func update(_ bytes: UnsafeRawBufferPointer) {
    diet_xxh3_update(state, bytes.baseAddress, bytes.count)
  }

  /// The digest of everything so far, as `xxhsum -H2` prints it.
  var hexadecimal: String { Columnar.hexadecimal(XXH3_128bits_digest(state)) }
}
