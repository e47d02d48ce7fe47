import Columnar
import Testing

@testable import Kernels

/// Moving windows, fills and partitions against a look at every window.
struct MovingLawTests {
  @Test(arguments: SampleKind.all, [1, 3])
  func `Every window is as if it were looked at alone`(kind: SampleKind, threads: Int) throws {
    for (size, width, minimum) in [(0, 3, 1), (1, 1, 1), (90, 5, 5), (90, 7, 2), (1300, 40, 1)] {
      let seed = UInt64(size + width)
      let sample = kind.sample(count: size, nullPercent: 20, seed: seed)
      let columns = try sample.columns()
      let greatest = greatest(sample)
      let kernels = size > 1000 ? [MovingKernel.mean, .maximum, .median] : MovingKernels.all
      let nans: [NaNPolicy] = size > 1000 ? [.skip] : NaNPolicy.allCases
      for kernel in kernels where kernel.applies(to: sample.type) {
        for nan in nans {
          let expected = windows(kernel, sample, width, minimum, nan)
          for column in columns {
            let note: Comment = "\(kernel), window \(width), \(nan), \(column.layout); \(sample)"
            let window = MovingWindow(width, minimumCount: minimum)
            let result = withParts(threads) {
              Result { () throws(ReductionError) in try column.moving(kernel, window, nan: nan) }
            }
            guard let expected else {
              #expect((try? result.get()) == nil, note)
              continue
            }
            let found = try result.get().scalars
            #expect(found.count == expected.count, note)
            for (row, (a, b)) in zip(found, expected).enumerated() where a != b {
              guard case (.float(let x)?, .float(let y)?) = (a, b), isNear(x, y, greatest) else {
                Issue.record("row \(row): \(a as Any), not \(b as Any); \(note)")
                break
              }
            }
          }
        }
      }
    }
  }

  /// The magnitude of the greatest number; of text, which has no answers in numbers, 0.
  private func greatest(_ sample: ColumnSample) -> Double {
    sample.present.map { value -> Double in
      switch value {
      case .integer(let integer): Double(integer.magnitude)
      case .float(let float): float.isFinite ? float.magnitude : 0
      default: 0
      }
    }.max() ?? 0
  }

  /// Rounding grows with the greatest value that was ever in a window, not with the answer.
  private func isNear(_ a: Double, _ b: Double, _ greatest: Double) -> Bool {
    abs(a - b) <= max(greatest, greatest * greatest) * 1e-9
      || abs(a * a - b * b) <= greatest * greatest * 1e-9
  }

  private func windows(
    _ kernel: MovingKernel, _ sample: ColumnSample, _ width: Int, _ minimum: Int, _ nan: NaNPolicy
  ) -> [StoredValue?]? {
    let unit = (0..<(sample.type.scale ?? 0)).reduce(1.0) { unit, _ in unit * 10 }
    func number(_ value: StoredValue) -> Double {
      if case .integer(let integer) = value { Double(integer) / unit } else { value.float }
    }
    var answers: [StoredValue?] = []
    for row in sample.values.indices {
      let rows = max(0, row - width + 1)...row
      let hasNaN = rows.contains { sample.values[$0]?.canonical == "NaN" }
      if hasNaN && nan == .propagate {
        answers.append("NaN")
        continue
      }
      let present = rows.filter {
        sample.values[$0] != nil && sample.values[$0]?.canonical != "NaN"
      }
      if present.count < minimum {
        answers.append(nil)
        continue
      }
      let values = present.map { sample.values[$0]! }
      func extreme(_ isGreatest: Bool) -> Int {
        present.dropFirst().reduce(present[0]) { best, row in
          let (a, b) = (sample.values[row]!, sample.values[best]!)
          return (isGreatest ? precedes(b, a, true) : precedes(a, b, true)) ? row : best
        }
      }
      var answer: StoredValue?
      switch kernel {
      case .sum:
        if sample.type.domain == .integer {
          let sum = values.reduce(Int128(0)) { $0 + $1.integer }
          if Int64(exactly: sum) == nil { return nil }
          answer = .integer(sum)
        } else {
          answer = .float(values.reduce(0) { $0 + number($1) })
        }
      case .mean: answer = .float(values.reduce(0) { $0 + number($1) } / Double(values.count))
      case .variance, .standardDeviation:
        if values.count > 1 {
          let mean = values.reduce(0) { $0 + number($1) } / Double(values.count)
          let squares = values.reduce(0) { $0 + (number($1) - mean) * (number($1) - mean) }
          let variance = squares / Double(values.count - 1)
          answer = .float(kernel == .variance ? variance : variance.squareRoot())
        }
      case .minimum: answer = sample.values[extreme(false)]
      case .maximum: answer = sample.values[extreme(true)]
      case .argmin: answer = .integer(Int128(row - extreme(false)))
      case .argmax: answer = .integer(Int128(row - extreme(true)))
      case .median:
        let sorted = values.map(number).sorted()
        let middle = sorted.count / 2
        answer = .float(
          sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2)
      case .rank:
        if let last = sample.values[row], last.canonical != "NaN" {
          let numbers = values.map(number)
          let less = numbers.count { $0 < number(last) }
          answer = .float(Double(less + 1 + less + numbers.count { $0 == number(last) }) / 2)
        }
      }
      if nan == .propagate, case .integer(let integer)? = answer,
        sample.present.contains(where: { $0.canonical == "NaN" })
      {
        answer = .float(Double(integer))
      }
      answers.append(answer)
    }
    return answers.same
  }

