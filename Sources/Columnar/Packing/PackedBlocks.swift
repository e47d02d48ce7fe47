import CKernels

/// Blocks of 1,024 numbers of any width: include/packed_blocks.h says how they lie.
package enum PackedBlocks {
  package static let rowCount = 1024

  /// Whether numbers of so many bits are packed: those of whole words lie better as they are.
  package static func holds(bits: Int) -> Bool {
    (1...63).contains(bits) && ![8, 16, 32].contains(bits)
  }

  /// The bits of numbers from 0 to `limit`.
  static func bits(upTo limit: UInt64) -> Int { 64 - limit.leadingZeroBitCount }

  /// The bytes of the word that a number is unpacked to.
  @inlinable package static func wordByteCount(bits: Int) -> Int {
    bits < 8 ? 1 : bits < 16 ? 2 : bits < 32 ? 4 : 8
  }

  /// The bytes of a block.
  static func byteCount(bits: Int) -> Int { rowCount / 8 * bits }

  /// The blocks of so many rows.
  static func blockCount(rowCount: Int) -> Int { (rowCount + Self.rowCount - 1) / Self.rowCount }

  /// The bytes of so many rows: whole blocks.
  static func byteCount(rowCount: Int, bits: Int) -> Int {
    blockCount(rowCount: rowCount) * byteCount(bits: bits)
  }
}

/// The words of which lanes are made.
package protocol PackedWord: FixedWidthInteger, UnsignedInteger, Sendable {
  static func pack(_ values: UnsafePointer<Self>, bits: Int, to block: UnsafeMutablePointer<Self>)
  static func unpack(
    _ block: UnsafePointer<Self>, bits: Int, to values: UnsafeMutablePointer<Self>)
}

extension UInt8: PackedWord {
  package static func pack(
    _ values: UnsafePointer<UInt8>, bits: Int, to block: UnsafeMutablePointer<UInt8>
  ) {
    diet_pack_u8(values, bits, block)
  }
  package static func unpack(
    _ block: UnsafePointer<UInt8>, bits: Int, to values: UnsafeMutablePointer<UInt8>
  ) { diet_unpack_u8(block, bits, values) }
}

extension UInt16: PackedWord {
  package static func pack(
    _ values: UnsafePointer<UInt16>, bits: Int, to block: UnsafeMutablePointer<UInt16>
  ) { diet_pack_u16(values, bits, block) }
  package static func unpack(
    _ block: UnsafePointer<UInt16>, bits: Int, to values: UnsafeMutablePointer<UInt16>
  ) { diet_unpack_u16(block, bits, values) }
}

extension UInt32: PackedWord {
  package static func pack(
    _ values: UnsafePointer<UInt32>, bits: Int, to block: UnsafeMutablePointer<UInt32>
  ) { diet_pack_u32(values, bits, block) }
  package static func unpack(
    _ block: UnsafePointer<UInt32>, bits: Int, to values: UnsafeMutablePointer<UInt32>
  ) { diet_unpack_u32(block, bits, values) }
}

extension UInt64: PackedWord {
  package static func pack(
    _ values: UnsafePointer<UInt64>, bits: Int, to block: UnsafeMutablePointer<UInt64>
  ) { diet_pack_u64(values, bits, block) }
  package static func unpack(
    _ block: UnsafePointer<UInt64>, bits: Int, to values: UnsafeMutablePointer<UInt64>
  ) { diet_unpack_u64(block, bits, values) }
}
