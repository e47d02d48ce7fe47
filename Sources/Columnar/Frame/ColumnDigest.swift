/// How the digest of a column is made, so that blocks of rows can be hashed in any order and while
/// they are in the processor's cache:
///
///     digest = H( rows │ H(block 0) │ H(block 1) │ … │ digest of the dictionary )
///     block  = H( bytes │ values │ bytes │ validity │ bytes │ offsets )
///
/// `H` is the certificate's algorithm, XXH3-128 unless it says otherwise: sixteen bytes, or the 32 of
/// SHA-256, the most significant first, as `xxhsum -H2` and `sha256sum` print them. Counts are 64 bits, least significant first: `rows` of the column, `bytes` of the buffer that follows, 0
/// for one that the column does not have. A block is the part of each buffer that belongs to 65,536
/// rows, the last block to what is left; its offsets start at 0. Validity is a bit a row, however it is
/// held. A layout that stores nothing by row has blocks of validity alone, or one block: the two numbers
/// of a sequence, or all that an encoding keeps whose rows do not lie one by one. Without a dictionary
/// there is no digest of one.
///
/// Buffers depend on the values and the layout only, not on threads or chunks: null rows hold zeros
/// and dictionaries are sorted. So the digest stands for the values in this layout.
package enum ColumnDigest {
  package static let blockRowCount = 1 << 16

  /// The digest of a column from the hashes of its blocks, in order.
  static func digest(
    rowCount: Int, blocks: [[UInt8]], dictionary: Column?, algorithm: DigestAlgorithm
  ) -> String {
    hexadecimal(
      hash(rowCount: rowCount, blocks: blocks, dictionary: dictionary, algorithm: algorithm))
  }

  fileprivate static func hash(
    rowCount: Int, blocks: [[UInt8]], dictionary: Column?, algorithm: DigestAlgorithm
  ) -> [UInt8] {
    let hash = ByteHash(algorithm)
    hash.add(UInt64(rowCount))
    for block in blocks { hash.add(block, block.count) }
    if let dictionary {
      let digest = dictionary.hash(rowsPerBlock: blockRowCount, algorithm)
      hash.add(digest, digest.count)
    }
    return hash.digest
  }
}

extension Column {
  /// XXH3-128 over the column's buffers, made as `ColumnDigest` says.
  package var digest: String { digest(.xxh3) }

  /// The digest of the column's buffers, made as `ColumnDigest` says.
  ///
  /// - Parameter threads: How many it may take.
  package func digest(
    _ algorithm: DigestAlgorithm = .xxh3, rowsPerBlock: Int = ColumnDigest.blockRowCount,
    threads: Int = 1
  ) -> String {
    hexadecimal(hash(rowsPerBlock: rowsPerBlock, algorithm, threads: threads))
  }

  fileprivate func hash(
    rowsPerBlock: Int, _ algorithm: DigestAlgorithm, threads: Int = 1
  ) -> [UInt8] {
    // The digest is that of the layout, whatever the rows follow from.
    if derivation != nil {
      return settled.hash(rowsPerBlock: rowsPerBlock, algorithm, threads: threads)
    }
    var blocks: [[UInt8]] = []
    let bits = validity?.bits
    switch view {
    case .sequence: blocks.append(hash(ofRows: 0..<0, bits, algorithm))
    default:
      let blockCount = (count + rowsPerBlock - 1) / rowsPerBlock
      blocks = parallelMap(blockCount, threads: threads) { block in
        let first = block * rowsPerBlock
        return hash(ofRows: first..<min(first + rowsPerBlock, count), bits, algorithm)
      }
    }
    return ColumnDigest.hash(
      rowCount: count, blocks: blocks, dictionary: dictionary.first, algorithm: algorithm)
  }

  /// The hash of all rows, as one block.
  func hashOfRows(_ algorithm: DigestAlgorithm) -> [UInt8] {
    hash(ofRows: 0..<count, validity?.bits, algorithm)
  }

