import CKernels
import Columnar

// What is asked of encodings that are not as their rows lie: their parts, and then what these say of the rows.
extension IntegerTest {
  /// The blocks are asked as they lie, and those of the listed rows turned that are answered otherwise than the base.
  func answer(_ patched: PatchedDecoder, firstRow: Int) -> RowTest.Answer {
    let packed = answer(
      .packed(patched.packed.advanced(by: firstRow)), base: Int128(patched.base))
    let isTurned = listed(patched, unlike: holds(Int128(patched.base)))
    if isTurned.allSatisfy({ $0 == 0 }) { return packed }
    return .rows(path: packed.path) { range, out in
      packed.write(range, out)
      let start = firstRow + range.lowerBound
      patched.turn(start..<start + range.count, where: isTurned, in: out)
    }
  }

  /// A bit for each listed row: whether the answer for it is not that.
  private func listed(_ patched: PatchedDecoder, unlike other: Bool) -> [UInt64] {
    let count = patched.listed.count
    let answers = answer(ColumnRows(patched.listed))
    return [UInt64](unsafeUninitializedCapacity: (count + 63) / 64) { words, wordCount in
      wordCount = (count + 63) / 64
      guard let words = words.baseAddress, count > 0 else { return }
      answers.write(0..<count, words)
      if other { for word in 0..<wordCount { words[word] = ~words[word] } }
      if count & 63 != 0 { words[wordCount - 1] &= 1 << UInt64(count & 63) - 1 }
    }
  }

  /// Each run is asked once, and its answer is that of its rows.
  func answer(_ runs: RunsDecoder, firstRow: Int) -> RowTest.Answer {
    if runs.values.count == 0 { return .none }
    let answers = answer(ColumnRows(runs.values))
    guard case .rows(let path, let write) = answers else { return answers }
    let (size, count) = (PackedBlocks.rowCount, runs.values.count)
    return .rows(path: path) { range, out in
      let start = firstRow + range.lowerBound
      let rows = start..<start + range.count
      let asked = runs.runs(of: rows)
      // Whole blocks of packed values are asked as they lie.
      let first = asked.lowerBound / size * size
      let end = min(count, (asked.upperBound + size - 1) / size * size)
      let wordCount = (end - first + 63) / 64 + 1
      withUnsafeTemporaryAllocation(
        of: UInt64.self, capacity: wordCount + (rows.count + 63) / 64
      ) { room in
        guard let answers = room.baseAddress else { return }
        let starts = answers + wordCount
        answers[wordCount - 1] = 0
        write(first..<end, answers)
        runs.copyStarts(rows, to: starts)
        diet_spread_runs(answers, asked.lowerBound - first, starts, rows.count, out)
      }
    }
  }
}
