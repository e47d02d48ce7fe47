package import Columnar

/// A computation that makes one answer of a column, on the values as they are stored.
///
/// To add a reduction: write its file, add one line to `Reductions.all`. The law test finds it there
/// and holds its answer equal on every encoding.
package protocol Reduction: Sendable {
  /// The name that reports carry.
  var name: String { get }

  /// Whether values of that type can be reduced so.
  func applies(to type: LogicalType) -> Bool

  /// Whether the answer depends on a constant.
  var takesConstant: Bool { get }

  /// Whether a lean column is measured with it: not where nobody would ask.
  func isMeasured(on rows: ColumnRows) -> Bool

  /// The answer, null rows left out. `constant` is one of the column's kind.
  ///
  /// Called only on rows of a type to which it applies, at least one of them not null.
  func reduce(_ rows: ColumnRows, constant: StoredValue?) throws(ReductionError) -> Reduced

  /// The answer for a column without any value.
  func emptyAnswer(for type: LogicalType) -> ReductionAnswer
}

extension Reduction {
  package var takesConstant: Bool { false }
  package func isMeasured(on rows: ColumnRows) -> Bool { false }

  /// The reduction of `rows`, whatever they are.
  package func callAsFunction(
    _ rows: ColumnRows, constant: StoredValue? = nil
  ) throws(ReductionError) -> Reduced {
    guard applies(to: rows.type) else {
      throw ReductionError(.unsupportedType, rows, reduction: name)
    }
    if rows.valueCount == 0 { return Reduced(emptyAnswer(for: rows.type), .direct) }
    return try reduce(rows, constant: constant)
  }
}

/// Every reduction, and the only place that knows them all.
package enum Reductions {
  package static let all: [any Reduction] = [
    Count(),
    Sum(),
    Sum(nan: .skip),
    Mean(),
    Mean(nan: .skip),
    MinMax(),
    MinMax(nan: .propagate),
    ArgMinMax(),
    ArgMinMax(nan: .propagate),
    Variance(),
    Variance(nan: .skip),
    Quantiles(),
    Quantiles(nan: .skip),
    DistinctCount(),
    AnyAll(),
    ComparisonCount(.less),
    ComparisonCount(.greater),
    ComparisonCount(.equal),
    GroupCount(),
  ]
}

/// An answer, and how it was come by.
package struct Reduced {
  package let answer: ReductionAnswer
  package let path: ReductionPath

  init(_ answer: ReductionAnswer, _ path: ReductionPath) {
    self.answer = answer
    self.path = path
  }
}

package enum ReductionAnswer {
  case value(StoredValue)
  case count(Int)
  /// The least and the greatest value; `nil` where there is none but NaN.
  case minMax((minimum: StoredValue, maximum: StoredValue)?)
  case groups(GroupCounts)
  /// One number for each that was asked for; `nil` where there is none.
  case numbers([Double?])
  /// The first rows with the least and the greatest value.
  case places((minimum: Int, maximum: Int)?)

  /// Whether both say the same: floats bit for bit, except that any NaN is as good as another.
  package func agrees(with other: ReductionAnswer) -> Bool {
    switch (self, other) {
    case (.value(let a), .value(let b)): a.isSame(as: b)
    case (.count(let a), .count(let b)): a == b
    case (.minMax(nil), .minMax(nil)): true
    case (.minMax(let a?), .minMax(let b?)):
      a.minimum.isSame(as: b.minimum) && a.maximum.isSame(as: b.maximum)
    case (.groups(let a), .groups(let b)): a == b
    case (.numbers(let a), .numbers(let b)):
      a.map { $0.map(StoredValue.float) }.elementsEqual(b.map { $0.map(StoredValue.float) }) {
        switch ($0, $1) {
        case (let a?, let b?): a.isSame(as: b)
        default: $0 == nil && $1 == nil
        }
      }
    case (.places(nil), .places(nil)): true
    case (.places(let a?), .places(let b?)): a == b
    default: false
    }
  }
}
