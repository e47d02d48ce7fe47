import TestSupport
import Testing

@testable import Columnar

/// Rows without a value are listed where they are few and the layout is dense; who reads them cannot tell.
@Suite struct ValidityTests {
  private struct Sample {
    let bits: Buffer
    let isNull: [Bool]
    var nullCount: Int { isNull.count { $0 } }

    init(_ rowCount: Int, perMille: Int, _ generator: inout SeededGenerator) {
      isNull = (0..<rowCount).map { _ in Int.random(in: 0..<1000, using: &generator) < perMille }
      bits = Buffer(zeroedByteCount: (rowCount + 7) / 8)
      for (row, isNull) in isNull.enumerated() where !isNull {
        bits.pointer(as: UInt8.self)[row >> 3] |= 1 << UInt8(row & 7)
      }
    }
  }

  /// With what lies behind the last row.
  private static func bytes(_ buffer: Buffer) -> [UInt8] {
    (0..<buffer.allocatedByteCount).map { buffer.pointer(as: UInt8.self)[$0] }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func eitherFormAnswersAlike(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for rowCount in [1, 63, 64, 65, 1000, 1024, 1025, 5000, 70_000] {
      for perMille in [0, 1, 30, 60, 70, 500] {
        let sample = Sample(rowCount, perMille: perMille, &generator)
        let nullCount = sample.nullCount
        if nullCount == 0 || nullCount == rowCount { continue }
        let origin: Comment = "seed \(seed), \(nullCount) of \(rowCount)"
        for listsNulls in [false, true] {
          let validity = Validity(
            sample.bits, rowCount: rowCount, nullCount: nullCount, listsNulls: listsNulls)
          #expect(
            validity.memory.byteCount
              == Validity.byteCount(
                rowCount: rowCount, nullCount: nullCount, listsNulls: listsNulls), origin)
          #expect(validity.memory.byteCount <= sample.bits.byteCount, origin)
          #expect(Self.bytes(validity.bits) == Self.bytes(sample.bits), origin)
          for row in 0..<rowCount where validity.isNull(row) != sample.isNull[row] {
            Issue.record("row \(row), \(origin)")
          }
          if case .nulls(let nulls) = validity {
            #expect(listsNulls, origin)
            let ends = (0..<2).map { _ in Int.random(in: 0...rowCount, using: &generator) }.sorted()
            let rows = ends[0]..<ends[1]
            #expect(nulls.count(rows) == sample.isNull[rows].count { $0 }, "\(origin), \(rows)")
            let bits = nulls.bits(of: rows)
            for (place, isNull) in sample.isNull[rows].enumerated()
            where ArrowNulls(validity: bits.pointer(as: UInt8.self)).isNull(place) != isNull {
              Issue.record("place \(place) of \(rows), \(origin)")
            }
          } else {
            #expect(validity.bits === sample.bits, origin)
          }
        }
      }
    }
  }

  /// Bits that are made are the same for all who read them, and gone with the last.
  @Test func bitsAreSharedAndNotKept() {
    var generator = SeededGenerator(seed: 5)
    let sample = Sample(5000, perMille: 20, &generator)
    let validity = Validity(
      sample.bits, rowCount: 5000, nullCount: sample.nullCount, listsNulls: true)
    weak var made: Buffer?
    do {
      let bits = validity.bits
      made = bits
      #expect(bits === validity.bits)
      #expect(bits !== sample.bits)
    }
    #expect(made == nil)
    #expect(Self.bytes(validity.bits) == Self.bytes(sample.bits))
  }

  /// Bits in memory that is lent for a block stay there.
  @Test func bitsOfABlockStay() {
    var generator = SeededGenerator(seed: 6)
    let sample = Sample(5000, perMille: 20, &generator)
    let lent = Buffer(
      reading: sample.bits.base, byteCount: sample.bits.byteCount, of: sample.bits)
    let validity = Validity(lent, rowCount: 5000, nullCount: sample.nullCount, listsNulls: true)
    #expect(validity.bits === lent)
  }

  /// Every layout of columns with few nulls, over several blocks: the formula, the values, and blocks that are
  /// made one by one.
  @Test(arguments: 0..<3 as Range<UInt64>)
  func columnsWithFewNulls(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = 3000 + Int(seed)
    func sparse<T>(_ value: (Int) -> T) -> [T?] {
      (0..<count).map { Int.random(in: 0..<100, using: &generator) < 2 ? nil : value($0) }
    }
    let integers: [[Int128?]] = [
      sparse { Int128($0 * 7 % 1000) }, sparse { Int128($0 / 9 % 5) * 1_000_000 },
      sparse { Int128($0 % 61 == 40 ? 1 << 30 : $0 % 37) }, sparse { Int128($0 * 3) },
    ]
    let texts: [[[UInt8]?]] = [
      sparse { Array("INV-\(1_000_000 + $0 * 13)".utf8) },
      sparse { Array(["red", "green", "dark blue"][$0 % 3].utf8) },
      sparse { Array("the \($0 % 97)th of all the words that there are".utf8) },
    ]
    let columns =
      integers.map { PlainColumn(type: .integer, values: .integers($0)) }
      + texts.map { PlainColumn(type: .string, values: .texts($0)) }
    var listing: Set<String> = []
    for column in columns {
      let (profile, bits) = (column.profile, column.bits)
      for encoding in Encodings.all {
        for layout in encoding.layouts(for: profile, policy: LayoutPolicy().storing(.smallest)) {
          let origin: Comment = "seed \(seed), \(layout) of \(column)"
          var chunks = column.chunks(cuts: [70, 1500], using: &generator)
          let made = try encoding.encode(&chunks, layout: layout)
          #expect(made.bits == bits, origin)
          var isListed = false
          if case .nulls? = made.validity { isListed = true }
          #expect(isListed == layout.listsNulls, origin)
          if isListed { listing.insert(layout.encoding) }
          if !encoding.isForetold {
            #expect(encoding.footprint(of: layout, for: profile) == made.footprint, origin)
          }
          guard encoding.storesRows else { continue }
          let blocks = try ColumnBlocks(
            column.chunks(cuts: [], using: &generator), layout: layout, integers: nil,
            rowsPerBlock: 1024)
          let memory = BlockMemory()
          for block in 0..<blocks.blockCount {
            memory.restart()
            _ = try blocks.block(block, in: memory)
          }
          #expect(blocks.digest == made.digest(rowsPerBlock: 1024), origin)
          #expect(blocks.footprint == made.footprint, origin)
        }
      }
    }
    let dense: Set = ["packed", "patched", "runs", "delta", "dictionary", "tokens", "affix"]
    #expect(listing.isSuperset(of: dense), "\(listing)")
  }
}