  /// The hash of the part of each buffer that belongs to `rows`, of which the first is a multiple
  /// of 8.
  private func hash(
    ofRows rows: Range<Int>, _ validity: Buffer?, _ algorithm: DigestAlgorithm
  ) -> [UInt8] {
    let hash = ByteHash(algorithm)
    var text: (offsets: UnsafePointer<UInt32>, first: UInt32)?
    switch view {
    case .plain(let values), .scaled(_, let values), .indexed(let values, _, _):
      if case .utf8(let bytes, let offsets) = values {
        let first = offsets[rows.lowerBound]
        hash.addCounted(bytes + Int(first), Int(offsets[rows.upperBound] - first))
        text = (offsets, first)
      } else if let width = values.wordByteCount {
        hash.add(values, rows, width: width)
      } else {
        let (base, bits) = values.memory
        hash.addCounted(base + rows.lowerBound * bits / 8, (rows.count * bits + 7) / 8)
      }
    case .sequence: hash.addCounted(self.values?.base, self.values?.byteCount ?? 0)
    case .decoded(let view): hash.add(view, rows)
    case .constant: hash.addCounted(nil, 0)
    }
    let bitmap = validity.map { UnsafeRawPointer($0.base + rows.lowerBound / 8) }
    hash.addCounted(bitmap, bitmap == nil ? 0 : (rows.count + 7) / 8)
    if let (offsets, first) = text {
      if first == 0 {
        hash.addCounted(offsets + rows.lowerBound, (rows.count + 1) * 4)
      } else {
        let rebased = (rows.lowerBound...rows.upperBound).map { offsets[$0] - first }
        rebased.withUnsafeBytes { hash.addCounted($0.baseAddress, $0.count) }
      }
    } else {
      hash.addCounted(nil, 0)
    }
    return hash.digest
  }
}

extension PlainValues {
  /// Where values of fixed width lie, and how many bits each takes; those of blocks have no place of
  /// their own.
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
    case .packed, .decoded: fatalError("blocks are unpacked to be hashed")
    }
  }

  /// The bytes of the words that numbers are unpacked to; `nil` where they are not.
  fileprivate var wordByteCount: Int? {
    switch self {
    case .packed(let numbers): numbers.wordByteCount
    case .decoded(let numbers): numbers.wordByteCount
    default: nil
    }
  }
}

extension ByteHash {
  fileprivate func add(_ number: UInt64) {
    var word = number.littleEndian
    add(&word, 8)
  }

  /// Adds a count of bytes, and the numbers in the bytes that they are unpacked to: rows of a column
  /// have one hash, wherever blocks begin.
  fileprivate func add(_ values: PlainValues, _ rows: Range<Int>, width: Int) {
    add(UInt64(rows.count * width))
    values.forEachRun(rows) { _, count, words in
      guard let memory = words.integerMemory else { return }
      add(memory.base, count * width)
    }
  }

  /// Adds the values of rows as they are decoded.
  fileprivate func add(_ view: DecodedView, _ rows: Range<Int>) {
    let rows = rows.shifted(by: view.firstRow)
    switch view.decoder {
    case .integers(let decoder):
      add(UInt64(rows.count * 8))
      decoder.forEachBlock(rows) { _, values in add(values.baseAddress!, values.count * 8) }
    case .floats(let decoder):
      add(UInt64(rows.count * 8))
      decoder.forEachBlock(rows) { _, values in add(values.baseAddress!, values.count * 8) }
    case .texts(let decoder):
      decoder.decode(rows) { addCounted($0.baseAddress, $0.count) }
    }
  }

  /// Adds a count of bytes, and the bytes.
  fileprivate func addCounted(_ bytes: UnsafeRawPointer?, _ byteCount: Int) {
    add(UInt64(byteCount))
    guard let bytes else { return }
    ScratchMemory.forEachPiece(of: byteCount) { add(bytes + $0.lowerBound, $0.count) }
  }
}
