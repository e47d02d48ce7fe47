import Columnar
import TestSupport
import Testing

@testable import Kernels

/// What has loops of its own for each type answers as the row by row way does, in every layout.
struct TypedPathTests {
  private static let sizes = [(0, 0), (1, 0), (130, 30), (70, 100), (1100, 10)]

  private static let types: [LogicalType] =
    [.integer, .float, .boolean, .string, .date]
    + [0, 2, 5, 18].map { .decimal(scale: $0) }
    + [.second, .nanosecond].flatMap { unit -> [LogicalType] in
      [
        .time(unit: unit), .duration(unit: unit), .timestamp(unit: unit, zone: nil),
        .timestamp(unit: unit, zone: "UTC"),
      ]
    }

  private func forEachColumn(
    _ kind: SampleKind, _ body: (ColumnSample, Column, Comment) throws -> Void
  ) throws {
    for (size, nullPercent) in Self.sizes {
      let sample = kind.sample(count: size, nullPercent: nullPercent, seed: UInt64(size + 3))
      for column in try sample.columns() { try body(sample, column, "\(column.layout), \(sample)") }
    }
  }

  private func checkCasts(_ column: Column, _ note: Comment) {
    for type in Self.types where type != column.type && type != .string {
      guard column.nullCount < column.count, Casting.canCast(column.type, to: type) else {
        continue
      }
      let note: Comment = "\(note) to \(type)"
      let expected = Result { () throws(FrameError) in try column.castRowByRow(to: type) }
      let found = Result { () throws(FrameError) in try column.cast(to: type) }
      switch (found, expected) {
      case (.success(let found), .success(let expected)):
        #expect(found.scalars == expected.scalars && found.layout == expected.layout, note)
        #expect(found.digest == expected.digest, note)
      case (.failure(let found), .failure(let expected)): #expect(found == expected, note)
      default: Issue.record("\(found), \(expected), \(note.rawValue)")
      }
    }
  }

  @Test(arguments: SampleKind.all)
  func `Casts in blocks are those of each row`(kind: SampleKind) throws {
    try withParts(3) {
      try forEachColumn(kind) { sample, column, note in checkCasts(column, note) }
    }
  }

  @Test
  func `Texts are cast as they are spelled`() throws {
    let spellings = [
      "0", "-0", "+7", "007", "1.", ".5", "-.5", "-", "+", "", " 1", "1 ", "1.50", "-2.25", "1.500",
      "1e3", "nan", "inf", "0x10", "true", "false", "True", "123456789012345678",
      "1234567890123456789", "-9223372036854775808", "9223372036854775808", "0.000000000000000001",
      "9007199254740993", "0.1", "1.7976931348623157e308", "2024-02-29", "2023-02-29", "0000-01-01",
      "2024-1-1", "2024-02-29T10:00", "10:20:30", "24:00:00", "2024-02-29 10:20:30.5Z", "1.2.3",
      "1,5",
      "²", "00000000000000000001", "2024-13-01", "99999999999999.99",
    ]
    for text in spellings {
      checkCasts(Column("x", [text, nil, text] as [String?]), "'\(text)'")
      checkCasts(Column("x", [String?](repeating: text, count: 60) + [nil]), "'\(text)' as a word")
      let plain = Column("x", (0..<40).map { (row: Int) -> String in row == 20 ? text : "\(row)" })
      checkCasts(plain, "'\(text)' among numbers")
    }
  }

  @Test
  func `Words of a dictionary that no row has stand in no cast's way`() throws {
    let texts = (0..<400).map { (row: Int) -> String in row % 50 == 0 ? "none" : "\(row % 7)" }
    let column = Column("x", texts)
    #expect(column.layout.encoding == "dictionary")
    let numbers = try column.filtered(by: ~column.rows(where: .equal(to: "none")))
    let expected = texts.filter { $0 != "none" }.map { StoredValue?.some(.integer(Int128($0)!)) }
    #expect(try numbers.cast(to: .integer).scalars == expected)
    let error = #expect(throws: FrameError.self) { try column.cast(to: .integer) }
    #expect(error?.row == 0)
  }

