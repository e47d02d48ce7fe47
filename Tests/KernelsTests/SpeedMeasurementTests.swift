import Columnar
import Testing

@testable import KernelBench
@testable import Kernels

/// What measurements promise whatever the machine does: never how fast anything is.
@Suite(.serialized)
struct SpeedMeasurementTests {
  static func measurement() -> SpeedMeasurement {
    var measurement = SpeedMeasurement()
    measurement.columnBudget = .milliseconds(1)
    measurement.tableBudget = .seconds(60)
    measurement.pairCount = 5
    return measurement
  }

  @Test(arguments: SampleKind.all)
  func `Ratios are ordered, and every lean layout is measured`(kind: SampleKind) throws {
    var measurement = Self.measurement()
    let sample = kind.sample(count: 1500, nullPercent: 10, seed: 11)
    for column in try sample.columns() {
      let speedups = try measurement.speedups(of: column)
      #expect(speedups.isEmpty == WideForm.isForm(of: ColumnRows(column)), "\(column.layout)")
      for speedup in speedups {
        #expect(speedup.low > 0, "\(sample), \(speedup)")
        #expect(speedup.low <= speedup.ratio && speedup.ratio <= speedup.high, "\(speedup)")
        #expect(speedup.ratio.isFinite && speedup.high.isFinite, "\(sample), \(speedup)")
        #expect(speedup.rowCount <= sample.values.count && speedup.rowCount >= 1024)
      }
    }
  }

  @Test(arguments: SampleKind.all)
  func `The wide form has the values of the lean column, within its bytes`(kind: SampleKind) throws
  {
    let sample = kind.sample(count: 900, nullPercent: 10, seed: 12)
    for column in try sample.columns() {
      let lean = ColumnRows(column)
      for (rowLimit, byteLimit) in [(900, 1 << 20), (500, 1 << 20), (900, 3000)] {
        let made = WideForm.make(column, rowLimit: rowLimit, byteLimit: byteLimit)
        let wide = ColumnRows(made)
        #expect(WideForm.isForm(of: wide) || sample.type == .boolean)
        #expect(wide.count <= rowLimit && wide.count >= 64)
        #expect(wide.count == lean.prefix(wide.count).count)
        #expect(wide.valueByteCount <= byteLimit, "\(column.layout), \(sample)")
        #expect(WideForm.byteCount(lean.prefix(wide.count)) == wide.valueByteCount, "\(sample)")
        for row in 0..<wide.count {
          guard let value = sample.values[row] else { continue }
          let domain = sample.type.domain
          let (a, b) = (wide.view.storedValue(at: row, domain: domain), value)
          #expect(ReductionAnswer.value(a).agrees(with: .value(b)), "\(row), \(column.layout)")
        }
      }
    }
  }

  @Test
  func `Sides that differ are an error`() throws {
    let kind = SampleKind.integers[0]
    let columns = try kind.sample(count: 2000, nullPercent: 0, seed: 1).columns()
    let others = try kind.sample(count: 2000, nullPercent: 0, seed: 2).columns()
    let sum = try #require(MeasuredKernels.all(for: columns[0]).first { $0.name == "sum" })
    let error = #expect(throws: SpeedMeasurementError.self) {
      try Self.measurement().compare(sum, others[0], columns[0], .microseconds(1))
    }
    #expect(error == SpeedMeasurementError(column: "bytes", kernel: "sum"))
  }

  @Test
  func `Kernels by type`() throws {
    var measurement = Self.measurement()
    func kernels(_ kind: SampleKind, _ encoding: String) throws -> [String] {
      let columns = try kind.sample(count: 1500, nullPercent: 0, seed: 1).columns()
      let column = try #require(columns.first { $0.layout.encoding == encoding })
      return try measurement.speedups(of: column).map(\.kernel)
    }
    let numbers = ["sum", "min_max", "compare_count"]
    #expect(try kernels(SampleKind.integers[0], "integer") == numbers)
    #expect(try kernels(SampleKind.integers[0], "dictionary") == numbers)
    let days = try #require(SampleKind.integers.first { $0.type == .date })
    #expect(try kernels(days, "frame_of_reference") == ["min_max", "compare_count"])
    #expect(try kernels(SampleKind.texts[2], "dictionary") == ["equality_count", "group_count"])
    #expect(try kernels(SampleKind.texts[2], "fixed") == ["equality_count"])
    #expect(try kernels(SampleKind.texts[0], "fixed") == ["equality_count", "group_count"])
    #expect(try kernels(SampleKind.texts[2], "utf8") == [])
  }

  @Test
  func `Few rows and spent budgets measure nothing`() throws {
    let kind = SampleKind.integers[0]
    var measurement = Self.measurement()
    let short = try kind.sample(count: 1000, nullPercent: 0, seed: 1).columns()
    #expect(try measurement.speedups(of: short[0]) == [])
    let long = try kind.sample(count: 2000, nullPercent: 0, seed: 1).columns()
    measurement.tableBudget = .zero
    #expect(try measurement.speedups(of: long[0]) == [])
  }

  @Test
  func `The median and its bounds`() {
    func timing(_ ratios: [Double]) -> PairedTiming {
      PairedTiming(pairs: ratios.map { PairedTiming.Pair(wide: $0 * 2, lean: 2) })
    }
    let nine = timing([9, 1, 8, 2, 7, 3, 6, 4, 5])
    #expect([nine.low, nine.ratio, nine.high, nine.wide, nine.lean] == [2, 5, 8, 10, 2])
    let two = timing([3, 1])
    #expect([two.low, two.ratio, two.high, two.wide] == [1, 2, 3, 4])
  }
}

extension ColumnRows {
  /// The bytes of what a wide view points to, without the bitmap.
  fileprivate var valueByteCount: Int {
    switch view {
    case .plain(.int8): count
    case .plain(.utf8(_, let offsets)): (count + 1) * 4 + Int(offsets[count])
    default: count * 8
    }
  }
}
