import CKernels

extension MovingRun {
  /// The sums of windows, or their means. Which way is taken depends on the values alone, so that
  /// answers have the same bits in every layout.
  func sums(_ out: MovingOutput, isMean: Bool) -> Int {
    wholeSums(out, isMean) ?? gappedSums(out, isMean) ?? carefulSums(out, isMean)
  }

  /// The first row whose window is whole. Windows of rows before it are cut off by the first row of
  /// the column.
  private func firstWhole(_ width: Int) -> Int {
    min(max(part.lowerBound, width), part.upperBound)
  }

  /// Writes the sum of each window of `numbers`, divided by `divisor` where it is whole. Returns the
  /// last sum: neither infinity nor NaN leaves it, once it has come.
  private func writeSums(
    of numbers: UnsafePointer<Double>, _ width: Int, dividing divisor: Double,
    _ target: UnsafeMutablePointer<Double>
  ) -> Double {
    let first = firstWhole(width)
    var sum = 0.0
    for row in max(0, first - width)..<first {
      sum += numbers[row]
      if row >= part.lowerBound { target[row] = sum }
    }
    return diet_moving_sums(
      numbers + first, width, part.upperBound - first, sum, divisor, target + first)
  }

  /// Of rows that all have a number: `nil` where one has none, or is infinite.
  private func wholeSums(_ out: MovingOutput, _ isMean: Bool) -> Int? {
    let width = out.window.rowCount
    let target = out.values.pointer
    let divisor = isMean ? Double(width) : 1
    guard writeSums(of: numbers, width, dividing: divisor, target).isFinite else { return nil }
    if isMean {
      for row in part.lowerBound..<max(part.lowerBound, firstWhole(width)) {
        target[row] /= Double(row + 1)
      }
    }
    let firstAnswer = min(max(part.lowerBound, out.window.minimumCount - 1), part.upperBound)
    for row in part.lowerBound..<firstAnswer { target[row] = 0 }
    if firstAnswer < part.upperBound { out.markAll(firstAnswer..<part.upperBound) }
    return part.upperBound - firstAnswer
  }

  /// The same with rows that have no number, which add nothing and are not counted; `nil` where a
  /// number is infinite.
  private func gappedSums(_ out: MovingOutput, _ isMean: Bool) -> Int? {
    let width = out.window.rowCount
    let target = out.values.pointer
    let length = part.upperBound - start
    let addends = UnsafeMutablePointer<Double>.allocate(capacity: length)
    let counts = UnsafeMutablePointer<Int32>.allocate(capacity: length)
    defer {
      addends.deallocate()
      counts.deallocate()
    }
    var count: Int32 = 0
    for place in 0..<length {
      let number = numbers[start + place]
      let isNumber = number == number
      addends[place] = isNumber ? number : 0
      count &+= isNumber ? 1 : 0
      counts[place] = count
    }
    let sums = writeSums(of: UnsafePointer(addends) - start, width, dividing: 1, target)
    guard sums.isFinite else { return nil }
    var answers = 0
    for row in part {
      let before = row - width >= start ? counts[row - width - start] : 0
      let count = Int(counts[row - start] - before)
      answers += out.write(row, count, isMean ? target[row] / Double(count) : target[row])
    }
    return answers
  }

  /// With infinities, which are counted: what came as one cannot leave by subtraction.
  private func carefulSums(_ out: MovingOutput, _ isMean: Bool) -> Int {
    let width = out.window.rowCount
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
}
