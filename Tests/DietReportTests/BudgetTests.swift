import Columnar
import Testing

@testable import DietReport

/// The fewest changes with which pandas has a table in so many bytes.
@Suite struct BudgetTests {
  private typealias Budget = AnalysisReport.Budget
  private typealias Bytes = AnalysisReport.LoadedBytes

  private static let seeds = 1...300 as ClosedRange<UInt64>

  /// Up to nine columns of small sizes, so that all choices can be tried.
  private static func choices(using random: inout SeededGenerator) -> [Budget.Choice] {
    func side(_ type: String, _ held: Int, using random: inout SeededGenerator)
      -> Budget.Choice.Side
    {
      let isText = Bool.random(using: &random)
      return .init(
        type: type, bytes: Bytes(held: held, peak: isText ? held + held * 3 / 10 : 2 * held))
    }
    return (0..<Int.random(in: 0...9, using: &random)).map { index in
      let plain = Int.random(in: 0...100, using: &random)
      let lean = Int.random(in: 0...(plain + 10), using: &random)
      let isLossy = Int.random(in: 0..<3, using: &random) == 0
      return Budget.Choice(
        column: "c\(index)", plain: side("plain", plain, using: &random),
        lean: side("lean", lean, using: &random),
        lossy: isLossy ? side("lossy", lean / 2, using: &random) : nil, lossyError: 6e-8)
    }
  }

  private static func budget(
    _ byteCount: Int, _ choices: [Budget.Choice], constant: Int, direct: Int = .max
  ) -> Budget {
    let held = choices.reduce(0) { $0 + $1.plain.bytes.held }
    return Budget(
      byteCount: byteCount, engines: [("pandas", Bytes(held: held, peak: max(held, direct)))],
      choices: choices, constant: constant)
  }

  /// What pandas takes with the changes of a set of columns, told by their bits.
  private static func total(_ set: Int, _ choices: [Budget.Choice], constant: Int) -> Bytes {
    var total = Bytes(held: 0, peak: constant)
    for (index, choice) in choices.enumerated() {
      let bytes = (set >> index & 1 == 1 ? choice.lean : choice.plain).bytes
      total.held += bytes.held
      total.peak += bytes.peak
    }
    return total
  }

  /// Held to all sets of columns of which each saves something: none that is smaller fits.
  @Test func changesAreTheFewest() {
    for seed in Self.seeds {
      var random = SeededGenerator(seed: seed)
      let choices = Self.choices(using: &random)
      let byteCount = Int.random(in: 1...900, using: &random)
      let budget = Self.budget(byteCount, choices, constant: 4)
      let saving = choices.map {
        $0.plain.bytes.held > $0.lean.bytes.held && $0.plain.bytes.peak > $0.lean.bytes.peak
      }
      let sets = (0..<1 << choices.count).filter { set in
        choices.indices.allSatisfy { set >> $0 & 1 == 0 || saving[$0] }
          && Self.total(set, choices, constant: 4).peak <= byteCount
      }
      let fewest = sets.map(\.nonzeroBitCount).min()
      #expect((budget.outcome == .reached) == (fewest != nil), "seed \(seed)")
      #expect(budget.outcome != .fits, "seed \(seed)")
      #expect(
        budget.changes.count == fewest ?? saving.count { $0 }, "seed \(seed): \(budget.changes)")
    }
  }

  @Test func totalsAddUp() {
    for seed in Self.seeds {
      var random = SeededGenerator(seed: seed)
      let choices = Self.choices(using: &random)
      let budget = Self.budget(Int.random(in: 1...900, using: &random), choices, constant: 4)
      var set = 0
      var last = Self.total(0, choices, constant: 4)
      var lastSaving = Int.max
      for change in budget.changes {
        let index = choices.firstIndex { $0.column == change.column }!
        #expect(set >> index & 1 == 0, "seed \(seed): twice the same column")
        set |= 1 << index
        #expect(change.total == Self.total(set, choices, constant: 4), "seed \(seed)")
        #expect(change.savedByteCount == last.held - change.total.held, "seed \(seed)")
        #expect(change.savedPeakByteCount == last.peak - change.total.peak, "seed \(seed)")
        #expect(change.savedPeakByteCount <= lastSaving, "seed \(seed): not in order of saving")
        #expect(last.peak > budget.byteCount, "seed \(seed): a change too many")
        (last, lastSaving) = (change.total, change.savedPeakByteCount)
      }
      #expect(budget.total == last, "seed \(seed)")
      let kept = choices.indices.filter {
        set >> $0 & 1 == 0 && choices[$0].lean != choices[$0].plain
      }
      #expect(budget.keptColumns == kept.map { choices[$0].column }, "seed \(seed)")
    }
  }

  @Test func aBudgetAboveThePeakNeedsNothing() {
    for seed in Self.seeds {
      var random = SeededGenerator(seed: seed)
      let choices = Self.choices(using: &random)
      let budget = Self.budget(5000, choices, constant: 4, direct: 5000)
      #expect(budget.outcome == .fits, "seed \(seed)")
      #expect(budget.changes.isEmpty && budget.lossyChanges.isEmpty, "seed \(seed)")
      #expect(budget.total == budget.engines[0].bytes, "seed \(seed)")
      #expect(budget.engines[0].fits, "seed \(seed)")
    }
  }

  /// What may change values is priced where nothing else is enough, and is in no total of the others.
  @Test func lossIsPricedApart() {
    var priced = 0
    for seed in Self.seeds {
      var random = SeededGenerator(seed: seed)
      let choices = Self.choices(using: &random)
      let budget = Self.budget(Int.random(in: 1...400, using: &random), choices, constant: 4)
      #expect(budget.changes.allSatisfy { $0.leanType == "lean" }, "seed \(seed)")
      if budget.outcome != .missed { #expect(budget.lossyChanges.isEmpty, "seed \(seed)") }
      #expect((budget.lossyTotal == nil) == budget.lossyChanges.isEmpty, "seed \(seed)")
      guard let lossyTotal = budget.lossyTotal else { continue }
      priced += 1
      let saved = budget.lossyChanges.reduce(0) { $0 + $1.savedByteCount }
      #expect(lossyTotal.held == budget.total.held - saved, "seed \(seed)")
      #expect(lossyTotal.peak < budget.total.peak, "seed \(seed)")
    }
    #expect(priced > 50)
  }

  @Test func anEngineThatHoldsTheTableMayNotLoadIt() {
    let budget = Budget(
      byteCount: 100,
      engines: [
        ("pandas", Bytes(held: 90, peak: 120)), ("polars", Bytes(held: 101, peak: 120)),
        ("lean", Bytes(held: 10, peak: 100)),
      ], choices: [], constant: 4)
    let text = BudgetText(budget)
    #expect(budget.engines.map(\.fits) == [false, false, true])
    #expect(
      budget.engines.map(text.answer) == ["not while it loads", "does not fit", "fits"])
  }
}
