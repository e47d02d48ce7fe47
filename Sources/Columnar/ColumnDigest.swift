package import CXXHash

extension Column {
  /// XXH3-128 over the column's buffers: values, validity, offsets, then its dictionary's.
  ///
  /// Buffers depend on the values and the layout only, not on threads or chunks: null rows hold
  /// zeros and dictionaries are sorted. So the digest stands for the values in this layout.
  package var digest: String {
    let state = XXH3_createState()
    defer { XXH3_freeState(state) }
    XXH3_128bits_reset(state)
    update(state)
    return hexadecimal(XXH3_128bits_digest(state))
  }

  private func update(_ state: OpaquePointer?) {
    for buffer in [values, validity, offsets] {
      var byteCount = UInt64(buffer?.byteCount ?? 0)
      XXH3_128bits_update(state, &byteCount, 8)
      buffer?.withUnsafeBytes { _ = XXH3_128bits_update(state, $0.baseAddress, $0.count) }
    }
    for column in dictionary { column.update(state) }
  }
}

/// A 128-bit hash as 32 hex digits, most significant first, as `xxhsum -H2` prints it.
package func hexadecimal(_ hash: XXH128_hash_t) -> String {
  [hash.high64, hash.low64].map { word in
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }.joined()
}
