import Columnar
import TestSupport
import Testing

/// What a column is depends on its fields alone: not on their order, nor on how the file is cut,
/// on how many threads read it, or on whether values are kept.
struct TypingOrderTests {
  /// The engine and the plainest reading of the table of meanings agree.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func agreesWithTheReference(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<50 {
      let fields = FieldPool.column(using: &generator)
      var setup = FieldPool.setup(using: &generator)
      setup.chunkByteCount = [16, 48, 200, 1 << 20].randomElement(using: &generator)!
      setup.threads = Int.random(in: 1...4, using: &generator)
      let reference = TypingReference(typing: setup.typing, delimiter: setup.delimiter)
      let observed = try ObservedColumn(fields, setup)
      var type = observed.type
      // Forms of text are no part of the reference.
      if type == .uuid || type == .ipv4 { type = .string }
      let found = TypingReference.Answer(
        type: type, fidelity: observed.fidelity, values: observed.values)
      let summary = "seed \(seed), round \(round), \(fields), \(setup.typing), \(setup)"
      #expect(found == reference.answer(fields), "\(summary)")
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func cutsAndThreadsDoNotMatter(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<8 {
      let fields = FieldPool.column(using: &generator)
      let setup = FieldPool.setup(using: &generator)
      let expected = try ObservedColumn(fields, setup)
      for _ in 0..<5 {
        var other = setup
        other.chunkByteCount = [16, 23, 64, 300, 1 << 20].randomElement(using: &generator)!
        other.threads = Int.random(in: 1...4, using: &generator)
        other.countsDistinct = Bool.random(using: &generator)
        let found = try ObservedColumn(fields, other)
        #expect(found == expected, "seed \(seed), round \(round), \(fields), \(other)")
        other.keepsValues = false
        let analyzed = try ObservedColumn(fields, other)
        #expect(
          analyzed == expected.withoutValues, "seed \(seed), round \(round), \(fields), \(other)")
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func orderDoesNotMatter(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<8 {
      let fields = FieldPool.column(using: &generator)
      var setup = FieldPool.setup(using: &generator)
      let expected = try ObservedColumn(fields, setup).withoutOrder
      for _ in 0..<5 {
        setup.chunkByteCount = [16, 64, 1 << 20].randomElement(using: &generator)!
        setup.threads = Int.random(in: 1...3, using: &generator)
        let shuffled = fields.shuffled(using: &generator)
        let found = try ObservedColumn(shuffled, setup).withoutOrder
        #expect(found == expected, "seed \(seed), round \(round), \(shuffled), \(setup)")
      }
    }
  }

  /// Counting stops early where no dictionary pays, and must not where a late value is far away.
  @Test(arguments: [0, 90_000, 180_000, 299_999])
  func oneDistantValueAmongManyDistinct(place: Int) throws {
    var file = "v,z\n"
    for row in 0..<300_000 {
      file += row == place ? "9000000000000,z\n" : "\(row * 11 % 70_001),z\n"
    }
    var setup = ReadingSetup(threads: 2)
    let counted = try ObservedColumn(file: file, setup)
    setup.countsDistinct = false
    let kept = try ObservedColumn(file: file, setup)
    #expect(kept.layout == counted.layout, "row \(place)")
    #expect(kept.digest == counted.digest, "row \(place)")
    #expect(counted.layout.encoding == "dictionary", "row \(place)")
  }

  /// The comparison can fail: it sees one row more.
  @Test func seesADifference() throws {
    let one = try ObservedColumn([FieldText(text: "1")], ReadingSetup())
    let two = try ObservedColumn([FieldText(text: "1"), FieldText(text: "2")], ReadingSetup())
    #expect(one.withoutOrder != two.withoutOrder)
  }
}

extension ObservedColumn {
  /// What `keepsValues: false` can know.
  fileprivate var withoutValues: ObservedColumn {
    var column = self
    column.digest = nil
    column.values = []
    return column
  }

  /// What does not depend on the order of rows; a layout may, where one order is a sequence.
  fileprivate var withoutOrder: ObservedColumn {
    var column = self
    column.digest = nil
    column.values.sort { ($0 ?? "") < ($1 ?? "") }
    column.integers = column.integers.map {
      IntegerProfile(minimum: $0.minimum, maximum: $0.maximum)
    }
    column.layout = Layout(encoding: "")
    column.footprint = Footprint()
    return column
  }
}