  @Test(arguments: SampleKind.floats)
  func `NaN is replaced where it stands and nothing else`(kind: SampleKind) throws {
    let sample = kind.sample(count: 300, nullPercent: 20, seed: 8)
    for column in try sample.columns() {
      for value in [0.5, nil] as [Double?] {
        let expected = sample.values.map { old -> StoredValue? in
          if case .float(let number)? = old, number.isNaN { return value.map { .float($0) } }
          return old
        }
        let replaced = try column.replacingNaN(with: value)
        #expect(replaced.scalars == expected.same, "\(column.layout), \(sample)")
      }
    }
    let texts = Column("t", strings: ["a"])
    #expect(throws: ReductionError.self) { try texts.replacingNaN(with: 1) }
  }

  @Test(arguments: SampleKind.all)
  func `Values are filled, replaced and partitioned`(kind: SampleKind) throws {
    let sample = kind.sample(count: 200, nullPercent: 40, seed: 5)
    let values = sample.values
    for column in try sample.columns() {
      let note: Comment = "\(column.layout), \(sample)"
      for limit in [Int.min, -1, 0, 1, Int.max] {
        for nan in [NaNPolicy.skip, .propagate] {
          let filled = values.indices.map { row -> StoredValue? in
            let source = (0...row).last {
              values[$0] != nil && (nan == .propagate || values[$0]?.canonical != "NaN")
            }
            guard let source, row - source <= max(0, limit) else { return values[row] }
            return values[source]
          }
          #expect(column.forwardFilled(limit: limit, nan: nan).scalars == filled.same, note)
        }
      }
      let value = sample.present[0]
      let scalar = Scalar(value, of: sample.type)
      if Int64(exactly: value.wholePart) != nil,
        !sample.present.contains(where: { Int64(exactly: $0.wholePart) == nil })
      {
        #expect(
          try column.replacing(.isNull, with: scalar).scalars == values.map { $0 ?? value }.same,
          note)
        #expect(
          try column.replacing(.equal(to: scalar), with: nil).scalars
            == values.map { reference(.equal(to: scalar), $0, sample.type) ? nil : $0 }.same, note)
      }
      if sample.type.domain != .bytes {
        let full = column.forwardFilled().taking(rowNumbers: [199])
        #expect(throws: ReductionError.self, note) { try full.replacing(.isNull, with: "none") }
      }
      let order = column.argpartition(30)
      #expect(order.sorted() == Array(0..<200), note)
      let keys = order.prefix(sample.present.count).map { values[$0]! }
      let bound = keys.prefix(30).reduce(keys[0]) { precedes($0, $1, true) ? $1 : $0 }
      #expect(keys.dropFirst(30).allSatisfy { precedes(bound, $0, true) }, note)
    }
  }
}

extension StoredValue {
  /// The integer, 0 for what is none.
  fileprivate var wholePart: Int128 { if case .integer(let value) = self { value } else { 0 } }
}
