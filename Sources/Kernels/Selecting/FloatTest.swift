import CKernels
import Columnar

/// A condition on floats: those from `low` to `high`, or the members of a list. NaN is never one.
struct FloatTest {
  private let low: Double
  private let high: Double
  private let members: [Double]?

  init(_ condition: Condition, _ rows: ColumnRows) throws(ReductionError) {
    func number(_ value: Scalar) throws(ReductionError) -> Double {
      guard case .float(let number)? = value.stored(in: .float) else {
        throw ReductionError(.unfitConstant, rows, reduction: condition.name)
      }
      return number
    }
    var (low, high) = (-Double.infinity, Double.infinity)
    var members: [Double]?
    switch condition {
    case .equal(let value), .notEqual(let value):
      low = try number(value)
      high = low
    case .less(let value):
      high = try number(value)
      if high == -.infinity { high = .nan } else { high = high.nextDown }
    case .atMost(let value): high = try number(value)
    case .greater(let value):
      low = try number(value)
      if low == .infinity { low = .nan } else { low = low.nextUp }
    case .atLeast(let value): low = try number(value)
    case .between(let first, let last): (low, high) = (try number(first), try number(last))
    case .isIn(let values):
      var numbers: [Double] = []
      for value in values { numbers.append(try number(value)) }
      members = numbers.filter { !$0.isNaN }
    case .hasPrefix, .isNull, .isNotNull:
      throw ReductionError(.unsupportedType, rows, reduction: condition.name)
    }
    self.low = low
    self.high = high
    self.members = members
  }

  private func holds(_ value: Double) -> Bool {
    members.map { $0.contains(value) } ?? (low <= value && value <= high)
  }

  func answer(_ rows: ColumnRows) -> RowTest.Answer {
    switch rows.view {
    case .constant(let value): return holds(value?.float(at: 0) ?? 0) ? .all : .none
    case .indexed(let codes, let dictionary, let count):
      return .codes(
        codes, members: (0..<count).filter { holds(dictionary.float(at: $0)) }, of: count)
    case .plain(.float64(let values)): return answer(values, up: { $0 }, down: { $0 })
    case .plain(.float32(let values)):
      // The bounds move to the next numbers within them that 32 bits hold.
      return answer(
        values,
        up: { Double(Float($0)) < $0 ? Float($0).nextUp : Float($0) },
        down: { Double(Float($0)) > $0 ? Float($0).nextDown : Float($0) })
    default: return answer(FloatBlocks(rows))
    }
  }

  /// Numbers that are decoded a block at a time.
  private func answer(_ blocks: FloatBlocks) -> RowTest.Answer {
    .rows(path: .decoded) { range, out in
      blocks.rows.forEachBlock(of: Double.self, in: range) { run, scratch in
        let numbers = blocks.read(run, scratch)
        let words = out + (run.lowerBound - range.lowerBound) / 64
        guard let members else {
          return Double.loops.between(numbers, run.count, low, high, words)
        }
        if members.isEmpty { return words.update(repeating: 0, count: (run.count + 63) / 64) }
        union(0..<run.count, words, members.count) { index, words in
          Double.loops.between(numbers, run.count, members[index], members[index], words)
        }
      }
    }
  }

  private func answer<T: LoopFloat>(
    _ values: UnsafePointer<T>, up: (Double) -> T, down: (Double) -> T
  ) -> RowTest.Answer {
    guard let members else {
      let (low, high) = (up(low), down(high))
      return low <= high ? .between(values, low, high) : .none
    }
    let ends = members.map { (up($0), down($0)) }.filter { $0 == $1 }
    if ends.isEmpty { return .none }
    return .rows { range, out in
      union(range, out, ends.count) { index, out in
        T.loops.between(
          values + range.lowerBound, range.count, ends[index].0, ends[index].1, out)
      }
    }
  }
}