  @Test
  func `Texts become a dictionary where that is smaller`() throws {
    var generator = SeededGenerator(seed: 5)
    for (count, distinct, nullPercent) in [
      (1, 1, 0), (10, 2, 0), (700, 3, 20), (700, 300, 0), (3000, 257, 5), (90_000, 70_000, 1),
      (90_000, 500, 40), (40_000, .max, 0),
    ] {
      let values = (0..<count).map { _ -> String? in
        if Int.random(in: 0..<100, using: &generator) < nullPercent { return nil }
        let word = Int.random(in: 0..<distinct, using: &generator)
        return String(repeating: "é", count: word % 9) + "\(word)"
      }
      let column = Column("x", values)
      let words = Set(values.compactMap { $0 })
      let width = words.count <= 256 ? 1 : words.count <= 65_536 ? 2 : 4
      let text = values.reduce(0) { $0 + ($1?.utf8.count ?? 0) + 4 }
      let coded = words.reduce(count * width) { $0 + $1.utf8.count + 4 }
      let note: Comment = "\(count) rows of \(distinct), seed 5"
      #expect(Array(try column.values(as: String.self)) == values, note)
      #expect((column.layout.encoding == "dictionary") == (coded * 5 <= text * 4), note)
      #expect(column.nullCount == values.count { $0 == nil }, note)
      if let dictionary = column.dictionary.first {
        let sorted = words.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        #expect(dictionary.scalars == sorted.map { .text($0) } && column.layout.width == width)
      }
      let whole = values.map { $0 ?? "" }
      #expect(Column("x", whole) == Column("x", whole as [String?]), note)
    }
  }

  @Test(arguments: SampleKind.all)
  func `A run of rows is those rows`(kind: SampleKind) throws {
    var generator = SeededGenerator(seed: 9)
    try forEachColumn(kind) { sample, column, note in
      for _ in 0..<6 {
        let start = Int.random(in: 0...column.count, using: &generator)
        let range = start..<Int.random(in: start...column.count, using: &generator)
        let numbers = range.map { UInt32($0) }
        let run = column.run(range)
        #expect(run.scalars == column.taking(rowNumbers: numbers).scalars, "\(note) \(range)")
        // Rows of compressed blocks and those that follow from their neighbours are taken as plain text, those of
        // groups by themselves.
        // All rows are the column, though in tokens a few take more bytes than as text.
        let isWhole = column.layout.encoding == "tokens" && range.count == column.count
        if !isWhole, !["zstd", "front", "radix"].contains(column.layout.encoding) {
          #expect(run.digest == column.taking(rowNumbers: numbers).digest, "\(note) \(range)")
        }
        let thrice = try column.repeating(range, times: 3)
        #expect(
          thrice.digest == (try column.repeating(rowNumbers: numbers + numbers + numbers)).digest,
          "\(note) \(range)")
      }
    }
  }

  @Test(arguments: SampleKind.all)
  func `Values are replaced in the rows that are meant`(kind: SampleKind) throws {
    try withParts(3) {
      try forEachColumn(kind) { sample, column, note in
        guard let value = sample.present.first else { return }
        let scalar = Scalar(value, of: kind.type)
        let isNull: (StoredValue?) -> Bool = { $0 == nil }
        let isThere: (StoredValue?) -> Bool = { $0 != nil }
        let isEqual: (StoredValue?) -> Bool = { $0.map { same($0, value) && !$0.isNaN } ?? false }
        let cases: [(Condition, (StoredValue?) -> Bool)] = [
          (.isNull, isNull), (.isNotNull, isThere), (.equal(to: scalar), isEqual),
        ]
        for (condition, takes) in cases {
          for replacement in [scalar, nil] as [Scalar?] {
            let new: StoredValue? = replacement == nil ? nil : value
            let expected: [StoredValue?] = sample.values.map { takes($0) ? new : $0 }
            guard expected.allSatisfy({ $0.map { $0.fits } ?? true }) else { continue }
            let found = try column.replacing(condition, with: replacement)
            #expect(found.scalars == expected.same, "\(note) \(condition) \(replacement as Any)")
            #expect(found.nullCount == expected.count { $0 == nil }, note)
          }
        }
      }
    }
  }

  @Test
  func `What does not fit is replaced by no value`() throws {
    let numbers = Column("n", [1, nil, 3] as [Int?])
    #expect(throws: ReductionError.self) { try numbers.replacing(.isNull, with: "x") }
    #expect(throws: ReductionError.self) {
      try numbers.replacing(.isNull, with: .integer(Int128(Int64.max) + 1))
    }
    #expect(try numbers.replacing(.isNull, with: nil) == numbers)
    let texts = Column("t", ["a", nil, "b"])
    #expect(try texts.replacing(.isNull, with: "").scalars == ["a", "", "b"])
    #expect(try texts.replacing(.isNotNull, with: nil).nullCount == 3)
  }
}

extension StoredValue {
  fileprivate var isNaN: Bool { if case .float(let number) = self { number.isNaN } else { false } }

  /// Whether a column that is made anew holds it: 64 bits with a sign.
  fileprivate var fits: Bool {
    if case .integer(let number) = self { Int64(exactly: number) != nil } else { true }
  }
}
