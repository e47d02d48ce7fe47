import Columnar
import FileIO

/// The way of one column into Arrow: what decides about its type, and what its values become in it.
struct ArrowMapping {
  let name: String
  let type: LogicalType
  let path: String
  /// The smallest and the largest integer, where they are known; else rows are looked at.
  var range: ClosedRange<Int128>?
  /// Whether floats in 32 bits stay so, whatever file they came from.
  var keepsFloat32 = false
  /// What a file said of the column that has types.
  var declared: DeclaredType?
  /// The fewest bits that integers are to have; `nil` for as few as hold them.
  var minimumBits: Int?
  /// Whether integers that are worked out have no sign where none is below 0.
  var isUnsigned = false
  /// The shape of integers that follow from other columns, by themselves; `nil` for that of the view.
  var ownShape: ViewShape?
  /// What the column was that the rows were taken from.
  var taken: TakenIntegers?

  /// What decides about the type of `view`.
  ///
  /// - Parameter byteCount: How many different bytes occur, where values are a byte of text each.
  func facts(
    _ view: ColumnView, rowCount: Int, nullCount: Int, byteCount: Int?
  ) -> ArrowTypingFacts {
    var entryCount = byteCount ?? 0
    var hasOddFloats = false
    if case .indexed(_, let entries, let count) = view {
      entryCount = count
      if let values = FloatRows(entries) {
        hasOddFloats = (0..<count).contains {
          let value = values.value(at: $0)
          return value.isNaN || (value == 0 && value.sign == .minus)
        }
      }
    }
    return ArrowTypingFacts(
      type: type, shape: shape(of: view), rowCount: rowCount, nullCount: nullCount,
      dictionaryCount: entryCount, hasOddFloats: hasOddFloats,
      integers: taken?.range ?? range ?? integers(view, rowCount: rowCount),
      minimumBits: taken.map { max($0.word.bits, minimumBits ?? 8) } ?? minimumBits,
      isUnsigned: taken.map { !$0.word.isSigned } ?? isUnsigned, keepsFloat32: keepsFloat32,
      declared: declared)
  }

  /// The shape that decides; the words in which integers lie that were taken say nothing of their type.
  private func shape(of view: ColumnView) -> ViewShape {
    guard type == .integer else { return view.shape }
    if taken == nil { return ownShape ?? view.shape }
    switch view.shape {
    case .integers: return .computed
    case .indexed: return .indexed(.computed)
    case let other: return other
    }
  }

  /// The smallest and the largest integer of `view`. Rows of integers that are stored as they lie
  /// are not looked at.
  private func integers(_ view: ColumnView, rowCount: Int) -> ClosedRange<Int128> {
    if type.domain != .integer { return 0...0 }
    if type == .integer, case .plain = view { return 0...0 }
    return IntegerRows(view)?.range(count: rowCount) ?? 0...0
  }

  /// What the values of `view` become in an array of type `arrow`.
  func form(
    _ view: ColumnView, _ arrow: ArrowType, _ range: ClosedRange<Int128>
  ) throws(OutputError) -> ArrowForm {
    switch arrow {
    case .null: return .none
    case .utf8: return .stored
    case .boolean:
      if case .plain(.bits) = view { return .stored }
      return .booleans
    case .float(let bits):
      // Zeros, of which no row is read.
      if case .constant(nil) = view { return .integers(bits: bits) }
      if let scale = type.scale { return .quotients(divisor: powerOfTen(scale)) }
      switch (view, bits) {
      case (.plain(.float32), 32), (.plain(.float64), 64): return .stored
      default: return .floats(bits: bits)
      }
    case .decimal: return .decimals
    case .integer, .date, .time, .timestamp, .duration:
      let (bits, isSigned) = (arrow.byteWidth! * 8, arrow.isSigned)
      let factor = factor(to: arrow)
      if factor > 1 {
        let limits = Int128.range(bits: 64, isSigned: true)
        let ends = [range.lowerBound, range.upperBound].map { $0 * Int128(factor) }
        guard ends.allSatisfy(limits.contains) else {
          throw OutputError(
            .notRepresentable, path: path, column: name,
            "\(type.name == "duration" ? "a span of time" : "an instant") is beyond"
              + " the 64 bits of Arrow's \(arrow)", remedy: "write it as text")
        }
        return .multiples(factor: factor)
      }
      if case .plain(let values) = view, let memory = values.integerMemory,
        memory.width * 8 == bits, memory.isSigned == isSigned
      {
        return .stored
      }
      let half = Int128(1) << (bits - 1)
      guard !isSigned || (-half...half - 1).contains(range) else {
        throw OutputError(
          .notRepresentable, path: path, column: name,
          "a value is beyond the \(bits) bits of Arrow's \(arrow)", remedy: "write it as text")
      }
      return .integers(bits: bits)
    }
  }

  /// What stored instants are multiplied by.
  func factor(to arrow: ArrowType) -> Int64 {
    switch (type, arrow) {
    case (.timestamp(let unit, _), .timestamp(let finer, _)),
      (.duration(let unit), .duration(let finer)):
      return unit.factor(to: finer)
    default: return 1
    }
  }

  var mismatch: OutputError {
    OutputError(
      .notRepresentable, path: path, column: name, "its layout holds no values of type \(type)")
  }
}

extension ArrowType {
  fileprivate var isSigned: Bool {
    if case .integer(_, let isSigned) = self { isSigned } else { true }
  }
}

/// 10^exponent, exact up to 22.
package func powerOfTen(_ exponent: Int) -> Double {
  (0..<exponent).reduce(1.0) { power, _ in power * 10 }
}
