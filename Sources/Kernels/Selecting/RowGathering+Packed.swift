import Columnar

extension RowGathering {
  /// Whether so many of `rowCount` rows are taken that it takes less time to decode all of them first.
  func takesMany(of rowCount: Int) -> Bool { targetCount >= rowCount / 64 }

  /// The numbers of the rows taken, packed as they were; 0 where there is no row.
  func gathered(_ numbers: PackedValues, rowCount: Int) -> Buffer {
    // By words that are known here, so that the loops are compiled for them and these rows.
    switch numbers.wordByteCount {
    case 1: gathered(numbers, rowCount, UInt8.self)
    case 2: gathered(numbers, rowCount, UInt16.self)
    case 4: gathered(numbers, rowCount, UInt32.self)
    default: gathered(numbers, rowCount, UInt64.self)
    }
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

/// Numbers that threads share.
private struct PackedSource: @unchecked Sendable {
  // Sound: the blocks are a column's, which whoever gathers its rows keeps, and which no one changes.
  let numbers: PackedValues
}
