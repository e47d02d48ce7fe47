/// The exact sums of integers, by slot.
enum IntegerSums {
  /// Sums of words that do not overflow: of each, so many values were less by `offset`.
  case words([Int64], offset: Int128, counts: [UInt32])
  case wide([Int128])

  subscript(slot: Int) -> Int128 {
    switch self {
    case .words(let sums, let offset, let counts):
      offset == 0 ? Int128(sums[slot]) : Int128(sums[slot]) + Int128(counts[slot]) * offset
    case .wide(let sums): sums[slot]
    }
  }
}
