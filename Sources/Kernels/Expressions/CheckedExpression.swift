import Columnar

// An expression with its columns found and its types settled. Whole and decimal numbers are exact
// and carry their bounds, from which the lane is chosen that holds every result: nothing wraps.

/// A part of an expression, by what its values are.
enum Checked: Sendable {
  case exact(Exact)
  /// Days, or units of a clock, whose digits of a fraction are the scale: by type, whose unit is that of the scale.
  case temporal(Exact, LogicalType)
  case float(FloatNode)
  case truth(TruthNode)
  case text(TextNode)
  case textConstant([UInt8])
  /// No value in any row, of no type: it goes with all.
  case null

  var kind: String {
    switch self {
    case .exact(let value): value.scale == 0 ? "integer" : "decimal"
    case .temporal(_, let type): type.description
    case .float: "float"
    case .truth: "boolean"
    case .text, .textConstant: "text"
    case .null: "null"
    }
  }
}

/// Whole numbers, in units of 10^-`scale`, between `low` and `high`.
struct Exact: Sendable {
  let node: ExactNode
  let scale: Int
  let low: Int128
  let high: Int128

  /// The rows where this is a column as it stands.
  var column: ColumnRows? { if case .column(let rows) = node { rows } else { nil } }

  var constant: Int128? { if case .constant(let value) = node { value } else { nil } }

  func fits<T: FixedWidthInteger>(_ type: T.Type) -> Bool {
    T(exactly: low) != nil && T(exactly: high) != nil
  }
}

indirect enum ExactNode: Sendable {
  enum Operation: Sendable { case add, subtract, multiply, remainder, lesser, greater }

  enum Change: Sendable {
    case absolute
    case floor(unit: Int64)
    case ceiling(unit: Int64)
    /// To the nearest, halves to the even one.
    case nearest(unit: Int64)
    case part(CalendarPart, unitsPerDay: Int64)
    /// What the table has at that place.
    case lookedUp([Int64])
  }

  case column(ColumnRows)
  case constant(Int128)
  case binary(Operation, Exact, Exact)
  case square(Exact)
  case changed(Change, Exact)
  case choice(TruthNode, Exact, Exact)
  /// The number of characters.
  case length(TextNode)
}

indirect enum FloatNode: Sendable {
  enum Operation: Sendable {
    case add, subtract, multiply, divide, remainder, power, lesser, greater
  }
  enum Function: Sendable {
    case absolute, square, squareRoot, exp, log, floor, ceil, round, sin, cos, tan
  }

  case column(ColumnRows)
  case constant(Double)
  case exact(Exact)
  case binary(Operation, FloatNode, FloatNode)
  case function(Function, FloatNode)
  case choice(TruthNode, FloatNode, FloatNode)
}

indirect enum TruthNode: Sendable {
  enum Operation: Sendable { case equal, less, atMost }

  case constant(Bool)
  /// Booleans that are stored, or a comparison with a constant, on the values as they are stored.
  case test(RowTest)
  /// Two columns have the same text.
  case sameText(TextEquality)
  case text(TextTest, TextNode)
  case texts(Operation, TextNode, TextNode)
  case exact(Operation, Exact, Exact)
  case float(Operation, FloatNode, FloatNode)
  case and(TruthNode, TruthNode)
  case or(TruthNode, TruthNode)
  case not(TruthNode)
  /// Whether it is true: null is not.
  case isTrue(TruthNode)
  case isNullExact(Exact)
  case isNullFloat(FloatNode)
  case isNullTruth(TruthNode)
}

extension ColumnRows {
  /// Bounds of a column's integers: those of the stored type where it is narrow, else of the values.
  var integerBounds: (low: Int128, high: Int128) {
    func bounds(_ values: PlainValues) -> (Int128, Int128)? {
      switch values {
      case .int8: (-128, 127)
      case .int16: (-32768, 32767)
      case .int32: (Int128(Int32.min), Int128(Int32.max))
      case .uint8: (0, 255)
      case .uint16: (0, 65535)
      case .uint32: (0, Int128(UInt32.max))
      case .packed(let values): (0, Int128(values.limit))
      case .bits: (0, 1)
      default: nil
      }
    }
    switch view {
    case .plain(let values): if let bounds = bounds(values) { return bounds }
    case .scaled(let base, let offsets):
      if let (low, high) = bounds(offsets) { return (Int128(base) + low, Int128(base) + high) }
    case .indexed(_, let dictionary, let count):
      return (dictionary.integer(at: 0), dictionary.integer(at: count - 1))
    case .decoded(let view):
      if case .integers(let decoder) = view.decoder, let bounds = decodedBounds(decoder) {
        return bounds
      }
    case .sequence, .constant: break
    }
    if valueCount == 0 { return (0, 0) }
    let ends = integerMinMax
    return (ends.minimum, ends.maximum)
  }

  /// Bounds of what is decoded, where its parts have some.
  private func decodedBounds(_ decoder: any IntegerDecoder) -> (low: Int128, high: Int128)? {
    switch decoder {
    case let runs as RunsDecoder where runs.values.count > 0:
      return ColumnRows(runs.values).integerBounds
    case let patched as PatchedDecoder:
      let base = Int128(patched.base)
      let others = (low: base, high: base + Int128(patched.packed.limit))
      if patched.listed.count == 0 { return others }
      let listed = ColumnRows(patched.listed).integerMinMax
      return (min(listed.minimum, others.low), max(listed.maximum, others.high))
    default: return decoder.bounds.map { (Int128($0.lowerBound), Int128($0.upperBound)) }
    }
  }
}
