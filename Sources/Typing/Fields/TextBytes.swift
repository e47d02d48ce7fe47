import Columnar
import Platform

/// Eight leading bytes as a word that compares as the bytes do; the text has 8 readable bytes after.
@inline(__always)
func leadingKey(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
  let word = load8(text.baseAddress.unsafelyUnwrapped).bigEndian
  return text.count >= 8
    ? word
    : text.count == 0 ? 0 : word & (~0 &<< UInt64(truncatingIfNeeded: (8 &- text.count) &* 8))
}

/// Whether a text comes before another in byte order.
@inline(__always)
func precedes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
  guard a.count > 0, b.count > 0 else { return a.count < b.count }
  let order = memcmp(
    a.baseAddress.unsafelyUnwrapped, b.baseAddress.unsafelyUnwrapped, min(a.count, b.count))
  return order == 0 ? a.count < b.count : order < 0
}
