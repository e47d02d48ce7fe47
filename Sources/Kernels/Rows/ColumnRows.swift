import CKernels
package import Columnar

/// What a reduction reads: the first rows of a column, in one of the shapes of `ColumnView`.
///
/// The wide form of a column, which measurements compare with, is such rows too; so nothing that
/// reduces knows whether it looks at a lean column or at a wide one.
package struct ColumnRows: @unchecked Sendable {
  // Sound to share: the pointers lead into buffers that `owners` keeps and no one changes.
  package let name: String
  package let type: LogicalType
  package let view: ColumnView
  package let count: Int
  package let nullCount: Int
  /// Bit k % 64 of word k / 64 is set where row k has a value; `nil` where all have or none has.
  package let valid: UnsafePointer<UInt64>?
  /// What the pointers point to.
  private let owners: [any Sendable]

  package var valueCount: Int { count - nullCount }

  package init(_ column: Column) {
    self.init(
      name: column.name, type: column.type, view: column.view, count: column.count,
      nullCount: column.nullCount,
      valid: column.validity.map { UnsafePointer($0.pointer(as: UInt64.self)) }, owners: [column])
  }

  init(
    name: String, type: LogicalType, view: ColumnView, count: Int, nullCount: Int,
    valid: UnsafePointer<UInt64>?, owners: [any Sendable]
  ) {
    self.name = name
    self.type = type
    self.view = view
    self.count = count
    self.nullCount = nullCount
    self.valid = nullCount == 0 || nullCount == count ? nil : valid
    self.owners = owners
  }

  /// These rows in another shape, which `buffers` hold.
  func rows(as view: ColumnView, in buffers: [Buffer]) -> ColumnRows {
    ColumnRows(
      name: name, type: type, view: view, count: count, nullCount: nullCount, valid: valid,
      owners: owners + buffers)
  }

  /// Whole numbers in the place of these values: the codes of their dictionary, as a rule.
  func numbered(by view: ColumnView) -> ColumnRows {
    ColumnRows(
      name: name, type: .integer, view: view, count: count, nullCount: nullCount, valid: valid,
      owners: owners)
  }

  /// A run of these rows, seen by `view`.
  func part(
    view: ColumnView, count: Int, nullCount: Int, valid: UnsafePointer<UInt64>?
  ) -> ColumnRows {
    ColumnRows(
      name: name, type: type, view: view, count: count, nullCount: nullCount, valid: valid,
      owners: owners)
  }

  /// The first rows: all, or about `limit`, down to a whole word of the bitmap.
  package func prefix(_ limit: Int) -> ColumnRows {
    if limit >= count { return self }
    let count = limit & ~63
    var nullCount = nullCount == self.count ? count : 0
    if let valid { nullCount = count - diet_popcount(valid, count / 64) }
    return ColumnRows(
      name: name, type: type, view: view, count: count, nullCount: nullCount, valid: valid,
      owners: owners)
  }

  /// The value of the row in the middle, or of the first after it that has one.
  package var middleValue: StoredValue? {
    if nullCount == count { return nil }
    for offset in 0..<count {
      let row = (count / 2 + offset) % count
      if valid.map({ $0[row >> 6] >> UInt64(row & 63) & 1 == 1 }) ?? true {
        return view.storedValue(at: row, domain: type.domain)
      }
    }
    return nil
  }
}
