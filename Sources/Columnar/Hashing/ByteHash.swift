import CNettle
import CXXHash

/// The digest of bytes that come one after the other.
package final class ByteHash {
  private enum State {
    case xxh3(OpaquePointer)
    case sha256(UnsafeMutablePointer<sha256_ctx>)
  }

  private let state: State

  package init(_ algorithm: DigestAlgorithm) {
    switch algorithm {
    case .xxh3:
      guard let hash = XXH3_createState() else { preconditionFailure("out of memory") }
      XXH3_128bits_reset(hash)
      state = .xxh3(hash)
    case .sha256:
      let context = UnsafeMutablePointer<sha256_ctx>.allocate(capacity: 1)
      nettle_sha256_init(context)
      state = .sha256(context)
    }
  }

  deinit {
    switch state {
    case .xxh3(let hash): XXH3_freeState(hash)
    case .sha256(let context): context.deallocate()
    }
  }

  package func add(_ bytes: UnsafeRawPointer?, _ byteCount: Int) {
    guard byteCount > 0 else { return }
    switch state {
    case .xxh3(let hash): diet_xxh3_update(hash, bytes, byteCount)
    case .sha256(let context):
      nettle_sha256_update(context, byteCount, bytes?.assumingMemoryBound(to: UInt8.self))
    }
  }

  /// The digest of everything so far, the most significant byte first.
  package var digest: [UInt8] {
    switch state {
    case .xxh3(let hash):
      let digest = XXH3_128bits_digest(hash)
      return [digest.high64, digest.low64].flatMap { word in
        withUnsafeBytes(of: word.bigEndian) { Array($0) }
      }
    case .sha256(let context):
      // The library starts over where it gives a digest.
      var copy = context.pointee
      var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
      nettle_sha256_digest(&copy, digest.count, &digest)
      return digest
    }
  }
}

/// Bytes as hex digits, two for each.
package func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(
    decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
