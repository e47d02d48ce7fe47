import Columnar
import Foundation
import TestSupport
import Testing

/// Laws that every layout of every encoding obeys, on columns of every kind.
struct EncodingLawTests {
  private static let policies = [
    LayoutPolicy(), LayoutPolicy(allowsUnsigned: true), LayoutPolicy().storing(.smallest),
  ]

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
      let (profile, bits) = (column.profile, column.bits)
      for encoding in Encodings.all {
        for layout in Set(policies.flatMap { encoding.layouts(for: profile, policy: $0) }) {
          let offer = Offer(
            column: column, profile: profile, bits: bits, encoding: encoding,
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
      #expect(offer.layout.errorLimit == nil, "\(offer)")
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

  /// A layout says itself under which policies it is offered: the one that it names, and denser ones.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func layoutsNameTheLeastPolicy(seed: UInt64) {
    Self.forEachOffer(seed: seed) { offer, _ in
      for storage in StoragePolicy.allCases {
        let isOffered = [LayoutPolicy(), LayoutPolicy(allowsUnsigned: true)].contains { policy in
          offer.encoding.layouts(for: offer.profile, policy: policy.storing(storage))
            .contains(offer.layout)
        }
        #expect(isOffered == (storage >= offer.layout.storage), "\(offer), \(storage)")
      }
    }
  }

  /// The bytes of texts are those of the texts, whether or not these are made.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func textIsMeasured(seed: UInt64) throws {
    try Self.forEachOffer(seed: seed) { offer, generator in
      var chunks = offer.column.chunks(cuts: [], using: &generator)
      let encoded = try offer.encoding.encode(&chunks, layout: offer.layout)
      guard let texts = TextRows(encoded.view), encoded.count > 0 else { return }
      let first = Int.random(in: 0..<encoded.count, using: &generator)
      for rows in [0..<encoded.count, first..<encoded.count, first..<first + 1, first..<first] {
        var (found, measured): ([Int], [Int]) = ([], [])
        texts.forEach(rows) { found.append($1.count) }
        texts.measure(rows) { row, byteCount in
          #expect(row == rows.lowerBound + measured.count, "\(offer)")
          measured.append(byteCount)
        }
        #expect(measured == found, "\(offer), \(rows)")
        #expect(texts.textByteCount(rows) == found.reduce(0, +), "\(offer), \(rows)")
        #expect(texts.byteCountLimit(rows) >= found.max() ?? 0, "\(offer)")
      }
      #expect(texts.byteCount(at: first) == texts.withText(at: first) { $0.count }, "\(offer)")
    }
  }

  /// Layouts that change values are offered to whoever asks, and change them no further than that.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func valuesChangeOnlyAsFarAsAllowed(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = PlainColumn.rowCounts.randomElement(using: &generator)!
    let special = [.nan, .infinity, -.infinity, -0.0, 0.0, 1.5, 3.4e38, 1e300, 1e-40]
    let mostlyPlain = special.prefix(Bool.random(using: &generator) ? 6 : 9)
    let values = (0..<count).map { _ -> Double? in
      switch Int.random(in: 0..<40, using: &generator) {
      case 0: nil
      case 1: mostlyPlain.randomElement(using: &generator)!
      default: .random(in: -1000...1000, using: &generator)
      }
    }
    let column = PlainColumn(type: .float, values: .floats(values))
    for limit in [1e-9, 1e-7, 1e-3, 0.5] {
      let policy = LayoutPolicy(floatErrorLimit: limit)
      for encoding in Encodings.all {
        for layout in encoding.layouts(for: column.profile, policy: policy)
        where layout.errorLimit != nil {
          var chunks = column.chunks(cuts: column.cuts(using: &generator), using: &generator)
          let encoded = try encoding.encode(&chunks, layout: layout)
          #expect(encoding.footprint(of: layout, for: column.profile) == encoded.footprint)
          guard case .plain(.float32(let stored)) = encoded.view else {
            Issue.record("seed \(seed), \(layout)")
            continue
          }
          for (row, value) in values.enumerated() {
            guard let value else { continue }
            let isEqual = Double(stored[row]).bitPattern == value.bitPattern
            let error = abs(Double(stored[row]) - value)
            #expect(isEqual || error / abs(value) <= limit, "seed \(seed), row \(row)")
          }
        }
      }
    }
    // A limit that some value passes is an error with its row.
    guard let row = values.firstIndex(where: { $0.map { $0.float32Error > 1e-12 } ?? false })
    else { return }
    var chunks = column.chunks(cuts: [], using: &generator)
    let error = #expect(throws: LayoutError.self) {
      try Encodings.named["float"]!.encode(
        &chunks, layout: Layout(encoding: "float", width: 4, errorLimit: 1e-12))
    }
    #expect(error?.row == row, "seed \(seed)")
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func theFormulaIsTheFootprint(seed: UInt64) throws {
    try Self.forEachOffer(seed: seed) { offer, generator in
      var chunks = offer.column.chunks(
        cuts: offer.column.cuts(using: &generator), using: &generator)
      let encoded = try offer.encoding.encode(&chunks, layout: offer.layout)
      let foretold = offer.encoding.footprint(of: offer.layout, for: offer.profile)
      #expect(offer.encoding.isForetold || foretold == encoded.footprint, "\(offer)")
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
      } catch let error as LayoutError {
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
    let hasSign = IntegerRows(view)?.isUnsigned != true
    let domain = type.domain
    if nullCount == count { return Array(repeating: nil, count: count) }
    switch domain {
    case .float: view.floats.copy(0..<count, to: raw.assumingMemoryBound(to: Double.self))
    case .integer: view.integers.copy(0..<count, to: raw.assumingMemoryBound(to: Int64.self))
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
    [values, validity?.memory, offsets].reduce(0) { $0 + ($1?.allocatedByteCount ?? 0) }
      + dictionary.reduce(0) { $0 + $1.allocatedByteCount }
  }
}
