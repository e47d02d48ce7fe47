import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Rows taken, sorted, grouped and joined are the same in every layout, whatever the threads.
struct FrameLawTests {
  /// Kinds whose values repeat, so that there are groups, and ties to break.
  static let kinds = SampleKind.all

  @Test(arguments: kinds, [1, 3])
  func `Rows are filtered and taken`(kind: SampleKind, threads: Int) throws {
    for (size, nullPercent) in [(0, 0), (1, 0), (130, 0), (130, 30), (70, 100), (2100, 10)] {
      let seed = UInt64(size + nullPercent)
      let sample = kind.sample(count: size, nullPercent: nullPercent, seed: seed)
      var generator = SeededGenerator(seed: seed)
      let kept = (0..<size).filter { _ in Bool.random(using: &generator) }
      let taken = (0..<size / 2).map { _ in Int.random(in: 0..<size, using: &generator) }
      let keptValues = kept.map { sample.values[$0] }.same
      let takenValues = taken.map { sample.values[$0] }.same
      for column in try sample.columns() {
        try withParts(threads) {
          let filtered = try column.filtered(by: Selection(rowCount: size, rows: kept))
          #expect(filtered.scalars == keptValues, "\(column.layout), \(sample)")
          #expect(try column.taking(taken).scalars == takenValues, "\(column.layout), \(sample)")
          #expect(filtered.type == column.type && filtered.name == column.name)
        }
      }
    }
  }

  @Test(arguments: kinds, [1, 3])
  func `Rows are sorted, ranked and counted`(kind: SampleKind, threads: Int) throws {
    for (size, nullPercent) in [(0, 0), (1, 0), (120, 0), (120, 30), (70, 100), (1100, 10)] {
      let seed = UInt64(size + nullPercent)
      let sample = kind.sample(count: size, nullPercent: nullPercent, seed: seed)
      let values = sample.values
      let present = values.indices.filter { values[$0] != nil }
      let nulls = values.indices.filter { values[$0] == nil }
      let rising = present.sorted { precedes(values[$0]!, values[$1]!, $0 < $1) } + nulls
      let falling =
        present.sorted { a, b in
          precedes(values[b]!, values[a]!, true) && !same(values[a]!, values[b]!)
            || same(values[a]!, values[b]!) && a < b
        } + nulls
      let counts = Dictionary(grouping: sample.present, by: \.canonical).mapValues(\.count)
      let numbers = rising.filter { values[$0] != nil && values[$0]?.canonical != "NaN" }
      let methods = size > 400 ? [] : Column.RankMethod.allCases
      let expectedRanks = methods.map { ($0, ranks(values, rising, $0).same) }
      let isNumber = values.map { $0 != nil && $0?.canonical != "NaN" }
      let sorted = rising.map { values[$0] }.same
      var seen: Set<StoredValue?> = []
      let firsts = values.map { $0?.canonical }.filter { seen.insert($0).inserted }
      for column in try sample.columns() {
        let note: Comment = "\(column.layout), \(sample)"
        withParts(threads) {
          #expect(column.argsort() == rising, note)
          #expect(column.argsort(.descending) == falling, note)
          #expect(column.sorted().scalars == sorted, note)
          #expect(column.smallest(5) == Array(numbers.prefix(5)), note)
          #expect(
            column.largest(5)
              == Array(falling.filter { isNumber[$0] }.prefix(5)), note)
          let counted = column.valueCounts()
          #expect(counted.rowCount == counts.count, note)
          for (value, count) in zip(counted.columns[0].scalars, counted.columns[1].scalars) {
            #expect(count == .integer(Int128(counts[value!.canonical]!)), note)
          }
          #expect(column.unique().scalars.map { $0?.canonical } == firsts, note)
          for (method, expected) in expectedRanks {
            #expect(column.rank(method).scalars == expected, note)
          }
        }
      }
    }
  }

  private func ranks(
    _ values: [StoredValue?], _ order: [Int], _ method: Column.RankMethod
  ) -> [StoredValue?] {
    let present = order.filter { values[$0] != nil }
    let distinct = Set(present.map { values[$0]!.canonical }).sorted {
      precedes($0, $1, true) && $0 != $1
    }
    return values.indices.map { row in
      guard let value = values[row] else { return nil }
      let places = present.indices.filter { same(values[present[$0]]!, value) }
      switch method {
      case .average: return .float(Double(places.first! + places.last!) / 2 + 1)
      case .minimum: return .float(Double(places.first! + 1))
      case .maximum: return .float(Double(places.last! + 1))
      case .ordinal: return .float(Double(present.firstIndex(of: row)! + 1))
      case .dense: return .float(Double(distinct.firstIndex(of: value.canonical)! + 1))
      }
    }
  }

  @Test
  func `Samples are rows in order, the same for the same seed`() throws {
    let frame = try DataFrame([Column("n", integers: (0..<1000).map { $0 })])
    let rows = frame.sample(50, seed: 7)["n"]!.scalars
    #expect(rows.count == 50 && rows == frame.sample(50, seed: 7)["n"]!.scalars)
    #expect(rows != frame.sample(50, seed: 8)["n"]!.scalars)
    #expect(frame.sample(2000, seed: 1).rowCount == 1000)
    #expect(frame.head(3)["n"]!.scalars == [0, 1, 2] && frame.tail(1)["n"]!.scalars == [999])
  }
}

/// Parts of 1,024 rows, so that there are some to be joined.
func withParts<R>(_ threads: Int, _ body: () throws -> R) rethrows -> R {
  try KernelThreads.withCount(threads) { try KernelThreads.$partLevel.withValue(0) { try body() } }
}

/// Whether `a` comes before `b`; of equal ones `tie` says.
func precedes(_ a: StoredValue, _ b: StoredValue, _ tie: Bool) -> Bool {
  if same(a, b) { return tie }
  switch (a.canonical, b.canonical) {
  case (.integer(let x), .integer(let y)): return x < y
  case (.float(let x), .float(let y)): return x < y
  case (.text(let x), .text(let y)): return x.lexicographicallyPrecedes(y)
  case (.float, .text): return true
  default: return false
  }
}

func same(_ a: StoredValue, _ b: StoredValue) -> Bool { a.canonical == b.canonical }

extension Column {
  /// All values, NaN as a text that equals itself.
  var scalars: [StoredValue?] {
    let rows = ColumnRows(self)
    guard type.domain == .bytes, nullCount < count else {
      return (0..<count).map { rows.storedValue(at: $0) }.same
    }
    // One after the other: each row by itself would read a block of text for each.
    var texts: [StoredValue?] = []
    texts.reserveCapacity(count)
    view.texts.forEach(0..<count) { row, text in
      texts.append(isNull(row) ? nil : .text(Array(text)))
    }
    return texts
  }
}

extension [StoredValue?] {
  var same: [StoredValue?] {
    map { if case .float(let number)? = $0, number.isNaN { "NaN" } else { $0 } }
  }
}
