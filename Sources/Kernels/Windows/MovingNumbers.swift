import Columnar
import Glibc

/// The numbers of a column for moving windows, NaN where there is none.
struct MovingNumbers {
  private let rows: ColumnRows
  private let numbers: Shared<Double>
  private let owner: Buffer?

  /// Floats that are stored as such, without nulls, are read where they lie.
  init(_ rows: ColumnRows) {
    self.rows = rows
    if case .plain(.float64(let values)) = rows.view, rows.nullCount == 0 {
      numbers = Shared(UnsafeMutablePointer(mutating: values))
      owner = nil
      return
    }
    let buffer = Buffer(uninitializedByteCount: rows.count * 8)
    let target = Shared(buffer.pointer(as: Double.self))
    let blocks = FloatBlocks(rows)
    let parts = ColumnRows.parts(rows.count)
    _ = parallelMap(parts.count) { index in
      rows.forEachBlock(of: Double.self, in: parts[index]) { range, scratch in
        let read = blocks.read(range, filling: .nan, scratch)
        (target.pointer + range.lowerBound).update(from: read, count: range.count)
      }
    }
    numbers = target
    owner = buffer
  }

  func answers(
    _ kernel: MovingKernel, _ window: MovingWindow, ddof: Int, name: String
  ) -> Column {
    let values = Buffer(uninitializedByteCount: rows.count * 8)
    let validity = Buffer(zeroedByteCount: (rows.count + 7) / 8)
    let out = MovingOutput(
      values: Shared(values.pointer(as: Double.self)),
      valid: Shared(validity.pointer(as: UInt64.self)), window: window)
    let parts = ColumnRows.parts(rows.count)
    let counts = withExtendedLifetime(owner) {
      parallelMap(parts.count) { index -> Int in
        let part = parts[index]
        let start = max(0, part.lowerBound - window.rowCount + 1)
        let run = MovingRun(numbers: UnsafePointer(numbers.pointer), start: start, part: part)
        switch kernel {
        case .sum: return run.sums(out, isMean: false)
        case .mean: return run.sums(out, isMean: true)
        case .variance: return run.variances(out, ddof, isRoot: false)
        case .standardDeviation: return run.variances(out, ddof, isRoot: true)
        case .median: return run.sorted(out) { $0.median }
        case .rank:
          return run.sorted(out) { sorted in sorted.rankOfLast }
        case .minimum, .maximum, .argmin, .argmax: fatalError("order has a kernel of its own")
        }
      }
    }
    return .floats(
      name, values, count: rows.count, validity: validity,
      nullCount: rows.count - counts.reduce(0, +))
  }
}

/// Where answers go. Parts begin at whole words of the bitmap.
struct MovingOutput: Sendable {
  let values: Shared<Double>
  let valid: Shared<UInt64>
  let window: MovingWindow

  /// Writes one answer; returns 1 if there is one.
  @inline(__always)
  func write(_ row: Int, _ count: Int, _ value: Double?) -> Int {
    guard count >= window.minimumCount, let value else {
      values.pointer[row] = 0
      return 0
    }
    values.pointer[row] = value
    valid.pointer[row &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: row & 63)
    return 1
  }

  /// Marks rows as having an answer.
  func markAll(_ range: Range<Int>) {
    var row = range.lowerBound
    while row < range.upperBound {
      let end = min((row | 63) + 1, range.upperBound)
      let bits: UInt64 = end - row == 64 ? ~0 : (1 << UInt64(end - row)) - 1
      valid.pointer[row >> 6] |= bits << UInt64(row & 63)
      row = end
    }
  }
}

/// A part of the rows, and those before it that its first windows hold.
struct MovingRun {
  let numbers: UnsafePointer<Double>
  let start: Int
  let part: Range<Int>

  private var isFinite: Bool {
    // Finite numbers less themselves are 0, others NaN.
    var sum = 0.0
    for row in start..<part.upperBound { sum += numbers[row] - numbers[row] }
    return sum == 0
  }

  func sums(_ out: MovingOutput, isMean: Bool) -> Int {
    let width = out.window.rowCount
    if isFinite { return finiteSums(out, isMean) }
    var (sum, count, infinite, answers) = (0.0, 0, 0, 0)
    for row in start..<part.upperBound {
      let number = numbers[row]
      if number == number {
        count += 1
        if number.isInfinite { infinite += 1 } else { sum += number }
      }
      if row - width >= start {
        let leaving = numbers[row - width]
        if leaving == leaving {
          count -= 1
          if leaving.isInfinite { infinite -= 1 } else { sum -= leaving }
        }
      }
      guard part.contains(row) else { continue }
      var answer = sum
      if infinite > 0 {
        for other in max(start, row - width + 1)...row where numbers[other].isInfinite {
          answer += numbers[other]
        }
      }
      answers += out.write(row, count, isMean ? answer / Double(count) : answer)
    }
    return answers
  }

