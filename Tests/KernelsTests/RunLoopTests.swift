import CKernels
import TestSupport
import Testing

/// The loops over runs answer as a plain loop over the rows does.
@Suite struct RunLoopTests {
  private static let counts = [1, 2, 63, 64, 65, 127, 128, 1000, 4096]

  @Test(arguments: [1, 2, 3, 9, 70, 5000], 0..<3 as Range<UInt64>)
  func answersAreThoseOfRows(length: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for count in Self.counts {
      let limits: ClosedRange<Int64> = [-3...3, Int64.min...Int64.max].randomElement(
        using: &generator)!
      var starts = [UInt64](repeating: 0, count: (count + 63) / 64)
      var values = [Int64.random(in: limits, using: &generator)]
      var rows: [Int64] = []
      for row in 0..<count {
        let begins = Int.random(in: 0..<length, using: &generator) == 0
        if begins { starts[row / 64] |= 1 << UInt64(row % 64) }
        // Row 0 is of the first run in any case.
        if begins, row > 0 { values.append(Int64.random(in: limits, using: &generator)) }
        rows.append(values[values.count - 1])
      }
      // Behind the rows there may be any bits.
      if count % 64 > 0 { starts[count / 64] |= .max << UInt64(count % 64) }
      let origin: Comment = "runs of \(length), seed \(seed), \(count) rows"
      check(values, starts, rows, origin)
      let valid = starts.map { _ in generator.next() | generator.next() }
      checkValid(values, starts, rows, valid, origin)
      checkSpread(values.map { _ in Bool.random(using: &generator) }, starts, count, origin)
    }
  }

  private func check(
    _ values: [Int64], _ starts: [UInt64], _ rows: [Int64], _ origin: Comment
  ) {
    checkExpanded(
      values, starts, rows, origin, [diet_expand_runs_i8, diet_expand_runs_i8_portable])
    checkExpanded(
      values, starts, rows, origin, [diet_expand_runs_i16, diet_expand_runs_i16_portable])
    checkExpanded(
      values, starts, rows, origin, [diet_expand_runs_i32, diet_expand_runs_i32_portable])
    checkExpanded(
      values, starts, rows, origin, [diet_expand_runs_i64, diet_expand_runs_i64_portable])
    var (high, low): (Int64, UInt64) = (0, 0)
    diet_sum_runs(values, starts, rows.count, &high, &low)
    #expect(Int128(high) << 64 | Int128(low) == rows.reduce(0) { $0 + Int128($1) }, origin)
  }

  /// Each row has the value of its run, cut off to any width, and nothing is read or written beyond.
  private func checkExpanded<Word: FixedWidthInteger>(
    _ values: [Int64], _ starts: [UInt64], _ rows: [Int64], _ origin: Comment,
    _ loops: [(UnsafePointer<Word>?, UnsafePointer<UInt64>?, Int, UnsafeMutablePointer<Word>?) ->
      Void]
  ) {
    let guardWord: Word = 0x5D
    let expected = rows.map { Word(truncatingIfNeeded: $0) } + [guardWord]
    for expand in loops {
      var expanded = [Word](repeating: guardWord, count: rows.count + 1)
      expand(values.map { Word(truncatingIfNeeded: $0) }, starts, rows.count, &expanded)
      #expect(expanded == expected, "\(origin), \(Word.self)")
    }
  }

  private func checkValid(
    _ values: [Int64], _ starts: [UInt64], _ rows: [Int64], _ valid: [UInt64], _ origin: Comment
  ) {
    var (high, low): (Int64, UInt64) = (0, 0)
    diet_sum_runs_masked(values, starts, valid, rows.count, &high, &low)
    let held = rows.indices.filter { valid[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
    #expect(Int128(high) << 64 | Int128(low) == held.reduce(0) { $0 + Int128(rows[$1]) }, origin)
  }

  /// Each row has the answer of its run, wherever in the words the first run's is.
  private func checkSpread(_ answers: [Bool], _ starts: [UInt64], _ count: Int, _ origin: Comment) {
    var run = 0
    let expected = (0..<count).map { row in
      if row > 0, starts[row / 64] >> UInt64(row % 64) & 1 == 1 { run += 1 }
      return answers[run]
    }
    for first in [0, 1, 63, 64, 100] {
      var words = [UInt64](repeating: 0, count: (first + answers.count + 63) / 64 + 1)
      for (run, answer) in answers.enumerated() where answer {
        words[(first + run) / 64] |= 1 << UInt64((first + run) % 64)
      }
      for spread in [diet_spread_runs, diet_spread_runs_portable] {
        var out = [UInt64](repeating: 0x5EED, count: starts.count + 1)
        spread(words, first, starts, count, &out)
        let found = (0..<count).map { out[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
        #expect(found == expected && out.last == 0x5EED, "\(origin), from bit \(first) on")
      }
    }
  }
}
