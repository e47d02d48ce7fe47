import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Groups and joins against plain dictionaries of values.
struct GroupLawTests {
  private static let values = [
    SampleKind.integers[0], SampleKind.integers[2], SampleKind.integers[4],
    SampleKind.integers[12], SampleKind.integers[14], SampleKind.floats[0], SampleKind.floats[4],
    SampleKind.texts[0],
  ]

  @Test(arguments: SampleKind.all, [1, 3])
  func `Every aggregation by every kind of key`(kind: SampleKind, threads: Int) throws {
    for (size, nullPercent) in [(0, 0), (150, 20), (1100, 0)] {
      let seed = UInt64(size + nullPercent + threads)
      let key = kind.sample(count: size, nullPercent: nullPercent, seed: seed)
      let value = Self.values.randomElement(seed).sample(
        count: size, nullPercent: nullPercent, seed: seed + 1)
      let columns = try value.columns()
      let expected = Expected([key], value)
      for (index, column) in try key.columns().enumerated() {
        guard !columns.isEmpty else { continue }
        let other = columns[index % columns.count]
        try withParts(threads) { try check([column], other, expected) }
      }
    }
  }

  @Test(arguments: 0..<8)
  func `Several keys, nulls kept or dropped`(seed: UInt64) throws {
    let kinds = [
      SampleKind.integers[9], SampleKind.texts[0], SampleKind.floats[4], SampleKind.integers[4],
    ]
    let samples = (0..<3).map {
      kinds[Int((seed + $0 * 3) % 4)].sample(count: 300, nullPercent: 30, seed: seed + $0)
    }
    let value = SampleKind.integers[14].sample(count: 300, nullPercent: 10, seed: seed)
    let columns = try samples.map { sample in
      let columns = try sample.columns()
      return columns[Int(seed) % columns.count]
    }
    let other = try value.columns()[0]
    for dropsNulls in [false, true] {
      try withParts(2) {
        try check(columns, other, Expected(samples, value, dropsNulls: dropsNulls))
      }
    }
  }

  /// What grouping gives in every layout: found once, by plain dictionaries.
  private struct Expected {
    let samples: [ColumnSample]
    let value: ColumnSample
    let dropsNulls: Bool
    /// By key, the value of each group.
    let keys: [[StoredValue?]]
    /// The answers for each group; `nil` where the type has none.
    let answers: [(kind: Aggregation.Kind, values: [StoredValue?]?)]

    init(_ samples: [ColumnSample], _ value: ColumnSample, dropsNulls: Bool = false) {
      (self.samples, self.value, self.dropsNulls) = (samples, value, dropsNulls)
      var groups: [[StoredValue?]: [Int]] = [:]
      for row in value.values.indices {
        let key = samples.map { $0.values[row]?.canonical }
        if dropsNulls && key.contains(nil) { continue }
        groups[key, default: []].append(row)
      }
      let order = groups.keys.sorted { a, b in
        for (x, y) in zip(a, b) where x != y {
          guard let x else { return false }
          guard let y else { return true }
          return precedes(x, y, false)
        }
        return false
      }
      keys = samples.indices.map { index in order.map { $0[index] } }
      let rows = order.map { groups[$0]! }
      answers = Aggregation.Kind.everyKind.map { ($0, GroupLawTests.reference($0, value, rows)) }
    }
  }

  private func check(_ keys: [Column], _ other: Column, _ expected: Expected) throws {
    let names = keys.indices.map { "key \($0)" }
    let frame = try DataFrame(
      zip(keys, names).map { $0.renamed($1) } + [other.renamed("value")])
    let note: Comment =
      "\(keys.map(\.layout)), \(other.layout); \(expected.samples), \(expected.value)"
    let grouped = RowGroups(
      frame, by: names.map { frame[$0]! }, dropsNulls: expected.dropsNulls)
    #expect(grouped.count == expected.keys[0].count, note)
    for (kind, expectedAnswers) in expected.answers {
      let aggregation = Aggregation(kind, kind == .size ? "" : "value", named: "answer")
      guard let expectedAnswers else {
        if expected.value.values.isEmpty { continue }
        #expect(throws: GroupingError.self, note) { try grouped.aggregated(aggregation) }
        continue
      }
      let answer = try grouped.aggregated(aggregation)
      for (name, values) in zip(names, expected.keys) {
        #expect(answer[name]!.scalars.map { $0?.canonical } == values, note)
      }
      let found = answer["answer"]!.scalars
      for (group, (a, b)) in zip(found, expectedAnswers).enumerated() where a != b {
        guard case (.float(let x)?, .float(let y)?) = (a, b),
          abs(x - y) <= max(abs(x), abs(y)) * 1e-9 + 1e-12
        else {
          Issue.record("\(kind), group \(group): \(a as Any), not \(b as Any); \(note)")
          break
        }
      }
    }
  }

