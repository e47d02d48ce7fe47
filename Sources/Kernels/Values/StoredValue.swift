package import Columnar

/// One value of a column as it is stored: what kernels compute with.
///
/// Integers are in the column's unit: the digits of a decimal (12.30 is 1230 at scale 2), days of a
/// date, units of a time, 0 and 1 for booleans. What they mean, a `Scalar` says.
package enum StoredValue: Hashable, Sendable {
  case integer(Int128)
  case float(Double)
  /// The bytes of a text, as it would be written out.
  case text([UInt8])

  /// Whether both are the same: floats bit for bit, except that any NaN is as good as another.
  package func isSame(as other: StoredValue) -> Bool {
    guard case (.float(let a), .float(let b)) = (self, other) else { return self == other }
    return a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
  }
}

extension ColumnView {
  /// The value of row `row`, which is not null; for single rows, not for loops over rows.
  package func storedValue(at row: Int, domain: LogicalType.Domain) -> StoredValue {
    switch domain {
    case .integer: .integer(integer(at: row))
    case .float: .float(float(at: row))
    case .bytes: .text(text(at: row))
    }
  }
}
