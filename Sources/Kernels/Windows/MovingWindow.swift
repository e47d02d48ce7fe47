public import Columnar

/// The rows that a moving kernel looks at: each row and those before it.
public struct MovingWindow: Hashable, Sendable {
  /// How many rows.
  public let rowCount: Int
  /// With fewer values than this in the window the answer is null.
  public let minimumCount: Int

  /// - Parameter minimumCount: From 1 to `rowCount`; all rows of the window unless it is given. Kernels throw
  ///   where the window has no row, or this is something else.
  public init(_ rowCount: Int, minimumCount: Int? = nil) {
    self.rowCount = rowCount
    self.minimumCount = minimumCount ?? rowCount
  }

  /// A window with the same answers on a table of `count` rows, and numbers that can be added to rows.
  func fitted(to count: Int) -> MovingWindow {
    MovingWindow(
      Swift.min(rowCount, Swift.max(count, 1)), minimumCount: Swift.min(minimumCount, count + 1))
  }

  /// Whether there is a row in it, and as many as it asks for.
  var isSound: Bool { rowCount > 0 && minimumCount > 0 && minimumCount <= rowCount }
}

/// What is asked of the values in a moving window.
public enum MovingKernel: String, Hashable, Sendable, CaseIterable {
  /// Amounts of the window's values.
  case sum, mean, variance, standardDeviation
  /// The outermost values, and how many rows back they are.
  case minimum, maximum, argmin, argmax
  /// The value in the middle; the place of the last value among those of the window.
  case median, rank

  /// The name that reports carry.
  package var name: String {
    switch self {
    case .sum: "moving_sum"
    case .mean: "moving_mean"
    case .variance: "moving_var"
    case .standardDeviation: "moving_std"
    case .minimum: "moving_min"
    case .maximum: "moving_max"
    case .argmin: "moving_argmin"
    case .argmax: "moving_argmax"
    case .median: "moving_median"
    case .rank: "moving_rank"
    }
  }

  /// Whether the answer depends on order only, so that any type has one.
  var isOfOrder: Bool {
    switch self {
    case .minimum, .maximum, .argmin, .argmax: true
    default: false
    }
  }

  package func applies(to type: LogicalType) -> Bool { isOfOrder || type.isNumeric }
}

/// Every moving kernel, and the only place that knows them all.
package enum MovingKernels {
  package static let all = MovingKernel.allCases
}

extension Column {
  /// The answers of a moving window, one for each row: of it and the rows before it.
  ///
  /// Nulls are left out, and NaN unless it is to propagate. Sums of integers and decimals are exact.
  /// Sums of floats begin anew in the same places whatever the number of threads, so that errors
  /// neither grow with the column nor depend on the machine.
  ///
  /// `minimum` and `maximum` have the type of the column; `argmin` and `argmax` tell how many rows
  /// back the value is, the last of equal ones; `rank` is that of the last value among those of the
  /// window, from 1, the mean of equal ones. Variances divide by n less `ddof`.
  ///
  /// - Throws: `ReductionError` for values that have no such answer, and for windows without a row.
  public func moving(
    _ kernel: MovingKernel, _ window: MovingWindow, ddof: Int = 1, nan: NaNPolicy = .skip
  ) throws(ReductionError) -> Column {
    let rows = ColumnRows(self)
    guard kernel.applies(to: type) else {
      throw ReductionError(.unsupportedType, rows, reduction: kernel.name)
    }
    guard window.isSound else {
      throw ReductionError(
        .argumentOutOfRange, rows, reduction: kernel.name,
        allowed: "windows of 1 row or more, and a minimum count from 1 to the window")
    }
    let window = window.fitted(to: count)
    let answer: Column
    if kernel.isOfOrder {
      answer = movingExtreme(rows, kernel, window)
    } else if kernel == .sum, type.domain == .integer {
      answer = try movingSum(rows, window)
    } else {
      answer = MovingNumbers(rows).answers(kernel, window, ddof: ddof, name: name)
    }
    if nan == .propagate, rows.hasNaN { return withNaN(answer, rows, window) }
    return answer
  }

  /// How a moving kernel reads this column.
  package func movingPath(_ kernel: MovingKernel) -> ReductionPath {
    let rows = ColumnRows(self)
    if kernel.isOfOrder { return OrderKeys(rows).path }
    if case .plain(.float64) = rows.view, rows.nullCount == 0 { return .direct }
    return .decoded
  }

