import Columnar
import Testing

@testable import KernelBench
@testable import Kernels

/// What `diet bench` measures; how long it takes, a clock of ours says.
@Suite struct KernelBenchmarkTests {
  static func benchmark(_ choice: KernelBenchmark.Choice) -> KernelBenchmark {
    var benchmark = KernelBenchmark()
    benchmark.choice = choice
    (benchmark.pairCount, benchmark.roundCount, benchmark.reference) = (1, 1, nil)
    benchmark.clock = SteppingClock { _ in 1 }.clock
    return benchmark
  }

  @Test(arguments: SampleKind.all)
  func `Every kernel answers the same on the wide form and on every layout`(
    kind: SampleKind
  ) throws {
    for (count, nullPercent) in [(200, 0), (331, 10)] {
      let sample = kind.sample(count: count, nullPercent: nullPercent, seed: 21)
      for column in try sample.columns() where KernelBenchmark.isLean(column) {
        let measurements = try Self.benchmark(.all).measurements(of: column)
        let kernels = measurements.map(\.kernel)
        #expect(Set(kernels).count == kernels.count, "\(sample)")
        #expect(kernels.allSatisfy(MeasuredKernels.names.contains), "\(sample): \(kernels)")
        for measurement in measurements {
          #expect(measurement.rowCount == count && measurement.ratio == 1, "\(measurement)")
          #expect(measurement.leanNanosecondsPerRow == 1e9 / 1024 / Double(count), "\(measurement)")
          #expect(measurement.lean == column.layout.description)
          #expect(measurement.leanByteCount >= 0 && measurement.wideByteCount >= 0)
        }
        let usual = try Self.benchmark(.usual).measurements(of: column).map(\.kernel)
        #expect(!usual.isEmpty && Set(usual).isSubset(of: kernels), "\(sample), \(column.layout)")
        let named = try Self.benchmark(.named(["min_max", "equal"])).measurements(of: column)
        #expect(named.map(\.kernel) == kernels.filter { ["min_max", "equal"].contains($0) })
      }
    }
  }

  private static func frame(rowCount: Int) -> [Column] {
    [
      Column("kind", strings: (0..<rowCount).map { $0 % 9 == 0 ? nil : ["a", "bb"][$0 % 2] }),
      Column("small", integers: (0..<rowCount).map { $0 % 7 == 3 ? nil : Int64($0 % 100) }),
      Column(
        "price", units: (0..<rowCount).map { Int64($0 * 37 % 30_000) },
        of: .decimal(scale: 2)),
      Column("wide", floats: (0..<rowCount).map { Double($0) * 0.1 }),
    ]
  }

  @Test func `Kernels of a table choose the columns that gain most`() throws {
    let columns = Self.frame(rowCount: 640)
    let lean = columns.filter(KernelBenchmark.isLean)
    #expect(!lean.map(\.name).contains("wide"))
    let all = try Self.benchmark(.all).measurements(ofFrame: columns)
    #expect(Set(all.map(\.kernel)).isSubset(of: MeasuredKernels.names))
    let usual = try Self.benchmark(.usual).measurements(ofFrame: columns)
    #expect(usual.map(\.kernel).suffix(2) == ["filter", "expression"], "\(usual)")
    #expect(usual.last?.column == "small, price")
    #expect(usual.last?.path == .decoded)
    #expect(try Self.benchmark(.usual).measurements(ofFrame: [columns[3]]).isEmpty)
  }

  @Test func `Bytes are those of one pass`() throws {
    let column = Column("n", integers: (0..<640).map { Int64($0 % 100) })
    let sum = try #require(
      try Self.benchmark(.named(["sum"])).measurements(of: column).first)
    #expect((sum.wideByteCount, sum.leanByteCount) == (640 * 8, 640))
    #expect((sum.wide, sum.lean, sum.path) == ("int64", "int8", .direct))
    // Without nulls there is nothing to count.
    let count = try #require(
      try Self.benchmark(.named(["count"])).measurements(of: column).first)
    #expect((count.wideByteCount, count.leanByteCount) == (0, 0))
    let holes = Column("n", integers: (0..<640).map { $0 % 3 == 0 ? nil : Int64($0 % 100) })
    let isNull = try #require(
      try Self.benchmark(.named(["is_null"])).measurements(of: holes).first)
    #expect((isNull.wideByteCount, isNull.leanByteCount) == (80, 80))
  }

  @Test func `Large wide forms are measured on their first rows`() throws {
    var benchmark = Self.benchmark(.named(["sum"]))
    benchmark.wideByteLimit = 1024
    let column = Column("n", integers: (0..<640).map { Int64($0 % 100) })
    let sum = try #require(try benchmark.measurements(of: column).first)
    #expect((sum.rowCount, sum.wideByteCount, sum.leanByteCount) == (128, 1024, 128))
  }

  @Test func `A regression is measured again before it is believed`() throws {
    let column = Column("n", integers: (0..<640).map { Int64($0 % 100) })
    let before = try Self.benchmark(.named(["sum"])).measurements(of: column)
    // One pass asks four times to find out how often to repeat, and four times for the pair.
    func slow(until lastPass: Int) -> SteppingClock {
      SteppingClock { call in call / 8 <= lastPass && call % 8 == 7 ? 50 : 1 }
    }
    for (lastPass, verdict) in [(0, RegressionGate.Verdict.same), (9, .slower)] {
      var benchmark = Self.benchmark(.named(["sum"]))
      let gate = RegressionGate(baseline: before, maximumRegression: 0.1)
      benchmark.gate = gate
      benchmark.clock = slow(until: lastPass).clock
      let now = try #require(try benchmark.measurements(of: column).first)
      #expect(gate.verdict(on: now) == verdict, "\(now)")
    }
  }

  @Test func `Bandwidth is bytes by time`() {
    let clock = SteppingClock { _ in 2 }.clock
    #expect(MemoryBandwidth.measured(byteCount: 1 << 13, runCount: 2, clock: clock) == 4_194_304)
  }
}
