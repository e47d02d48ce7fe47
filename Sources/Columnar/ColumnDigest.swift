package import CXXHash

/// How the digest of a column is made, so that blocks of rows can be hashed in any order and while
/// they are in the processor's cache:
///
///     digest = H( rows │ H(block 0) │ H(block 1) │ … │ digest of the dictionary )
///     block  = H( bytes │ values │ bytes │ validity │ bytes │ offsets )
///
/// `H` is XXH3-128, sixteen bytes with the most significant first, as `xxhsum -H2` prints it. Counts
/// are 64 bits, least significant first: `rows` of the column, `bytes` of the buffer that follows, 0
/// for one that the column does not have. A block is the part of each buffer that belongs to 65,536
/// rows, the last block to what is left; its offsets start at 0. A layout that stores nothing by row
/// has blocks of validity alone, or, a sequence, one block: its two numbers. Without a dictionary
/// there is no digest of one.
///
/// Buffers depend on the values and the layout only, not on threads or chunks: null rows hold zeros
/// and dictionaries are sorted. So the digest stands for the values in this layout.
package enum ColumnDigest {
  package static let blockRowCount = 1 << 16

  /// The digest of a column from the hashes of its blocks, in order.
  static func digest(rowCount: Int, blocks: [XXH128_hash_t], dictionary: Column?) -> String {
    hexadecimal(hash(rowCount: rowCount, blocks: blocks, dictionary: dictionary))
  }

  fileprivate static func hash(
    rowCount: Int, blocks: [XXH128_hash_t], dictionary: Column?
  ) -> XXH128_hash_t {
    BlockHash.make { hash in
      hash.add(UInt64(rowCount))
      for block in blocks { hash.add(block) }
      if let dictionary { hash.add(dictionary.hash(rowsPerBlock: blockRowCount)) }
    }
  }
}

extension Column {
  /// XXH3-128 over the column's buffers, made as `ColumnDigest` says.
  package var digest: String { digest(rowsPerBlock: ColumnDigest.blockRowCount) }

  package func digest(rowsPerBlock: Int) -> String { hexadecimal(hash(rowsPerBlock: rowsPerBlock)) }

  fileprivate func hash(rowsPerBlock: Int) -> XXH128_hash_t {
    var blocks: [XXH128_hash_t] = []
    if case .sequence = view {
      blocks.append(hash(ofRows: 0..<0))
    } else {
      for first in stride(from: 0, to: count, by: rowsPerBlock) {
        blocks.append(hash(ofRows: first..<min(first + rowsPerBlock, count)))
      }
    }
    return ColumnDigest.hash(rowCount: count, blocks: blocks, dictionary: dictionary.first)
  }

  /// The hash of the part of each buffer that belongs to `rows`, of which the first is a multiple
  /// of 8.
  func hash(ofRows rows: Range<Int>) -> XXH128_hash_t {
    BlockHash.make { hash in
      var text: (offsets: UnsafePointer<UInt32>, first: UInt32)?
      switch view {
      case .plain(let values), .scaled(_, let values), .indexed(let values, _, _):
        if case .utf8(let bytes, let offsets) = values {
          let first = offsets[rows.lowerBound]
          hash.add(bytes + Int(first), Int(offsets[rows.upperBound] - first))
          text = (offsets, first)
        } else {
          let (base, bits) = values.memory
          hash.add(base + rows.lowerBound * bits / 8, (rows.count * bits + 7) / 8)
        }
      case .sequence: hash.add(self.values?.base, self.values?.byteCount ?? 0)
      case .constant: hash.add(nil, 0)
      }
      let bitmap = validity.map { UnsafeRawPointer($0.base + rows.lowerBound / 8) }
      hash.add(bitmap, bitmap == nil ? 0 : (rows.count + 7) / 8)
      guard let (offsets, first) = text else { return hash.add(nil, 0) }
      if first == 0 { return hash.add(offsets + rows.lowerBound, (rows.count + 1) * 4) }
      let rebased = (rows.lowerBound...rows.upperBound).map { offsets[$0] - first }
      rebased.withUnsafeBytes { hash.add($0.baseAddress, $0.count) }
    }
  }
}

extension PlainValues {
  /// Where values of fixed width lie, and how many bits each takes.
  fileprivate var memory: (base: UnsafeRawPointer, bits: Int) {
    switch self {
    case .int8(let values): (UnsafeRawPointer(values), 8)
    case .int16(let values): (UnsafeRawPointer(values), 16)
    case .int32(let values): (UnsafeRawPointer(values), 32)
    case .int64(let values): (UnsafeRawPointer(values), 64)
    case .uint8(let values): (UnsafeRawPointer(values), 8)
    case .uint16(let values): (UnsafeRawPointer(values), 16)
    case .uint32(let values): (UnsafeRawPointer(values), 32)
    case .uint64(let values): (UnsafeRawPointer(values), 64)
    case .float32(let values): (UnsafeRawPointer(values), 32)
    case .float64(let values): (UnsafeRawPointer(values), 64)
    case .bits(let values): (UnsafeRawPointer(values), 1)
    case .fixed(let values, let width, _): (UnsafeRawPointer(values), width * 8)
    case .utf8(let bytes, _): (UnsafeRawPointer(bytes), 0)
    }
  }
}

/// XXH3-128 of what is added, one after the other.
private struct BlockHash {
  private let state: OpaquePointer?

  static func make(_ body: (BlockHash) -> Void) -> XXH128_hash_t {
    let state = XXH3_createState()
    defer { XXH3_freeState(state) }
    XXH3_128bits_reset(state)
    body(BlockHash(state: state))
    return XXH3_128bits_digest(state)
  }

  func add(_ number: UInt64) {
    var word = number.littleEndian
    diet_xxh3_update(state, &word, 8)
  }

  func add(_ hash: XXH128_hash_t) {
    var words = (hash.high64.bigEndian, hash.low64.bigEndian)
    diet_xxh3_update(state, &words, 16)
  }

  /// Adds a count of bytes, and the bytes.
  func add(_ bytes: UnsafeRawPointer?, _ byteCount: Int) {
    add(UInt64(byteCount))
    if byteCount > 0 { diet_xxh3_update(state, bytes, byteCount) }
  }
}

/// A 128-bit hash as 32 hex digits, most significant first, as `xxhsum -H2` prints it.
package func hexadecimal(_ hash: XXH128_hash_t) -> String {
  [hash.high64, hash.low64].map { word in
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }.joined()
}
