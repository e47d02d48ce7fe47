import Columnar
import Testing

@testable import Kernels

/// Every reduction gives the same answer in every layout of every encoding, the plain one.
struct ReductionLawTests {
  static let sizes = [0, 1, 63, 64, 65, 129, 1025]
  static let nullPercents = [0, 30, 100]

  @Test(arguments: SampleKind.all)
  func `Answers do not depend on the layout`(kind: SampleKind) throws {
    for (index, size) in Self.sizes.enumerated() {
      for nullPercent in Self.nullPercents {
        let seed = UInt64(index * 1000 + nullPercent)
        let sample = kind.sample(count: size, nullPercent: nullPercent, seed: seed)
        let columns = try sample.columns()
        for reduction in Reductions.all where reduction.applies(to: sample.type) {
          try check(reduction, columns, sample)
        }
      }
    }
  }

  private func check(
    _ reduction: any Reduction, _ columns: [Column], _ sample: ColumnSample
  ) throws {
    let constants: [StoredValue?] = reduction.takesConstant ? constants(sample) : [nil]
    for constant in constants {
      let expected = reference(reduction, sample, constant: constant)
      for column in columns {
        let rows = ColumnRows(column)
        for (form, rows) in [("stored", rows), ("decoded", rows.decodedTwin)] {
          let reduced = try reduction(rows, constant: constant)
          #expect(
            reduced.answer.agrees(with: expected),
            """
            \(reduction.name), constant \(constant.map { "\($0)" } ?? "none"), \(column.layout) \
            \(form): \(reduced.answer), not \(expected); \(sample)
            """)
        }
      }
    }
  }

  /// Values of the column, values between and beyond them, and the ends of types.
  private func constants(_ sample: ColumnSample) -> [StoredValue] {
    let present = Array(sample.present.prefix(2)) + Array(sample.present.suffix(1))
    switch sample.type.domain {
    case .integer:
      return present + present.map { .integer($0.integer + 1) }
        + [0, 1, 128, -129, .integer(1 << 63), .integer(.min), .integer(.max)]
    case .float:
      return present + present.map { .float($0.float.nextUp) }
        + present.map { .float($0.float.nextDown) }
        + [0.0, -0.0, 0.1, 1e300, -1e300, .float(.nan), .float(.infinity), .float(-.infinity)]
    case .bytes:
      return present + ["", "K", "KLM", "AB", "0A", "0.0.0.0", .text([0]), .text([0, 0, 0])]
    }
  }

  @Test(arguments: SampleKind.all, [1, 3])
  func `Answers do not depend on threads or parts`(kind: SampleKind, threads: Int) throws {
    let sample = kind.sample(count: 2100, nullPercent: 20, seed: UInt64(threads))
    let columns = try sample.columns()
    try KernelThreads.withCount(threads) {
      // Parts of 1,024 rows: three, the last not whole.
      try KernelThreads.$partLevel.withValue(0) {
        for reduction in Reductions.all where reduction.applies(to: sample.type) {
          try check(reduction, columns, sample)
        }
      }
    }
  }

  @Test
  func `Two bytes a row are counted as words where there are many rows`() throws {
    let sample = SampleKind.texts[1].sample(count: 66_000, nullPercent: 10, seed: 5)
    try check(GroupCount(), try sample.columns(), sample)
  }

  @Test
  func `Prefixes are reduced as columns of their own`() throws {
    for kind in SampleKind.all {
      let whole = kind.sample(count: 700, nullPercent: 30, seed: 7)
      let part = ColumnSample(
        kind: whole.kind, type: whole.type, values: Array(whole.values.prefix(320)), seed: 7)
      for column in try whole.columns() {
        let rows = ColumnRows(column).prefix(383)
        #expect(rows.count == 320)
        for reduction in Reductions.all where reduction.applies(to: whole.type) {
          let constant = whole.present.last
          let reduced = try reduction(rows, constant: constant)
          #expect(
            reduced.answer.agrees(with: reference(reduction, part, constant: constant)),
            "\(reduction.name), \(column.layout); \(whole)")
        }
      }
    }
  }

  @Test
  func `The samples reach every encoding, and every reduction applies to one`() throws {
    var encodings: Set<String> = []
    var reductions: Set<String> = []
    for kind in SampleKind.all {
      let columns = try kind.sample(count: 500, nullPercent: 0, seed: 1).columns()
      encodings.formUnion(columns.map(\.layout.encoding))
      reductions.formUnion(Reductions.all.filter { $0.applies(to: kind.type) }.map(\.name))
    }
    #expect(encodings == Set(Encodings.all.map(\.name)))
    #expect(reductions.count == Reductions.all.count)
  }

  @Test
  func `Answers that differ do not agree`() throws {
    let sample = SampleKind("bytes", .integer) { .integer(Int128.random(in: 1...99, using: &$1)) }
      .sample(count: 200, nullPercent: 20, seed: 3)
    // A null read as the zero that is stored for it.
    let wrong = ColumnSample(
      kind: sample.kind, type: sample.type, values: sample.values.map { $0 ?? 0 }, seed: 3)
    for reduction in [MinMax(), ComparisonCount(.less)] as [any Reduction] {
      let expected = reference(reduction, sample, constant: 50)
      #expect(!expected.agrees(with: reference(reduction, wrong, constant: 50)))
    }
  }

  @Test(arguments: SampleKind.texts)
  func `Every text is counted`(kind: SampleKind) throws {
    let sample = kind.sample(count: 400, nullPercent: 10, seed: 12)
    var expected: [[UInt8]: Int] = [:]
    for value in sample.present { expected[value.text, default: 0] += 1 }
    for column in try sample.columns() {
      let groups = try column.groupCounts()
      #expect(groups.groupCount == expected.count, "\(column.layout), \(sample)")
      let sorted = groups.sorted
      #expect(
        Dictionary(uniqueKeysWithValues: sorted.map { ($0.text, $0.rowCount) }) == expected,
        "\(column.layout), \(sample)")
      let texts = sorted.map(\.text)
      #expect(zip(texts, texts.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    }
    #expect(throws: ReductionError.self) { try Column("n", integers: [1]).groupCounts() }
  }

  @Test
  func `A column says what it has no answer to`() throws {
    let sample = SampleKind.texts[0].sample(count: 10, nullPercent: 0, seed: 1)
    let column = try #require(try sample.columns().first)
    let error = #expect(throws: ReductionError.self) { try column.sum() }
    #expect(error?.description == "column 'width 1': there is no sum of type string")
    #expect(throws: ReductionError.self) { try column.count(where: .equal(to: 3)) }
  }
}
