import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Every condition selects the same rows in every layout of every encoding.
struct SelectionLawTests {
  @Test(arguments: SampleKind.all)
  func `Selected rows do not depend on the layout`(kind: SampleKind) throws {
    for (index, size) in [0, 1, 64, 129, 1025].enumerated() {
      for nullPercent in [0, 30, 100] {
        let seed = UInt64(index * 1000 + nullPercent)
        try check(kind.sample(count: size, nullPercent: nullPercent, seed: seed))
      }
    }
  }

  @Test(arguments: SampleKind.all, [1, 3])
  func `Selected rows do not depend on threads or parts`(kind: SampleKind, threads: Int) throws {
    let sample = kind.sample(count: 2500, nullPercent: 20, seed: UInt64(threads))
    try KernelThreads.withCount(threads) {
      try KernelThreads.$partLevel.withValue(0) { try check(sample) }
    }
  }

  private func check(_ sample: ColumnSample) throws {
    let columns = try sample.columns()
    for condition in conditions(sample) {
      let isSelected = reference(condition, sample.type)
      let expected = try Selection(
        rowCount: sample.values.count,
        rows: sample.values.indices.filter { isSelected(sample.values[$0]) })
      for column in columns {
        let selection = try column.rows(where: condition)
        #expect(
          selection == expected,
          """
          \(condition), \(column.layout): \(selection.rows.prefix(9)), \
          not \(expected.rows.prefix(9)); \(sample)
          """)
        let decoded = try RowTest(condition, ColumnRows(column).decodedTwin).selection
        #expect(decoded == expected, "\(condition), \(column.layout) decoded; \(sample)")
        #expect(try column.count(where: condition) == expected.count, "\(condition), \(sample)")
      }
    }
  }

  private func conditions(_ sample: ColumnSample) -> [Condition] {
    let type = sample.type
    let present = Array(sample.present.prefix(3))
    func all(_ a: StoredValue, _ b: StoredValue) -> [Condition] {
      Condition.all(Scalar(a, of: type), Scalar(b, of: type))
    }
    switch sample.type.domain {
    case .integer:
      let many = Condition.isIn(
        ((0..<12).map { .integer($0 * 3) } + present).map { Scalar($0, of: type) })
      let far: [StoredValue] = [.integer(1 << 63), .integer(.min), .integer(.max), 0, 1, -129]
      return (present + far).flatMap { all($0, .integer($0.integer &+ 100)) } + [many]
    case .float:
      let far: [StoredValue] = [
        0.0, -0.0, 0.1, .float(.nan), .float(.infinity), .float(-.infinity),
      ]
      return (present + far).flatMap { all($0, .float($0.float + 1.5)) }
    case .bytes:
      return (present + ["", "K", "LM", "0A", "1", "f"]).flatMap { all($0, "b") }
        + [.hasPrefix(""), .hasPrefix("KL"), .hasPrefix("100.")]
    }
  }

  @Test
  func `Sets of rows`() throws {
    for rowCount in [0, 1, 63, 64, 65, 200] {
      var generator = SeededGenerator(seed: UInt64(rowCount))
      func random() -> [Bool] { (0..<rowCount).map { _ in Bool.random(using: &generator) } }
      func selection(_ rows: [Bool]) throws -> Selection {
        try Selection(rowCount: rowCount, rows: rows.indices.filter { rows[$0] })
      }
      let (a, b) = (random(), random())
      #expect(try selection(a) & selection(b) == selection(zip(a, b).map { $0 && $1 }))
      #expect(try selection(a) | selection(b) == selection(zip(a, b).map { $0 || $1 }))
      #expect(try selection(a) ^ selection(b) == selection(zip(a, b).map { $0 != $1 }))
      #expect(try ~selection(a) == selection(a.map { !$0 }))
      #expect(try selection(a).count == a.count { $0 })
      #expect(try selection(a).rows == a.indices.filter { a[$0] })
      #expect(try Selection(rowCount: rowCount, all: true).count == rowCount)
      #expect(try Selection(rowCount: rowCount).isEmpty)
    }
  }

  @Test
  func `A condition that does not fit the column is an error`() throws {
    let sample = SampleKind.integers[0].sample(count: 10, nullPercent: 0, seed: 1)
    let column = try #require(try sample.columns().first)
    for condition in [Condition.equal(to: "x"), .hasPrefix("x"), .isIn([1, true])] {
      let error = #expect(throws: ReductionError.self) { try column.rows(where: condition) }
      #expect(error?.column == "bytes")
    }
  }
}

/// Whether a value satisfies the condition, asked the obvious way.
func reference(_ condition: Condition, _ value: StoredValue?, _ type: LogicalType) -> Bool {
  reference(condition, type)(value)
}

/// The same for many values: what they are compared with is found once.
func reference(_ condition: Condition, _ type: LogicalType) -> (StoredValue?) -> Bool {
  func stored(_ scalar: Scalar) -> StoredValue {
    guard let value = scalar.stored(in: type) else { fatalError("\(scalar) in \(type)") }
    return value
  }
  func isLess(_ a: StoredValue, _ b: StoredValue) -> Bool {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): a < b
    case (.float(let a), .float(let b)): a < b
    case (.text(let a), .text(let b)): a.lexicographicallyPrecedes(b)
    default: fatalError("\(a) beside \(b)")
    }
  }
  func isEqual(_ a: StoredValue, _ b: StoredValue) -> Bool {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): a == b
    case (.float(let a), .float(let b)): a == b
    case (.text(let a), .text(let b)): a == b
    default: fatalError("\(a) beside \(b)")
    }
  }
  func isNaN(_ value: StoredValue) -> Bool {
    if case .float(let number) = value { number.isNaN } else { false }
  }
  /// Nulls satisfy nothing but `isNull`.
  func present(_ test: @escaping (StoredValue) -> Bool) -> (StoredValue?) -> Bool {
    { value in value.map(test) ?? false }
  }
  /// A test that no pair with a NaN satisfies.
  func ordered(
    _ other: Scalar, _ test: @escaping (StoredValue, StoredValue) -> Bool
  ) -> (StoredValue?) -> Bool {
    let other = stored(other)
    return present { !isNaN($0) && !isNaN(other) && test($0, other) }
  }
  switch condition {
  case .equal(let other):
    let other = stored(other)
    return present { isEqual($0, other) }
  case .notEqual(let other):
    let other = stored(other)
    return present { !isEqual($0, other) }
  case .less(let other): return ordered(other, isLess)
  case .atMost(let other): return ordered(other) { !isLess($1, $0) }
  case .greater(let other): return ordered(other) { isLess($1, $0) }
  case .atLeast(let other): return ordered(other) { !isLess($0, $1) }
  case .between(let low, let high):
    let isHigh = ordered(low) { !isLess($0, $1) }
    let isLow = ordered(high) { !isLess($1, $0) }
    return { isHigh($0) && isLow($0) }
  case .isIn(let members):
    let members = members.map(stored)
    return present { value in members.contains { isEqual(value, $0) } }
  case .hasPrefix(let prefix):
    let prefix = Array(prefix.utf8)
    return present { value in
      guard case .text(let bytes) = value else { return false }
      return bytes.starts(with: prefix)
    }
  case .isNull: return { $0 == nil }
  case .isNotNull: return { $0 != nil }
  }
}
