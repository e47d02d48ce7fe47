// Byte strings, eight bytes at a time. Whoever calls these sees to it that 8 bytes past the end of
// each string can be read: chunks, slabs and arenas have that margin.

/// The eight bytes from `pointer` as one little-endian word.
@inlinable @inline(__always)
package func load8(_ pointer: UnsafePointer<UInt8>) -> UInt64 {
  UnsafeRawPointer(pointer).loadUnaligned(as: UInt64.self)
}

/// Whether two byte strings of the same length are equal.
@inlinable @inline(__always)
package func equalBytes(
  _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ length: Int
) -> Bool {
  var offset = 0
  while offset &+ 8 <= length {
    if load8(a + offset) != load8(b + offset) { return false }
    offset &+= 8
  }
  let rest = length &- offset
  if rest == 0 { return true }
  let mask = (UInt64(1) &<< UInt64(truncatingIfNeeded: rest &* 8)) &- 1
  return (load8(a + offset) ^ load8(b + offset)) & mask == 0
}

/// A 64-bit hash of a byte string: folded 128-bit products, the construction of wyhash (Wang Yi,
/// 2019).
///
/// - Parameters:
///   - seed: the same in every process for estimates; see `HashSeed` for tables.
///   - multiplier: odd, and as much a secret as the seed.
@inlinable @inline(__always)
package func hashBytes(
  _ bytes: UnsafePointer<UInt8>, _ length: Int, seed: UInt64 = 0x9E37_79B9_7F4A_7C15,
  multiplier: UInt64 = 0xE703_7ED1_A0B4_28DB
) -> UInt64 {
  var hash = seed ^ UInt64(truncatingIfNeeded: length)
  var offset = 0
  while length &- offset > 8 {
    hash = fold(load8(bytes + offset) ^ hash, 0xA076_1D64_78BD_642F)
    offset &+= 8
  }
  let rest = length &- offset
  let mask: UInt64 = rest == 0 ? 0 : ~0 &>> UInt64(truncatingIfNeeded: 64 &- rest &* 8)
  return fold((load8(bytes + offset) & mask) ^ hash, multiplier)
}

/// The two halves of a 128-bit product, as one word.
@inlinable @inline(__always)
package func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
  let product = a.multipliedFullWidth(by: b)
  return product.high ^ product.low
}

/// Copies `count` bytes, 16 at a time; up to 15 bytes past both ends are touched.
@inlinable @inline(__always)
package func copyBytes(
  _ source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>, count: Int
) {
  var offset = 0
  while offset < count {
    UnsafeMutableRawPointer(target + offset).storeBytes(
      of: UnsafeRawPointer(source + offset).loadUnaligned(as: SIMD2<UInt64>.self),
      as: SIMD2<UInt64>.self)
    offset &+= 16
  }
}
