import Columnar

extension RowGathering {
  /// Whether so many of `rowCount` rows are taken that it takes less time to decode all of them first.
  func takesMany(of rowCount: Int) -> Bool { targetCount >= rowCount / 64 }

  /// The numbers of the rows taken, packed as they were; 0 where there is no row.
  func gathered(_ numbers: PackedValues, rowCount: Int) -> Buffer {
    PackedBlocks.accept(
      PackedRows(gathering: self, numbers: numbers, rowCount: rowCount), bits: numbers.bits)
  }

  fileprivate func gathered<Word: PackedWord>(
    _ numbers: PackedValues, _ rowCount: Int, _ type: Word.Type
  ) -> Buffer {
    let width = MemoryLayout<Word>.size
    let taken = Buffer(uninitializedByteCount: targetCount * width)
    let words = taken.pointer(as: Word.self)
    if let run {
      numbers.unpack(run, to: words)
    } else if takesMany(of: rowCount) {
      let source = PackedSource(numbers: numbers)
      gather(of: rowCount, words) { source.numbers.unpack($0, to: $1) }
    } else {
      forEachPlace { row, place in
        words[place] = row.map { Word(truncatingIfNeeded: numbers.value(at: $0)) } ?? 0
      }
    }
    return PackedBlocks.packed(words, count: targetCount, bits: numbers.bits)
  }
}

/// The blocks of the numbers of some rows.
private struct PackedRows<Rows: RowGathering>: PackedVisitor {
  let gathering: Rows
  let numbers: PackedValues
  let rowCount: Int

  func visit<Word: PackedWord>(_ words: Word.Type, _ nothing: inout Void) -> Buffer {
    gathering.gathered(numbers, rowCount, words)
  }
}

/// Numbers that threads share.
private struct PackedSource: @unchecked Sendable {
  // Sound: the blocks are a column's, which whoever gathers its rows keeps, and which no one changes.
  let numbers: PackedValues
}
