import Columnar

@testable import Kernels

/// What a reduction would say of plain values, worked out a row at a time.
func reference(
  _ reduction: any Reduction, _ sample: ColumnSample, constant: StoredValue?
) -> ReductionAnswer {
  let present = sample.present
  switch reduction {
  case let sum as Sum:
    if sample.type.domain == .float {
      return .value(.float(referenceSum(sample.floats(sum.nan))))
    }
    return .value(.integer(present.reduce(0) { $0 + $1.integer }))
  case is Count: return .count(present.count)
  case let mean as Mean: return .numbers([sample.mean(mean.nan)])
  case let variance as Variance:
    guard let (squares, unit, count) = sample.squares(variance.nan), count > 0 else {
      return .numbers([nil, nil])
    }
    return .numbers([
      count == 1 ? nil : squares / (unit * Double(count - 1)), squares / (unit * Double(count)),
    ])
  case let quantiles as Quantiles: return .numbers(sample.quantiles(quantiles))
  case is DistinctCount: return .count(Set(present.map(\.canonical)).count)
  case is AnyAll:
    return .numbers([
      present.contains { $0 == 1 } ? 1 : 0, present.allSatisfy { $0 == 1 } ? 1 : 0,
    ])
  case let places as ArgMinMax:
    guard
      case .minMax(let ends?) = reference(MinMax(nan: places.nan), sample, constant: nil),
      let minimum = sample.values.firstIndex(where: { $0?.canonical == ends.minimum.canonical }),
      let maximum = sample.values.firstIndex(where: { $0?.canonical == ends.maximum.canonical })
    else { return .places(nil) }
    return .places((minimum, maximum))
  case let ends as MinMax:
    if sample.type.domain == .float {
      if ends.nan == .propagate, present.contains(where: { $0.float.isNaN }) {
        return .minMax((.float(.nan), .float(.nan)))
      }
      let numbers = present.map(\.float).filter { !$0.isNaN }.map { $0 == 0 ? 0 : $0 }
      guard let minimum = numbers.min(), let maximum = numbers.max() else { return .minMax(nil) }
      return .minMax((.float(minimum), .float(maximum)))
    }
    let integers = present.map(\.integer)
    guard let minimum = integers.min(), let maximum = integers.max() else { return .minMax(nil) }
    return .minMax((.integer(minimum), .integer(maximum)))
  case let count as ComparisonCount:
    return .count(
      present.count { value in
        switch (value, constant) {
        case (.integer(let a), .integer(let b)?): compare(a, b, count.comparison)
        case (.float(let a), .float(let b)?): compare(a, b, count.comparison)
        case (.text(let a), .text(let b)?): a == b
        default: false
        }
      })
  case is GroupCount:
    var counts: [[UInt8]: UInt64] = [:]
    for value in present { counts[value.text, default: 0] += 1 }
    let table = TextTable()
    for (code, text) in counts.keys.enumerated() {
      (text + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer {
        let start = $0.baseAddress!
        let given = table.code(
          of: start, count: text.count, hash: table.hash(of: start, count: text.count))
        precondition(Int(given) == code)
      }
    }
    return .groups(GroupCounts(counts: Array(counts.values), of: .table(table, nil)))
  default: fatalError("\(reduction.name) has no reference: add one beside its file")
  }
}

private func compare<T: Comparable>(_ a: T, _ b: T, _ comparison: Comparison) -> Bool {
  switch comparison {
  case .equal: a == b
  case .less: a < b
  case .greater: a > b
  }
}

extension StoredValue {
  /// NaN of any bits as one text, and zeros without a sign.
  var canonical: StoredValue {
    guard case .float(let number) = self else { return self }
    return number.isNaN ? "NaN" : .float(number + 0)
  }
}

extension ColumnSample {
  /// The floats of all rows, those that the policy leaves out as nulls.
  fileprivate func floats(_ nan: NaNPolicy) -> [Double?] {
    values.map { value in
      guard let number = value?.float, nan == .propagate || !number.isNaN else { return nil }
      return number
    }
  }

  private var unit: Double { (0..<(type.scale ?? 0)).reduce(1) { unit, _ in unit * 10 } }

  fileprivate func mean(_ nan: NaNPolicy) -> Double? {
    if type.domain == .float {
      let rows = floats(nan)
      let count = rows.count { $0 != nil }
      return count == 0 ? nil : referenceSum(rows) / Double(count)
    }
    if present.isEmpty { return nil }
    return Double(present.reduce(0) { $0 + $1.integer }) / (Double(present.count) * unit)
  }

  /// The sum of the squared distances from the mean, times a unit, and of how many values.
  fileprivate func squares(_ nan: NaNPolicy) -> (sum: Double, unit: Double, count: Int)? {
    guard let mean = mean(nan) else { return nil }
    if type.domain == .float {
      let rows = floats(nan)
      let squares = rows.map { $0.map { ($0 - mean) * ($0 - mean) } }
      return (referenceSum(squares), 1, rows.count { $0 != nil })
    }
    let integers = present.map(\.integer)
    if integers.max()! - integers.min()! >= 1 << 32 {
      let squares = values.map { value -> Double? in
        value.map { Double($0.integer) / unit - mean }.map { $0 * $0 }
      }
      return (referenceSum(squares), 1, integers.count)
    }
    let pivot = integers[0]
    let sum = integers.reduce(0) { $0 + ($1 - pivot) }
    let squares = integers.reduce(0) { $0 + ($1 - pivot) * ($1 - pivot) }
    let count = Int128(integers.count)
    return (
      Double(count * squares - sum * sum), Double(count) * (unit * unit), integers.count
    )
  }

  fileprivate func quantiles(_ quantiles: Quantiles) -> [Double?] {
    var numbers = present.map { value -> Double in
      if case .integer(let integer) = value { Double(integer) } else { value.float + 0 }
    }
    if numbers.contains(where: \.isNaN), quantiles.nan == .propagate {
      return quantiles.fractions.map { _ in .nan }
    }
    numbers = numbers.filter { !$0.isNaN }.sorted()
    return quantiles.fractions.map { fraction in
      if numbers.isEmpty { return nil }
      let place = fraction * Double(numbers.count - 1)
      let low = numbers[Int(place)]
      let high = numbers[min(Int(place) + 1, numbers.count - 1)]
      if place == place.rounded(.down) || low == high { return low / unit }
      return (low + (high - low) * (place - place.rounded(.down))) / unit
    }
  }
}