  /// No NaN and no infinity: the same sums without a question at each row.
  private func finiteSums(_ out: MovingOutput, _ isMean: Bool) -> Int {
    let width = out.window.rowCount
    let target = out.values.pointer
    var sum = 0.0
    var answers = 0
    var row = start
    // Until the first window is whole.
    while row < min(part.upperBound, start + width) {
      sum += numbers[row]
      if part.contains(row) {
        let count = row - start + 1
        answers += out.write(row, count, isMean ? sum / Double(count) : sum)
      }
      row += 1
    }
    let first = row
    while row < part.upperBound {
      // In the order of the careful loop: add, then take away.
      sum = (sum + numbers[row]) - numbers[row &- width]
      target[row] = sum
      row &+= 1
    }
    if isMean {
      let divisor = Double(width)
      row = first
      while row < part.upperBound {
        target[row] /= divisor
        row &+= 1
      }
    }
    if first < part.upperBound { out.markAll(first..<part.upperBound) }
    return answers + max(0, part.upperBound - first)
  }

  /// Mean and squares are moved on by each value that comes and goes (Welford, 1962).
  func variances(_ out: MovingOutput, _ ddof: Int, isRoot: Bool) -> Int {
    let width = out.window.rowCount
    var (mean, squares, count, answers) = (0.0, 0.0, 0, 0)
    for row in start..<part.upperBound {
      if row - width >= start {
        let leaving = numbers[row - width]
        if leaving == leaving {
          count -= 1
          if count == 0 {
            (mean, squares) = (0, 0)
          } else {
            let distance = leaving - mean
            mean -= distance / Double(count)
            squares -= distance * (leaving - mean)
          }
        }
      }
      let number = numbers[row]
      if number == number {
        count += 1
        let distance = number - mean
        mean += distance / Double(count)
        squares += distance * (number - mean)
      }
      guard part.contains(row) else { continue }
      // What an infinity, or a square beyond all numbers, made of these does not leave with it.
      if !squares.isFinite || !mean.isFinite { (mean, squares) = moments(row, width, count) }
      // Rounding may take a square below 0; NaN stays.
      let variance = (squares < 0 ? 0 : squares) / Double(count - ddof)
      answers += out.write(
        row, count, count <= ddof ? nil : isRoot ? variance.squareRoot() : variance)
    }
    return answers
  }

  /// Mean and squares of one window, looked at alone.
  private func moments(_ row: Int, _ width: Int, _ count: Int) -> (Double, Double) {
    let window = max(start, row - width + 1)...row
    var (sum, squares) = (0.0, 0.0)
    for other in window where !numbers[other].isNaN { sum += numbers[other] }
    let mean = sum / Double(count)
    for other in window where !numbers[other].isNaN {
      squares += (numbers[other] - mean) * (numbers[other] - mean)
    }
    return (mean, squares)
  }

  func sorted(_ out: MovingOutput, _ answer: (borrowing SortedWindow) -> Double?) -> Int {
    let width = out.window.rowCount
    var window = SortedWindow(capacity: width)
    var answers = 0
    for row in start..<part.upperBound {
      let leaving = row - width >= start ? numbers[row - width] : .nan
      window.move(in: numbers[row], out: leaving)
      guard part.contains(row) else { continue }
      answers += out.write(row, window.count, answer(window))
    }
    return answers
  }
}

/// The numbers of a window in order. Replacing one moves only those between its place and the new
/// one's: for windows of some hundred rows that is less than any tree costs.
struct SortedWindow: ~Copyable {
  // Sound: memory of its own; `count` never exceeds the capacity.
  private let numbers: UnsafeMutablePointer<Double>
  private(set) var count = 0
  private var last = Double.nan

  init(capacity: Int) { numbers = .allocate(capacity: capacity + 1) }

  deinit { numbers.deallocate() }

  var median: Double? {
    if count == 0 { return nil }
    let middle = count / 2
    return count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2
  }

  /// The rank of the number that came last, the mean of equal ones; `nil` where none came.
  var rankOfLast: Double? {
    if last.isNaN { return nil }
    let before = place(of: last)
    var end = before
    while end < count, numbers[end] == last { end += 1 }
    return Double(before + 1 + end) / 2
  }

  /// How many numbers are less: halving without a branch.
  @inline(__always)
  private func place(of number: Double) -> Int {
    var base = 0
    var length = count
    while length > 1 {
      let half = length &>> 1
      base = numbers[base &+ half &- 1] < number ? base &+ half : base
      length &-= half
    }
    return length == 1 && numbers[base] < number ? base + 1 : base
  }

  /// Takes `new` in and `old` out; NaN is no number.
  mutating func move(in new: Double, out old: Double) {
    last = new
    if new == new, old == old {
      let (from, to) = (place(of: old), place(of: new))
      if from < to {
        memmove(numbers + from, numbers + from + 1, (to - 1 - from) * 8)
        numbers[to - 1] = new
      } else {
        memmove(numbers + to + 1, numbers + to, (from - to) * 8)
        numbers[to] = new
      }
    } else if old == old {
      let from = place(of: old)
      memmove(numbers + from, numbers + from + 1, (count - from - 1) * 8)
      count -= 1
    } else if new == new {
      let to = place(of: new)
      memmove(numbers + to + 1, numbers + to, (count - to) * 8)
      numbers[to] = new
      count += 1
    }
  }
}
