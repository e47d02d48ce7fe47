import Columnar
import TestSupport
import Testing

/// A column that is made block by block is the column that is made at once.
struct ColumnBlocksLawTests {
  private static let rowsPerBlock = 64

  @Test(arguments: 100..<108 as Range<UInt64>)
  func blocksAreTheColumn(seed: UInt64) throws {
    let memory = BlockMemory()
    try EncodingLawTests.forEachOffer(seed: seed) { offer, generator in
      guard offer.encoding.storesRows else { return }
      var chunks = offer.column.chunks(cuts: [], using: &generator)
      let whole = try offer.encoding.encode(&chunks, layout: offer.layout)
      // Text as it was read, or as codes; a dictionary needs codes.
      let findsDistinct = offer.layout.values != nil || Bool.random(using: &generator)
      let blocks = try ColumnBlocks(
        offer.column.chunks(
          cuts: offer.column.cuts(using: &generator), findsDistinct: findsDistinct,
          using: &generator),
        layout: offer.layout,
        integers: offer.profile.integers.map { $0.minimum...$0.maximum },
        rowsPerBlock: Self.rowsPerBlock)
      for _ in 0..<4 {
        let ends = [0, offer.column.count].map { Int.random(in: 0...$0, using: &generator) }
        let rows = ends.min()!..<ends.max()!
        #expect(blocks.nullCount(rows) == offer.bits[rows].count { $0 == nil }, "\(offer)")
        guard offer.column.type.domain == .bytes else { continue }
        let byteCount = offer.bits[rows].reduce(0) { $0 + ($1?.count ?? 0) }
        #expect(blocks.textByteCount(rows) == byteCount, "\(offer) \(rows)")
      }
      // In any order, each in memory that has had others.
      for index in (0..<blocks.blockCount).shuffled(using: &generator) {
        memory.restart()
        let block = try blocks.block(index, in: memory)
        let rows = blocks.rows(ofBlock: index)
        #expect(block.bits == Array(offer.bits[rows]), "\(offer), block \(index)")
        // A bitmap stands wherever the whole column has one.
        #expect((block.validity == nil) == (whole.validity == nil), "\(offer)")
      }
      #expect(blocks.digest == whole.digest(rowsPerBlock: Self.rowsPerBlock), "\(offer)")
      #expect(blocks.footprint == whole.footprint, "\(offer)")
    }
  }

  @Test(arguments: 200..<204 as Range<UInt64>)
  func theWholeIsTheColumn(seed: UInt64) throws {
    try EncodingLawTests.forEachOffer(seed: seed) { offer, generator in
      guard offer.encoding.storesRows else { return }
      let blocks = try ColumnBlocks(
        offer.column.chunks(cuts: offer.column.cuts(using: &generator), using: &generator),
        layout: offer.layout, integers: nil, rowsPerBlock: Self.rowsPerBlock)
      #expect(try blocks.whole().bits == offer.bits, "\(offer)")
    }
  }

  /// A value that does not fit is named by its row in the table, in whatever block it is.
  @Test func aMisfitNamesItsRow() throws {
    var generator = SeededGenerator(seed: 7)
    for row in [0, 63, 64, 200, 999] {
      var values = [Int128?](repeating: 5, count: 1000)
      values[row] = 300
      let column = PlainColumn(type: .integer, values: .integers(values))
      let blocks = try ColumnBlocks(
        column.chunks(cuts: [10, 100, 201], using: &generator),
        layout: Layout(encoding: "integer", width: 1), integers: 5...300,
        rowsPerBlock: Self.rowsPerBlock)
      let misfit = LayoutError(column: "v", row: row, layout: "int8")
      #expect(throws: misfit) { try blocks.block(row / 64, in: BlockMemory()) }
    }
  }

  /// The digest tells where rows are, not only what they are.
  @Test func oneChangedOrMovedValueChangesTheDigest() throws {
    var generator = SeededGenerator(seed: 8)
    let count = ColumnDigest.blockRowCount + 1000
    func digest(_ change: (inout [Int128?]) -> Void) throws -> String {
      var values = (0..<count).map { Int128($0 % 100) as Int128? }
      change(&values)
      var chunks = PlainColumn(type: .integer, values: .integers(values))
        .chunks(cuts: [count / 2], using: &generator)
      return try #require(Encodings.named["integer"])
        .encode(&chunks, layout: Layout(encoding: "integer", width: 1)).digest
    }
    let digests = try [
      digest { _ in }, digest { $0[0] = 1 }, digest { $0[count - 1] = 1 },
      digest { $0.swapAt(3, count - 3) }, digest { $0[65_900] = nil },
    ]
    #expect(Set(digests).count == digests.count)
    #expect(try digest { _ in } == digests[0])
  }
}
