import Columnar

extension Column {
  /// The least and the greatest integer; 0 for both where no row has a value.
  var integerEnds: ClosedRange<Int128> {
    if nullCount == count { return 0...0 }
    return ends.range {
      let ends = ColumnRows(self, makesBits: false).integerMinMax
      return ends.minimum...ends.maximum
    }
  }

  /// The word that each integer lies in, or would where the column is held in fewer bits, through a table or from a
  /// base: the same under every policy.
  var integerWord: IntegerWord {
    if let planned, case .integers(let width, let isSigned) = planned.shape {
      return IntegerWord(bits: width * 8, isSigned: isSigned)
    }
    if let taken { return taken.word }
    let leastBits = layout.minimumBits ?? 8
    if type == .integer, let memory = wordMemory {
      return IntegerWord(bits: max(memory.width * 8, leastBits), isSigned: memory.isSigned)
    }
    let range = integerEnds
    let isSigned = layout.isHandedUnsigned != true && range.upperBound <= Int128(Int64.max)
    let bits = IntegerRoom.none.bits(for: range, isSigned: isSigned)
    return IntegerWord(bits: max(bits, leastBits), isSigned: isSigned)
  }

  /// Bounds of the integers that expressions count on: those of their word where it is narrow, else of the values.
  var integerBounds: (low: Int128, high: Int128) {
    if planned == nil {
      switch view {
      case .constant, .sequence: return (integerEnds.lowerBound, integerEnds.upperBound)
      case .plain, .scaled, .indexed, .decoded: break
      }
    }
    let word = integerWord
    let range = word.bits < 64 ? word.range : integerEnds
    return (range.lowerBound, range.upperBound)
  }

  /// What engines get rows of this column as: what they get of all.
  var takenIntegers: TakenIntegers? {
    if taken != nil || planned != nil || nullCount == count { return taken }
    switch type {
    case .integer:
      // Rows of whole words stay such. Those of 32 bits may need more for their sums.
      if let memory = wordMemory, memory.width != 4, view.isPlain { return nil }
    case .decimal, .timestamp, .duration: break
    case .null, .boolean, .float, .date, .time, .uuid, .ipv4, .string: return nil
    }
    return TakenIntegers(range: integerEnds, valueCount: count - nullCount, word: integerWord)
  }

  /// The words that rows, or the entries that they lead to, lie in, or would if they did not follow from other columns;
  /// `nil` where they are worked out.
  private var wordMemory: (width: Int, isSigned: Bool)? {
    if derivation != nil, case .integers(let width, let isSigned)? = layout.shape {
      return (width, isSigned)
    }
    return switch view {
    case .plain(let values), .indexed(_, .plain(let values), _):
      values.integerMemory.map { ($0.width, $0.isSigned) }
    default: nil
    }
  }
}

extension ColumnView {
  fileprivate var isPlain: Bool { if case .plain = self { true } else { false } }
}