  /// The row of each window's least or greatest value: a queue holds the rows that may still be it.
  private func movingExtreme(
    _ rows: ColumnRows, _ kernel: MovingKernel, _ window: MovingWindow
  ) -> Column {
    let keys = OrderKeys(rows)
    let isGreatest = kernel == .maximum || kernel == .argmax
    let isFloat = type.domain == .float
    var found = [UInt32](repeating: noRow, count: count)
    let parts = ColumnRows.parts(count)
    found.withUnsafeMutableBufferPointer { found in
      guard let base = found.baseAddress else { return }
      let target = Shared(base)
      _ = parallelMap(parts.count) { index in
        let part = parts[index]
        // The window of the part's first row begins before it, in whole words of the bitmap.
        let start = max(0, part.lowerBound - window.rowCount + 1) & ~63
        var queue = ExtremeQueue(capacity: window.rowCount)
        var present = [Bool](repeating: false, count: part.upperBound - start)
        var presentCount = 0
        keys.forEachRow(start..<part.upperBound) { row, key in
          let leaving = row - window.rowCount
          if leaving >= start, present[leaving - start] { presentCount -= 1 }
          queue.drop(upTo: leaving)
          if let key, !(isFloat && key == OrderKeys.nanKey) {
            present[row - start] = true
            presentCount += 1
            queue.add(isGreatest ? ~key : key, row)
          }
          if row >= part.lowerBound, presentCount >= window.minimumCount {
            target.pointer[row] = UInt32(queue.firstRow)
          }
        }
      }
    }
    if kernel == .minimum || kernel == .maximum { return taking(rowNumbers: found) }
    return Column(
      name,
      integers: found.enumerated().map { row, place in
        place == noRow ? nil : Int64(row) - Int64(place)
      })
  }

  private func movingSum(
    _ rows: ColumnRows, _ window: MovingWindow
  ) throws(ReductionError) -> Column {
    let blocks = IntegerBlocks(rows)
    var sums = [Int64?](repeating: nil, count: count)
    let parts = ColumnRows.parts(count)
    let isWhole = sums.withUnsafeMutableBufferPointer { sums in
      guard let base = sums.baseAddress else { return true }
      let target = Shared(base)
      return parallelMap(parts.count) { index in
        let part = parts[index]
        let start = max(0, part.lowerBound - window.rowCount + 1) & ~63
        let values = (start..<part.upperBound).map { _ in Int128(0) }
        var words = values
        var present = [Bool](repeating: false, count: values.count)
        rows.forEachBlock(of: Int64.self, in: start..<part.upperBound) { range, scratch in
          let read = blocks.read(range, scratch)
          for row in range where rows.hasValue(row) {
            words[row - start] = Int128(read[row - range.lowerBound]) + blocks.offset
            present[row - start] = true
          }
        }
        var (sum, presentCount, isWhole) = (Int128(0), 0, true)
        for row in start..<part.upperBound {
          let leaving = row - window.rowCount
          sum += words[row - start]
          presentCount += present[row - start] ? 1 : 0
          if leaving >= start {
            sum -= words[leaving - start]
            presentCount -= present[leaving - start] ? 1 : 0
          }
          guard row >= part.lowerBound, presentCount >= window.minimumCount else { continue }
          target.pointer[row] = Int64(exactly: sum)
          if target.pointer[row] == nil { isWhole = false }
        }
        return isWhole
      }.allSatisfy { $0 }
    }
    guard isWhole else { throw ReductionError(.overflow, rows, reduction: "moving_sum") }
    return Column(name, units: sums, of: type.sumType)
  }

  /// The answers with NaN for windows that hold one.
  private func withNaN(_ answers: Column, _ rows: ColumnRows, _ window: MovingWindow) -> Column {
    let found = ColumnRows(answers)
    var numbers: [Double?] = []
    var last = -window.rowCount
    for row in 0..<count {
      if case .float(let number)? = rows.storedValue(at: row), number.isNaN { last = row }
      let hasNaN = row - last < window.rowCount
      switch found.storedValue(at: row) {
      case .float(let number)?: numbers.append(hasNaN ? .nan : number)
      case .integer(let number)?: numbers.append(hasNaN ? .nan : Double(number))
      default: numbers.append(hasNaN ? .nan : nil)
      }
    }
    return Column(name, floats: numbers)
  }
}

/// Rows whose keys rise, in a ring: any other was followed by one as small.
private struct ExtremeQueue {
  private var keys: [Int64]
  private var rows: [Int]
  private var first = 0
  private var count = 0
  private let mask: Int

  init(capacity: Int) {
    var size = 1
    while size < capacity + 1 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    rows = Array(repeating: 0, count: size)
    mask = size - 1
  }

  var firstRow: Int { rows[first & mask] }

  mutating func drop(upTo row: Int) {
    while count > 0, rows[first & mask] <= row {
      first &+= 1
      count &-= 1
    }
  }

  mutating func add(_ key: Int64, _ row: Int) {
    while count > 0, keys[(first &+ count &- 1) & mask] >= key { count &-= 1 }
    keys[(first &+ count) & mask] = key
    rows[(first &+ count) & mask] = row
    count &+= 1
  }
}
