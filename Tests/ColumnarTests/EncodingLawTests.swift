import Columnar
import Foundation
import Testing

/// Laws that every layout of every encoding obeys, on columns of every kind.
struct EncodingLawTests {
  private static let policies = [LayoutPolicy(), LayoutPolicy(allowsUnsigned: true)]

  /// A random column and a layout that some encoding offers for it.
  struct Offer: CustomStringConvertible {
    let column: PlainColumn
    let profile: ColumnProfile
    let bits: [[UInt8]?]
    let encoding: any Encoding
    let layout: Layout
    let origin: String

    var description: String {
      "\(origin), \(layout) \(layout.values?.description ?? ""), \(column)"
    }
  }

  /// Calls `body` with each layout that some encoding offers for each of many random columns.
  static func forEachOffer(
    seed: UInt64, _ body: (Offer, inout SeededGenerator) throws -> Void
  ) rethrows {
    var generator = SeededGenerator(seed: seed)
    for shape in ColumnShape.allCases {
      let count = PlainColumn.rowCounts.randomElement(using: &generator)!
      let column = PlainColumn.random(shape, count: count, using: &generator)
      let profile = column.profile
      for encoding in Encodings.all {
        for layout in Set(policies.flatMap { encoding.layouts(for: profile, policy: $0) }) {
          let offer = Offer(
            column: column, profile: profile, bits: column.bits, encoding: encoding,
            layout: layout, origin: "seed \(seed), \(shape)")
          try body(offer, &generator)
        }
      }
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func decodingGivesBackWhatWasEncoded(seed: UInt64) throws {
    try Self.forEachOffer(seed: seed) { offer, generator in
      var chunks = offer.column.chunks(
        cuts: offer.column.cuts(using: &generator), using: &generator)
      let encoded = try offer.encoding.encode(&chunks, layout: offer.layout)
      #expect(encoded.bits == offer.bits, "\(offer)")
      #expect(
        encoded.count == offer.column.count && encoded.nullCount == offer.column.nullCount,
        "\(offer)")
      // The way from one layout to another.
      var again = ChunkedValues(decoding: encoded)
      again.findDistinct()
      let second = try offer.encoding.encode(&again, layout: offer.layout)
      #expect(second.digest == encoded.digest, "\(offer)")
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func theFormulaIsTheFootprint(seed: UInt64) throws {
    try Self.forEachOffer(seed: seed) { offer, generator in
      var chunks = offer.column.chunks(
        cuts: offer.column.cuts(using: &generator), using: &generator)
      let encoded = try offer.encoding.encode(&chunks, layout: offer.layout)
      #expect(
        offer.encoding.footprint(of: offer.layout, for: offer.profile) == encoded.footprint,
        "\(offer)")
      #expect(encoded.footprint.total % 64 == 0, "\(offer)")
      #expect(encoded.footprint.total == encoded.allocatedByteCount, "\(offer)")
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func cutsDoNotShowInTheDigest(seed: UInt64) throws {
    try Self.forEachOffer(seed: seed) { offer, generator in
      var digests: Set<String> = []
      for _ in 0..<3 {
        var chunks = offer.column.chunks(
          cuts: offer.column.cuts(using: &generator), using: &generator)
        digests.insert(try offer.encoding.encode(&chunks, layout: offer.layout).digest)
      }
      #expect(digests.count == 1, "\(offer)")
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func layoutsSurviveJSON(seed: UInt64) throws {
    try Self.forEachOffer(seed: seed) { offer, _ in
      let data = try JSONEncoder().encode(offer.layout)
      #expect(try JSONDecoder().decode(Layout.self, from: data) == offer.layout, "\(offer)")
      #expect(Encodings.named[offer.layout.encoding]?.name == offer.encoding.name, "\(offer)")
    }
  }

  /// Each layout, given a column of the same domain that it was not made for, holds it bit for bit
  /// or refuses it and names a row that it does not hold.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func aLayoutHoldsAValueOrRefusesIt(seed: UInt64) throws {
    try Self.forEachOffer(seed: seed) { offer, generator in
      let shape = ColumnShape.allCases.randomElement(using: &generator)!
      var other = PlainColumn.random(shape, count: 65, using: &generator)
      guard other.type.domain == offer.column.type.domain else { return }
      other.type = offer.column.type
      var chunks = other.chunks(cuts: other.cuts(using: &generator), using: &generator)
      do {
        let encoded = try offer.encoding.encode(&chunks, layout: offer.layout)
        #expect(encoded.bits == other.bits, "\(offer) given \(other)")
      } catch let error as EncodingError {
        #expect(error.column == "v", "\(offer) given \(other)")
        guard let row = error.row else { return }
        #expect(
          row < other.count && other.bits[row] != nil || offer.layout.step != nil,
          "\(offer) given \(other)")
      }
    }
  }

  /// The laws can fail: a column with one value changed is told apart.
  @Test func seesOneChangedValue() throws {
    var generator = SeededGenerator(seed: 1)
    let column = PlainColumn(type: .integer, values: .integers([1, nil, 3]))
    let changed = PlainColumn(type: .integer, values: .integers([1, nil, 4]))
    var chunks = column.chunks(cuts: [], using: &generator)
    let encoding = try #require(Encodings.named["integer"])
    let encoded = try encoding.encode(&chunks, layout: Layout(encoding: "integer", width: 1))
    #expect(encoded.bits == column.bits)
    #expect(encoded.bits != changed.bits)
  }
}

extension Column {
  /// The values as bits (see `PlainColumn`), read through the view.
  var bits: [[UInt8]?] {
    let target = UnsafeMutablePointer<UInt64>.allocate(capacity: max(count, 1))
    defer { target.deallocate() }
    let raw = UnsafeMutableRawPointer(target)
    let hasSign = ![layout, layout.values?.first].contains {
      $0?.encoding == "integer" && $0?.isUnsigned == true && $0?.width == 8
    }
    let domain = type.domain
    if nullCount == count { return Array(repeating: nil, count: count) }
    switch domain {
    case .float: view.decodeFloats(count: count, to: raw.assumingMemoryBound(to: Double.self))
    case .integer: view.decodeIntegers(count: count, to: raw.assumingMemoryBound(to: Int64.self))
    case .bytes: break
    }
    return (0..<count).map { row in
      if isNull(row) { return nil }
      let word = target[row]
      switch domain {
      case .float: return PlainColumn.bytes(word)
      case .integer:
        return PlainColumn.bytes(hasSign ? Int128(Int64(bitPattern: word)) : Int128(word))
      case .bytes: break
      }
      var bytes: [UInt8] = []
      view.appendText(row: row, to: &bytes)
      return bytes
    }
  }

  /// The bytes that the buffers themselves say they take.
  var allocatedByteCount: Int {
    [values, validity, offsets].reduce(0) { $0 + ($1?.allocatedByteCount ?? 0) }
      + dictionary.reduce(0) { $0 + $1.allocatedByteCount }
  }
}