  /// The answer for each group of rows; `nil` where the type has none.
  private static func reference(
    _ kind: Aggregation.Kind, _ sample: ColumnSample, _ groups: [[Int]]
  ) -> [StoredValue?]? {
    func each(_ answer: ([StoredValue]) -> StoredValue?) -> [StoredValue?] {
      groups.map { rows in answer(rows.compactMap { sample.values[$0] }) }.same
    }
    let unit = (0..<(sample.type.scale ?? 0)).reduce(1.0) { unit, _ in unit * 10 }
    func numbers(_ values: [StoredValue]) -> [Double] {
      values.map { if case .integer(let value) = $0 { Double(value) / unit } else { $0.float } }
    }
    func variance(_ values: [StoredValue], _ ddof: Int) -> Double? {
      let numbers = numbers(values)
      if numbers.count <= ddof { return nil }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      return numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count - ddof)
    }
    let isText = sample.type.domain == .bytes
    switch kind {
    case .size: return groups.map { .integer(Int128($0.count)) }
    case .count: return each { .integer(Int128($0.count)) }
    case .first: return each { $0.first }
    case .last: return each { $0.last }
    case .distinctCount: return each { .integer(Int128(Set($0.map(\.canonical)).count)) }
    case .minimum, .maximum:
      return each { values in
        let numbers = values.filter { $0.canonical != "NaN" }
        // Of equal zeros the first stands.
        return numbers.dropFirst().reduce(numbers.first) { best, value in
          guard let best else { return value }
          let isBetter =
            kind == .minimum ? precedes(value, best, false) : precedes(best, value, false)
          return isBetter ? value : best
        }
      }
    case .any, .all:
      guard sample.type == .boolean else { return nil }
      return each { values in
        .integer(
          (kind == .any ? values.contains(1) : values.allSatisfy { $0 == 1 }) ? 1 : 0)
      }
    case .sum:
      if isText || sample.type == .date { return nil }
      if sample.type == .float { return each { .float($0.reduce(0) { $0 + $1.float }) } }
      let sums = groups.map { rows in
        rows.reduce(Int128(0)) { $0 + (sample.values[$1]?.integer ?? 0) }
      }
      return sums.contains { Int64(exactly: $0) == nil } ? nil : sums.map { .integer($0) }
    case .mean:
      if isText { return nil }
      return each { $0.isEmpty ? nil : .float(numbers($0).reduce(0, +) / Double($0.count)) }
    case .variance(let ddof):
      return isText ? nil : each { variance($0, ddof).map { .float($0) } }
    case .standardDeviation(let ddof):
      return isText ? nil : each { variance($0, ddof).map { .float($0.squareRoot()) } }
    case .correlation: return nil  // Of two columns: `GroupShapeTests`.
    case .quantile(let fraction):
      if isText { return nil }
      return each { values in
        let numbers = numbers(values).sorted()
        if numbers.isEmpty { return nil }
        if numbers.contains(where: \.isNaN) { return .float(.nan) }
        let place = fraction * Double(numbers.count - 1)
        let low = numbers[Int(place)]
        let high = numbers[min(Int(place) + 1, numbers.count - 1)]
        return .float(low + (high - low) * (place - place.rounded(.down)))
      }
    }
  }

  @Test(arguments: SampleKind.floats)
  func `A NaN that is skipped is as good as a null`(kind: SampleKind) throws {
    let keys = Column("k", integers: (0..<300).map { Int64($0 % 7) })
    let sample = kind.sample(count: 300, nullPercent: 20, seed: 14)
    for column in try sample.columns() {
      let value = column.renamed("v")
      let (frame, bare) = (
        try DataFrame([keys, value]), try DataFrame([keys, try value.replacingNaN(with: nil)])
      )
      for aggregation in [
        Aggregation.sum("v"), .mean("v"), .variance("v"), .standardDeviation("v"), .median("v"),
        .quantile("v", 0.9),
      ] {
        let found = try frame.grouped(by: "k").aggregated(aggregation.skippingNaN)
        let expected = try bare.grouped(by: "k").aggregated(aggregation)
        let note: Comment = "\(aggregation.name), \(column.layout), \(sample)"
        #expect(found[aggregation.name]?.scalars == expected[aggregation.name]?.scalars, note)
      }
    }
  }

  @Test(arguments: SampleKind.all)
  func `Joins by every kind of key`(kind: SampleKind) throws {
    let left = kind.sample(count: 90, nullPercent: 20, seed: 1)
    var right = kind.sample(count: 70, nullPercent: 20, seed: 2)
    // Half of the right side's keys stand on the left.
    right = ColumnSample(
      kind: right.kind, type: right.type,
      values: right.values.enumerated().map { $0 % 2 == 0 ? left.values[$0] : $1 }, seed: 2)
    let expected = JoinKind.allCases.map { ($0, rows(of: $0, left, right)) }
    let (columns, others) = (try left.columns(), try right.columns())
    for a in columns {
      for b in others {
        let note: Comment = "\(a.layout) and \(b.layout); \(left)"
        let first = try DataFrame([
          a.renamed("key"), Column("row", integers: (0..<90).map { $0 }),
        ])
        let second = try DataFrame([
          b.renamed("key"), Column("row", integers: (0..<70).map { $0 }),
        ])
        for (kind, expected) in expected {
          let joined = try first.joined(second, on: "key", kind: kind)
          let columns = joined.columns.filter { $0.name != "key" }.map(\.scalars)
          let found = (0..<joined.rowCount).map { row in columns.map { $0[row] } }
          #expect(found == expected, "\(kind), \(note)")
        }
      }
    }
  }

  /// The rows of the left side and their partners that a join gives.
  private func rows(
    of kind: JoinKind, _ left: ColumnSample, _ right: ColumnSample
  ) -> [[StoredValue?]] {
    var rows: [[StoredValue?]] = []
    for (row, value) in left.values.enumerated() {
      let partners = right.values.indices.filter {
        value != nil && right.values[$0]?.canonical == value?.canonical
      }
      let number = StoredValue.integer(Int128(row))
      switch kind {
      case .inner, .left, .full:
        rows += partners.map { [number, .integer(Int128($0))] }
        if kind != .inner && partners.isEmpty { rows.append([number, nil]) }
      case .semi: if !partners.isEmpty { rows.append([number]) }
      case .anti: if partners.isEmpty { rows.append([number]) }
      case .right: break
      }
    }
    guard kind == .right || kind == .full else { return rows }
    for (row, value) in right.values.enumerated() {
      let partners = left.values.indices.filter {
        value != nil && left.values[$0]?.canonical == value?.canonical
      }
      let number = StoredValue.integer(Int128(row))
      if partners.isEmpty { rows.append([nil, number]) }
      if kind == .right { rows += partners.map { [.integer(Int128($0)), number] } }
    }
    return rows
  }

  @Test
  func `Errors name the column`() throws {
    let frame = try DataFrame([
      Column("a", strings: ["x", "y"]), Column("b", integers: [.max, .max]),
      Column("c", integers: [1, 1]),
    ])
    #expect(throws: GroupingError.self) { try frame.grouped(by: "none") }
    let text = #expect(throws: GroupingError.self) {
      try frame.grouped(by: "c").aggregated(.sum("a"))
    }
    #expect(text?.description == "column 'a': there is no sum of type string")
    let overflow = #expect(throws: GroupingError.self) {
      try frame.grouped(by: "c").aggregated(.sum("b"))
    }
    #expect(overflow?.code == .overflow && overflow?.column == "b")
    #expect(throws: GroupingError.self) {
      try frame.joined(DataFrame([Column("a", integers: [1])]), on: "a")
    }
  }
}

extension [SampleKind] {
  fileprivate func randomElement(_ seed: UInt64) -> SampleKind {
    var generator = SeededGenerator(seed: seed)
    return randomElement(using: &generator)!
  }
}
