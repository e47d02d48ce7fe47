import Columnar
import Platform

/// The numbers of a column for moving windows, NaN where there is none.
struct MovingNumbers {
  private let rows: ColumnRows
  private let blocks: FloatBlocks

  init(_ rows: ColumnRows) {
    self.rows = rows
    blocks = FloatBlocks(rows)
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
    let counts = parallelMap(parts.count) { index in
      withRun(parts[index], window.rowCount) { run in
        switch kernel {
        case .sum: return run.sums(out, isMean: false)
        case .mean: return run.sums(out, isMean: true)
        case .variance: return run.variances(out, ddof, isRoot: false)
        case .standardDeviation: return run.variances(out, ddof, isRoot: true)
        case .median: return run.sorted(out) { $0.median }
        case .rank: return run.sorted(out) { sorted in sorted.rankOfLast }
        case .minimum, .maximum, .argmin, .argmax: fatalError("order has a kernel of its own")
        }
      }
    }
    return .floats(
      name, values, count: rows.count, validity: validity,
      nullCount: rows.count - counts.reduce(0, +))
  }

  /// Calls `body` with a part of the rows and those that its first windows hold. Floats that are
  /// stored as such, without nulls, are read where they lie; others are written out for this part.
  private func withRun<R>(
    _ part: Range<Int>, _ width: Int, _ body: (MovingRun) -> R
  ) -> R {
    // The same rows in every layout, so that sums have the same bits: whole words of the bitmap.
    let start = max(0, part.lowerBound - width) & ~63
    if case .plain(.float64(let values)) = rows.view, rows.nullCount == 0 {
      return body(MovingRun(numbers: values, start: start, part: part))
    }
    let room = UnsafeMutablePointer<Double>.allocate(capacity: part.upperBound - start)
    defer { room.deallocate() }
    for row in stride(from: start, to: part.upperBound, by: ColumnRows.blockRowCount) {
      let range = row..<min(row + ColumnRows.blockRowCount, part.upperBound)
      let target = room + (row - start)
      let read = blocks.read(range, filling: .nan, target)
      if read != UnsafePointer(target) { target.update(from: read, count: range.count) }
    }
    // Rows go by their numbers in the column; none before `start` is looked at.
    return body(MovingRun(numbers: UnsafePointer(room) - start, start: start, part: part))
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
      let variance = (squares < 0 ? 0 : squares) / Double(count &- ddof)
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
