package import Columnar

/// Arithmetic on integers of at most 32 bits that an engine does in the very type that it was handed,
/// and whose result that type does not hold: the engine keeps the low bits and says nothing.
///
/// | | pandas, numpy's types | pandas, Arrow's types | polars |
/// |---|---|---|---|
/// | `* 60`, `** 2` | wrap | 64 bits | wrap |
/// | `+` of two columns | wraps | an error | wraps |
/// | `sum`, `cum_sum` | 64 bits | 64 bits, an error | of 32 bits wrap, else 64 bits |
///
/// The other engines end with an error. Whether `* 60` and `** 2` fit is known from the extremes;
/// whether `+` and `sum` can fail to, from the extremes added up.
package struct WrappingArithmetic: Sendable {
  package enum Engine: String, Hashable, Sendable, CaseIterable {
    case pandas
    case polars
  }

  package enum Operation: Int, Hashable, Sendable, CaseIterable {
    case timesSixty
    case squared
    /// Added to another column of the same type.
    case added
    /// All rows added up, at once or row by row.
    case summed

    /// Whether it does not fit for sure: else it depends on which values meet.
    package var isCertain: Bool { self == .timesSixty || self == .squared }
  }

  /// Columns of one type with which the same operations do not fit.
  package struct Finding: Hashable, Sendable {
    package var engines: [Engine]
    package var operations: [Operation]
    package var type: ArrowType
    package var columns: [String]
  }

  package private(set) var findings: [Finding] = []
  /// Bits of the narrowest integers with a sign that hold all these results; `nil` where none do.
  package private(set) var signedBits: Int? = 8
  /// Bits of the narrowest integers, without a sign where the column has none, that hold them.
  package private(set) var roomyBits = 8

  package init(_ columns: [NarrowIntegers], in engines: [Engine]) {
    var places: [Finding: Int] = [:]
    let extremes = Dictionary(grouping: columns, by: \.type).mapValues(Extremes.init)
    for column in columns {
      let results = column.results(beside: extremes[column.type]!)
      var found: [[Engine]: [Operation]] = [:]
      for operation in Operation.allCases {
        guard let result = results[operation], !column.limits.contains(result) else { continue }
        let wrapping = engines.filter { column.wraps(operation, in: $0) }
        if wrapping.isEmpty { continue }
        found[wrapping, default: []].append(operation)
        take(result, isSigned: column.isSigned)
      }
      for (engines, operations) in found.sorted(by: { $0.key.count > $1.key.count }) {
        let finding = Finding(
          engines: engines, operations: operations, type: column.type, columns: [])
        let place = places[finding] ?? findings.count
        if place == findings.count {
          places[finding] = place
          findings.append(finding)
        }
        findings[place].columns.append(column.name)
      }
    }
  }

  private mutating func take(_ result: ClosedRange<Int128>, isSigned: Bool) {
    func bits(isSigned: Bool) -> Int? {
      IntegerRoom.widths.first { Int128.range(bits: $0, isSigned: isSigned).contains(result) }
    }
    signedBits = signedBits.flatMap { known in bits(isSigned: true).map { max(known, $0) } }
    roomyBits = max(roomyBits, bits(isSigned: isSigned) ?? 64)
  }
}

/// A column of integers of at most 32 bits, as engines get it.
package struct NarrowIntegers: Sendable {
  let name: String
  let type: ArrowType
  let isSigned: Bool
  let limits: ClosedRange<Int128>
  let range: ClosedRange<Int128>
  let valueCount: Int
  /// Whether pandas has it in a type of numpy's: not where values may be missing, nor as a category.
  let isNumpys: Bool

  /// `nil` where the column is none.
  ///
  /// - Parameter isNullable: Whether pandas is told that values may be missing.
  package init?(_ profile: ColumnProfile, _ typing: ArrowTyping, isNullable: Bool) {
    guard profile.takesRoom, case .integer(let bits, let isSigned) = typing.type, bits < 64,
      let integers = profile.integers
    else { return nil }
    name = profile.name
    type = typing.type
    self.isSigned = isSigned
    limits = Int128.range(bits: bits, isSigned: isSigned)
    range = integers.minimum...integers.maximum
    valueCount = profile.valueCount
    isNumpys = !isNullable && typing.dictionary == nil
  }

  fileprivate func wraps(
    _ operation: WrappingArithmetic.Operation, in engine: WrappingArithmetic.Engine
  ) -> Bool {
    switch engine {
    case .pandas: isNumpys && operation != .summed
    // It adds up what has fewer bits in 64.
    case .polars: operation != .summed || type.byteWidth == 4
    }
  }

  /// What the operations give at the least and at the most; nothing where there is nothing to add.
  fileprivate func results(
    beside others: Extremes
  ) -> [WrappingArithmetic.Operation: ClosedRange<Int128>] {
    let (low, high) = (range.lowerBound, range.upperBound)
    let count = Int128(valueCount)
    return [
      .timesSixty: low * 60...high * 60,
      .squared: 0...max(low * low, high * high),
      .added: others.beside(range).map { low + $0.lowerBound...high + $0.upperBound },
      .summed: valueCount < 2 ? nil : min(low, low * count)...max(high, high * count),
    ].compactMapValues { $0 }
  }
}

/// The extremes of the columns of one type, so that each can be held against the others.
private struct Extremes {
  /// The two lowest and the two highest.
  private var lows: [Int128]
  private var highs: [Int128]

  init(_ columns: [NarrowIntegers]) {
    lows = Array(columns.map(\.range.lowerBound).sorted().prefix(2))
    highs = Array(columns.map(\.range.upperBound).sorted(by: >).prefix(2))
  }

  /// The range of all but one column, which has `range`; `nil` where there is no other.
  func beside(_ range: ClosedRange<Int128>) -> ClosedRange<Int128>? {
    guard lows.count == 2 else { return nil }
    let low = range.lowerBound == lows[0] ? lows[1] : lows[0]
    let high = range.upperBound == highs[0] ? highs[1] : highs[0]
    return low...high
  }
}
