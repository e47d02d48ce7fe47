import Columnar

@testable import Kernels

/// What a reduction would say of plain values, worked out a row at a time.
func reference(
  _ reduction: any Reduction, _ sample: ColumnSample, constant: Scalar?
) -> ReductionAnswer {
  let present = sample.present
  switch reduction {
  case is Sum:
    if sample.type.domain == .float {
      return .value(.float(referenceSum(sample.values.map { $0?.float })))
    }
    return .value(.integer(present.reduce(0) { $0 + $1.integer }))
  case is MinMax:
    if sample.type.domain == .float {
      let numbers = present.map(\.float).filter { !$0.isNaN }.map { $0 == 0 ? 0 : $0 }
      guard let minimum = numbers.min(), let maximum = numbers.max() else { return .ends(nil) }
      return .ends((.float(minimum), .float(maximum)))
    }
    let integers = present.map(\.integer)
    guard let minimum = integers.min(), let maximum = integers.max() else { return .ends(nil) }
    return .ends((.integer(minimum), .integer(maximum)))
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
        let given = table.code(of: start, count: text.count, hash: hashBytes(start, text.count))
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
