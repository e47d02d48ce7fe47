package import Columnar

/// What a reduction reads: the first rows of a column, in one of the shapes of `ColumnView`.
///
/// The wide form of a column, which measurements compare with, is such rows too; so nothing that
/// reduces knows whether it looks at a lean column or at a wide one.
package struct ColumnRows: @unchecked Sendable {
  // Sound to share: the pointers lead into buffers that `owners` and `listed` keep and no one changes.
  package let name: String
  package let type: LogicalType
  package let view: ColumnView
  package let count: Int
  package let nullCount: Int
  /// The bits of the rows, where they lie in memory.
  private let held: UnsafePointer<UInt64>?
  /// The nulls where they are listed, and the row of theirs that is the first of these.
  private let listed: (nulls: KeptBits, firstRow: Int)?
  /// What the pointers point to.
  private let owners: [any Sendable]

  package var valueCount: Int { count - nullCount }

  /// Bit k % 64 of word k / 64 is set where row k has a value; `nil` where all have or none has. Where nulls are
  /// listed, bits are made when they are first asked for.
  @inline(__always)
  package var valid: UnsafePointer<UInt64>? {
    if let held { return held }
    return listed.map { $0.nulls.words + $0.firstRow / 64 }
  }

  /// Whether some rows are null, and some are not.
  var mixesNulls: Bool { nullCount > 0 && nullCount < count }

  /// - Parameter makesBits: Whether bits of listed nulls are made at once, which loops that ask for each row's need;
  ///   else when they are first asked for, by loops over many rows at a time.
  package init(_ column: Column, makesBits: Bool = true) {
    var (held, listed): (UnsafePointer<UInt64>?, KeptBits?)
    var owners: [any Sendable] = [column]
    if case .nulls(let nulls)? = column.validity, !makesBits {
      listed = KeptBits(nulls)
    } else if let bits = column.validity?.bits {
      held = UnsafePointer(bits.pointer(as: UInt64.self))
      owners.append(bits)
    }
    self.init(
      name: column.name, type: column.type, view: column.view, count: column.count,
      nullCount: column.nullCount, valid: held, listed: listed.map { ($0, 0) }, owners: owners)
  }

  init(
    name: String, type: LogicalType, view: ColumnView, count: Int, nullCount: Int,
    valid: UnsafePointer<UInt64>?, listed: (nulls: KeptBits, firstRow: Int)? = nil,
    owners: [any Sendable]
  ) {
    self.name = name
    self.type = type
    self.view = view
    self.count = count
    self.nullCount = nullCount
    let mixesNulls = nullCount > 0 && nullCount < count
    held = mixesNulls ? valid : nil
    self.listed = mixesNulls ? listed : nil
    self.owners = owners
  }

  /// These rows in another shape, which `buffers` hold.
  func rows(as view: ColumnView, in buffers: [Buffer]) -> ColumnRows {
    ColumnRows(
      name: name, type: type, view: view, count: count, nullCount: nullCount, valid: held,
      listed: listed, owners: owners + buffers)
  }

  /// Whole numbers in the place of these values: the codes of their dictionary, as a rule.
  func numbered(by view: ColumnView) -> ColumnRows {
    ColumnRows(
      name: name, type: .integer, view: view, count: count, nullCount: nullCount, valid: held,
      listed: listed, owners: owners)
  }

  /// A run of rows, seen by `view`, in which nulls count as the values that they hold.
  func part(view: ColumnView, count: Int) -> ColumnRows {
    ColumnRows(
      name: name, type: type, view: view, count: count, nullCount: 0, valid: nil, owners: owners)
  }

  /// The rows in `range`, which starts at a multiple of 64, seen by `view`.
  func part(_ range: Range<Int>, view: ColumnView) -> ColumnRows {
    ColumnRows(
      name: name, type: type, view: view, count: range.count, nullCount: nullCount(range),
      valid: held.map { $0 + range.lowerBound / 64 },
      listed: listed.map { ($0.nulls, $0.firstRow + range.lowerBound) }, owners: owners)
  }

  /// How many rows of `range`, which starts at a multiple of 64, are null.
  private func nullCount(_ range: Range<Int>) -> Int {
    if nullCount == count { return range.count }
    if let held {
      return range.count - Self.validCount(held + range.lowerBound / 64, range.count)
    }
    guard let (bits, firstRow) = listed else { return 0 }
    return bits.nulls.count(firstRow + range.lowerBound..<firstRow + range.upperBound)
  }

  /// Clears the bits of rows of `range`, which starts at a multiple of 64, that are null, in words that start there.
  func clearNulls(_ range: Range<Int>, in words: UnsafeMutablePointer<UInt64>) {
    let wordCount = (range.count + 63) / 64
    if nullCount == count { return words.update(repeating: 0, count: wordCount) }
    if let (bits, firstRow) = listed {
      bits.nulls.clear(firstRow + range.lowerBound..<firstRow + range.upperBound, in: words)
    } else if let held {
      let valid = held + range.lowerBound / 64
      for word in 0..<wordCount { words[word] &= valid[word] }
    }
  }

  /// The first rows: all, or about `limit`, down to a whole word of the bitmap.
  package func prefix(_ limit: Int) -> ColumnRows {
    if limit >= count { return self }
    return part(0..<limit & ~63, view: view)
  }

  /// The value of the row in the middle, or of the first after it that has one.
  package var middleValue: StoredValue? {
    if nullCount == count { return nil }
    for offset in 0..<count {
      let row = (count / 2 + offset) % count
      if hasValue(row) {
        return view.storedValue(at: row, domain: type.domain)
      }
    }
    return nil
  }
}
