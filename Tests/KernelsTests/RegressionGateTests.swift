import Synchronization
import TestSupport
import Testing

@testable import KernelBench
@testable import Kernels

/// The rules by which a run has regressed.
@Suite struct RegressionGateTests {
  private static func random(_ generator: inout SeededGenerator) -> KernelMeasurement {
    let ratio = Double.random(in: 0.1...100, using: &generator)
    let rowCount = Int.random(in: 1...1_000_000, using: &generator)
    let lean = Int.random(in: 0...rowCount * 8, using: &generator)
    return KernelMeasurement(
      column: ["a", "b, c"].randomElement(using: &generator)!, kernel: "sum", wide: "int64",
      lean: "int8", wideNanosecondsPerRow: ratio, leanNanosecondsPerRow: 1, ratio: ratio,
      low: ratio * Double.random(in: 0.5...1, using: &generator),
      high: ratio * Double.random(in: 1...2, using: &generator),
      path: [.direct, .decoded].randomElement(using: &generator)!, wideByteCount: rowCount * 8,
      leanByteCount: lean, rowCount: rowCount,
      leanInstructionCount: [nil, lean].randomElement(using: &generator)!)
  }

  private func forRandom(
    _ body: (KernelMeasurement, inout SeededGenerator, Comment) -> Void
  ) {
    for seed in 1...200 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let measurement = Self.random(&generator)
      body(measurement, &generator, "seed \(seed)")
    }
  }

  private func verdict(
    _ now: KernelMeasurement, against before: KernelMeasurement, by share: Double = 0.1,
    isSameProcessor: Bool = true
  ) -> RegressionGate.Verdict {
    RegressionGate(
      baseline: [before], maximumRegression: share, isSameProcessor: isSameProcessor
    ).verdict(on: now)
  }

  @Test func `An equal run is the same, whatever is allowed`() {
    forRandom { measurement, generator, seed in
      let share = Double.random(in: 0..<1, using: &generator)
      #expect(verdict(measurement, against: measurement, by: share) == .same, seed)
    }
  }

  @Test func `A regression stands only where other processes say the same`() {
    forRandom { before, generator, seed in
      var (now, other) = (before, before)
      (now.ratio, now.low, now.high) = (before.ratio / 3, before.low / 3, before.low / 2)
      other.ratio *= Double.random(in: 1...1.1, using: &generator)
      let gate = RegressionGate(baseline: [before], maximumRegression: 0.1)
      #expect(gate.verdict(on: now) == .slower, seed)
      for (answers, isSlower, calls) in [
        ([], true, 1), ([now, now, now], true, 2), ([other], false, 1), ([now, other], false, 2),
      ] as [([KernelMeasurement], Bool, Int)] {
        var called = 0
        let confirmed = gate.confirmed([now]) { kernels in
          #expect(kernels == ["sum"])
          called += 1
          return called > answers.count ? nil : [answers[called - 1]]
        }
        #expect((gate.verdict(on: confirmed[0]) == .slower) == isSlower, seed)
        #expect(called == calls, seed)
      }
      // What has grown is no matter of chance.
      now.leanByteCount += 1
      let grown = gate.confirmed([now]) { _ in
        Issue.record("asked for bytes")
        return nil
      }
      #expect(gate.verdict(on: grown[0]) == .moreBytes, seed)
    }
  }

  @Test func `More bytes regress, whatever the times and the processor`() {
    forRandom { before, generator, seed in
      var now = Self.random(&generator)
      (now.column, now.rowCount) = (before.column, before.rowCount)
      now.leanByteCount = before.leanByteCount + Int.random(in: 1...100, using: &generator)
      for isSame in [true, false] {
        #expect(verdict(now, against: before, isSameProcessor: isSame) == .moreBytes, seed)
      }
    }
  }

  @Test func `More rows may bring more bytes, not more bytes a row`() {
    forRandom { measurement, _, seed in
      var (before, now) = (measurement, measurement)
      (before.rowCount, before.leanByteCount) = (1000, 2000)
      (now.rowCount, now.leanByteCount) = (3000, 6000)
      now.leanInstructionCount = nil
      #expect(verdict(now, against: before) == .same, seed)
      now.leanByteCount = 6100
      #expect(verdict(now, against: before) == .moreBytes, seed)
      // Bits fill whole bytes.
      (before.rowCount, before.leanByteCount) = (512, 128)
      (now.rowCount, now.leanByteCount) = (513, 130)
      #expect(verdict(now, against: before) == .same, seed)
    }
  }

  @Test func `An interval that reaches what is allowed is noise`() {
    forRandom { before, generator, seed in
      let share = Double.random(in: 0.01...0.9, using: &generator)
      var now = before
      now.ratio = before.ratio * (1 - share) * Double.random(in: 0.1...0.99, using: &generator)
      now.low = now.ratio / 2
      now.high = before.ratio * (1 - share)
      #expect(verdict(now, against: before, by: share) == .noisy, seed)
      now.high = max(now.ratio, min(before.ratio * (1 - share), before.low) * 0.999)
      now.ratio = min(now.ratio, now.high)
      let outside = verdict(now, against: before, by: share)
      #expect(outside == (now.high < before.low ? .slower : .noisy), seed)
      #expect(verdict(now, against: before, by: share, isSameProcessor: false) == .noisy, seed)
    }
  }

  @Test func `A baseline as noisy as that cannot tell`() {
    forRandom { measurement, _, seed in
      var (before, now) = (measurement, measurement)
      (before.low, before.ratio, before.high) = (1, 10, 12)
      (now.low, now.ratio, now.high) = (1.5, 2, 3)
      #expect(verdict(now, against: before) == .noisy, seed)
      before.low = 9
      #expect(verdict(now, against: before) == .slower, seed)
    }
  }

  @Test func `A better interval is never judged worse`() {
    forRandom { before, generator, seed in
      var now = Self.random(&generator)
      now.column = before.column
      var better = now
      let factor = Double.random(in: 1...3, using: &generator)
      (better.ratio, better.low, better.high) = (
        now.ratio * factor, now.low * factor, now.high * factor
      )
      if !verdict(now, against: before).isRegression {
        #expect(!verdict(better, against: before).isRegression, seed)
      }
    }
  }

  @Test func `Decoding, and more instructions, regress`() {
    forRandom { measurement, _, seed in
      var (before, now) = (measurement, measurement)
      (before.path, now.path) = (.direct, .decoded)
      #expect(verdict(now, against: before) == .decoded, seed)
      #expect(verdict(before, against: now) == .same, seed)
      (before.leanInstructionCount, now.leanInstructionCount) = (1000, 1101)
      now.path = .direct
      #expect(verdict(now, against: before) == .moreInstructions, seed)
      #expect(verdict(now, against: before, isSameProcessor: false) == .same, seed)
      now.leanInstructionCount = 1100
      #expect(verdict(now, against: before) == .same, seed)
    }
  }

  @Test func `What the baseline has not is new`() {
    forRandom { before, _, seed in
      var now = before
      now.kernel = "mean"
      #expect(verdict(now, against: before) == .new, seed)
    }
  }

  @Test func `A column that went back to its wide form is found`() {
    var generator = SeededGenerator(seed: 5)
    var before = Self.random(&generator)
    (before.column, before.leanByteCount, before.rowCount) = ("a", 2000, 1000)
    let gate = RegressionGate(baseline: [before], maximumRegression: 0.1)
    #expect(gate.outgrown(column: "a", byteCount: 8000, rowCount: 1000) == before)
    #expect(gate.outgrown(column: "a", byteCount: 6000, rowCount: 3000) == nil)
    #expect(gate.outgrown(column: "b", byteCount: 8000, rowCount: 1000) == nil)
  }

  /// A measurement on a machine as free as the fixed loop says: wide and lean in nanoseconds a row.
  private static func timed(
    wide: Double, lean: Double, reference: Double, ratio: Double? = nil
  ) -> KernelMeasurement {
    var measurement = KernelMeasurement(
      column: "a", kernel: "sum", wide: "int64", lean: "int8", wideNanosecondsPerRow: wide * 1.1,
      leanNanosecondsPerRow: lean * 1.1, ratio: ratio ?? wide / lean, low: wide / lean * 0.9,
      high: wide / lean * 1.1, path: .direct, wideByteCount: 8000, leanByteCount: 1000,
      rowCount: 1000)
    measurement.wideLeastNanosecondsPerRow = wide
    measurement.leanLeastNanosecondsPerRow = lean
    measurement.free = FreeTime(nanosecondsPerRow: lean, reference: reference, rowCount: 1000)
    return measurement
  }

  @Test func `Times of free moments tell a slower kernel from a busy machine`() {
    let before = Self.timed(wide: 0.4, lean: 0.05, reference: 150)
    func said(_ now: KernelMeasurement) -> RegressionGate.Verdict { verdict(now, against: before) }
    // A fifth slower, on a machine as free as then.
    #expect(said(Self.timed(wide: 0.4, lean: 0.0625, reference: 150)) == .slower)
    // Within what is allowed.
    #expect(said(Self.timed(wide: 0.4, lean: 0.054, reference: 150)) == .same)
    // A neighbour slows both, the fixed loop too.
    #expect(said(Self.timed(wide: 0.45, lean: 0.09, reference: 220)) == .noisy)
    // The wide side alone became faster, or was disturbed less: no loss.
    #expect(said(Self.timed(wide: 0.2, lean: 0.05, reference: 150)) == .same)
    // The baseline was made beside a neighbour.
    let loaded = Self.timed(wide: 1.6, lean: 0.08, reference: 230)
    #expect(verdict(Self.timed(wide: 0.4, lean: 0.05, reference: 150), against: loaded) == .noisy)
    // Another number of rows, or no free moment, tells nothing.
    var fewer = Self.timed(wide: 0.2, lean: 0.1, reference: 150)
    fewer.free?.rowCount = 500
    #expect(said(fewer) == .noisy)
    fewer.free = nil
    #expect(said(fewer) == .noisy)
    // What was saved and changed by hand has ratios that its times do not give.
    var raised = before
    (raised.ratio, raised.low, raised.high) = (8e6, 7e6, 9e6)
    #expect(verdict(before, against: raised) == .slower)
  }

  /// Code lies otherwise in memory from one process to the next: the longest of the runs was none either.
  @Test func `A run as slow as one of the baseline is no regression`() {
    let runs = [0.05, 0.052, 0.06].map { Self.timed(wide: 0.4, lean: $0, reference: 150) }
    let merged = runs.dropFirst().reduce(runs[0]) { $0.merged(with: $1) }
    #expect(merged.free?.nanosecondsPerRow == 0.052 && merged.free?.most == 0.06)
    for (lean, expected) in [
      (0.06, RegressionGate.Verdict.same), (0.0615, .same), (0.063, .slower), (0.05, .same),
    ] {
      let now = Self.timed(wide: 0.4, lean: lean, reference: 150, ratio: merged.ratio * 0.8)
      #expect(verdict(now, against: merged) == expected, "\(lean)")
    }
    // A run without a free moment adds nothing.
    let busy = merged.merged(with: Self.timed(wide: 0.4, lean: 0.09, reference: 250))
    #expect(busy.free == merged.free)
  }

  /// A clock that a neighbour makes slow, but for short moments.
  @Test func `Free moments are found between busy ones`() throws {
    let time = Mutex((now: 0.0, isFree: false))
    let clock = KernelClock { time.withLock { $0.now } }
    // Each look at the clock finds the fixed loop or the kernel to have run.
    let reference = ReferenceLoop()
    var step = 0
    let found = FreeTime(rowCount: 1000, for: 0.01, clock: clock, reference: reference) {
      step += 1
      let isFree = step % 7 == 0
      time.withLock { $0.now += isFree ? 5e-5 : 9e-5 }
    }
    #expect(try #require(found).nanosecondsPerRow <= 90)
    #expect(found?.rowCount == 1000)
  }

  @Test(arguments: [
    (1_000_000, 0.02, 0.25, 65536), (1_000_000, 0.02, 2, 16384), (1_000_000, 10, 1, 4096),
    (1_000_000, 500, 1, 1024), (1_000_000, 0.1, 1000, 1024), (100, 500, 1, 100),
  ])
  func `As many rows as take a tenth of a millisecond and lie in the first cache`(
    _ all: Int, _ nanoseconds: Double, _ bytes: Double, _ rows: Int
  ) {
    #expect(
      FreeTime.rowCount(of: all, nanosecondsPerRow: nanoseconds, bytesPerRow: bytes) == rows)
  }

  @Test func `Runs put together have the ratio in their middle`() {
    let runs = [(0.4, 8.0), (0.5, 10), (0.3, 6), (0.45, 9)].map {
      Self.timed(wide: $0.0, lean: 0.05, reference: 150 + $0.1)
    }
    let merged = runs.dropFirst().reduce(runs[0]) { $0.merged(with: $1) }
    #expect(merged.runRatios?.count == 4)
    #expect(merged.ratio == 9 && merged.wideLeastNanosecondsPerRow == 0.3)
    #expect(merged.free?.reference == 156)
    #expect(runs.allSatisfy { merged.low <= $0.low && merged.high >= $0.high })
    for run in runs { #expect(verdict(run, against: merged) != .slower) }
    let many = (0..<100).reduce(runs[0]) { merged, _ in merged.merged(with: runs[1]) }
    #expect(many.runRatios?.count == 25)
  }
}
