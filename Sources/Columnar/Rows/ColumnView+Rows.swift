/// The rows of a view as what the column's type says that they are.
///
/// An encoding shows every type that it holds in a view of that type's domain; one that does not is
/// at fault, and no input can make it so.
extension ColumnView {
  /// The integers, of a column whose type counts in integers.
  package var integers: IntegerRows {
    guard let rows = IntegerRows(self) else { fatalError("the view holds no integers") }
    return rows
  }

  /// The numbers, of a column of floating point.
  package var floats: FloatRows {
    guard let rows = FloatRows(self) else { fatalError("the view holds no floating point") }
    return rows
  }

  /// The texts, of a column of bytes.
  package var texts: TextRows {
    guard let rows = TextRows(self) else { fatalError("the view holds no text") }
    return rows
  }
}

/// Single values: for dictionaries, constants and single rows, not for loops over rows.
extension ColumnView {
  /// The integer of row `row`.
  package func integer(at row: Int) -> Int128 {
    // A dictionary is not read as a whole for one of its entries.
    if case .indexed(let codes, let dictionary, _) = self {
      return dictionary.integer(at: codes.code(at: row))
    }
    return integers.wideValue(at: row)
  }

  /// The number of row `row`.
  package func float(at row: Int) -> Double {
    if case .indexed(let codes, let dictionary, _) = self {
      return dictionary.float(at: codes.code(at: row))
    }
    return floats.value(at: row)
  }

  /// The text of row `row`.
  package func text(at row: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    appendText(row: row, to: &bytes)
    return bytes
  }

  /// Appends the text of row `row`.
  package func appendText(row: Int, to output: inout [UInt8]) {
    if case .indexed(let codes, let dictionary, _) = self {
      return dictionary.appendText(row: codes.code(at: row), to: &output)
    }
    texts.withText(at: row) { output.append(contentsOf: $0) }
  }

  /// The integers of the first rows.
  package func integers(count: Int) -> [Int128] {
    let rows = integers
    return (0..<count).map { rows.wideValue(at: $0) }
  }
}

extension PlainValues {
  /// The code in row `row`, for values without a sign.
  @inlinable @inline(__always)
  package func code(at row: Int) -> Int { Int(integer(at: row)) }
}
