import Columnar

/// A column as Arrow gets it: the field, and what its values become.
///
/// | shape of the column | array |
/// |---|---|
/// | plain numbers | their own type, straight from memory |
/// | scaled, sequence | the narrowest signed integers; uint64 past 2^63 − 1 |
/// | indexed | dictionary of signed codes; plain where engines cannot read that |
/// | text of one byte a value | dictionary of the values that occur: a row costs 1 byte, not 5 |
/// | constant text | dictionary with one entry, for the same reason |
/// | constant of another type | plain narrow values: engines need no look-up, and files compress |
/// | no value at all | null |
///
/// Dates and times have Arrow's width whatever the shape. Decimals become binary64 where every
/// value has at most 15 digits: then the text can be had back. Otherwise they stay decimals, of 128
/// bits.
struct ArrowColumn {
  /// Values of the dictionary.
  struct Dictionary {
    let values: ArrowValues
    let count: Int
    /// What `values` points to, where that is not the column's.
    var memory: Buffer?
  }

  let field: ArrowField
  let source: ColumnSource
  let form: ArrowForm
  let dictionary: Dictionary?

  /// - Parameter dictionaryID: The number of the column's dictionary, should it have one.
  /// - Parameter path: The target, which an error names.
  init(_ source: ColumnSource, dictionaryID: Int, path: String) throws(OutputError) {
    self.source = source
    let column = source.outline
    let name = column.name
    let mapping = ArrowMapping(name: name, type: column.type, path: path)
    let isAllNull = source.count > 0 && source.nullCount == source.count
    let view = isAllNull ? .constant(nil) : column.view
    switch view {
    case .constant(nil):
      (form, dictionary) = (.none, nil)
      field = ArrowField(name: name, type: .null)
    case .indexed(_, let entries, let count)
    where column.type.isArrowCategory(entries, count: count):
      let (type, entryForm) = try mapping.plain(entries, .scanned(count: count))
      let codeBits = count <= 1 << 7 ? 8 : count <= 1 << 15 ? 16 : 32
      form = .codes(bits: codeBits)
      dictionary = Dictionary(values: entryForm.values(of: entries), count: count)
      field = ArrowField(
        name: name, type: type, dictionary: .init(id: dictionaryID, codeBits: codeBits))
    case .plain(.fixed(let bytes, width: 1, let textForm)):
      precondition(!source.isInBlocks, "the bytes that occur are to be known before the first row")
      let entries = ByteEntries(bytes, count: column.count, ArrowNulls(column))
      form = .bytes(codes: entries.codeOfByte, bits: entries.codeBits)
      let source = entries.values.pointer(as: UInt8.self)
      dictionary = Dictionary(
        values: .rendered(source, FixedTextWriter(form: textForm, width: 1)), count: entries.count,
        memory: entries.values)
      field = ArrowField(
        name: name, type: .utf8,
        dictionary: .init(id: dictionaryID, codeBits: entries.codeBits))
    case .constant(let value?) where column.type.domain == .bytes:
      let (type, entryForm) = try mapping.plain(value, .scanned(count: 1))
      form = .zeros(bits: 8)
      dictionary = Dictionary(values: entryForm.values(of: value), count: 1)
      field = ArrowField(name: name, type: type, dictionary: .init(id: dictionaryID, codeBits: 8))
    default:
      let range: ArrowMapping.Range =
        if case .blocks(let blocks) = source { .known(blocks.integers ?? 0...0) } else {
          .scanned(count: column.count)
        }
      (field, form) = try mapping.field(view, range)
      dictionary = nil
    }
  }

  /// Whether a column of this shape is to be there as a whole before its first row is written.
  static func needsWhole(_ view: ColumnView) -> Bool {
    if case .plain(.fixed(_, width: 1, _)) = view { true } else { false }
  }

  /// Rows of the column that are there, of which the first is `firstRow` of the table.
  func rows(of column: Column, from firstRow: Int) -> ArrowRows {
    ArrowRows(
      values: form.values(of: column.view), nulls: ArrowNulls(column), firstRow: firstRow)
  }

  /// The bytes of text of `rows`, where the array has text; `nil` where it has not.
  func textByteCount(_ rows: Range<Int>) -> Int? {
    guard field.dictionary == nil, field.type == .utf8 else { return nil }
    switch source {
    case .whole(let column):
      return form.values(of: column.view).textByteCount(rows, ArrowNulls(column))
    case .blocks(let blocks): return blocks.textByteCount(rows)
    }
  }

  /// The bytes of text that `rows` have at the most.
  func textByteLimit(_ rows: Range<Int>) -> Int {
    guard field.dictionary == nil, field.type == .utf8,
      case .plain(.fixed(_, let width, let form)) = source.outline.view
    else { return textByteCount(rows) ?? 0 }
    return rows.count * FixedTextWriter(form: form, width: width).maximumByteCount
  }

  func nullCount(_ rows: Range<Int>) -> Int {
    switch source {
    case .whole(let column): ArrowNulls(column).count(rows)
    case .blocks(let blocks): blocks.nullCount(rows)
    }
  }
}

extension ArrowColumn {
  init(_ column: Column, dictionaryID: Int, path: String) throws(OutputError) {
    try self.init(.whole(column), dictionaryID: dictionaryID, path: path)
  }
}

/// Rows of a column in the form in which Arrow has them.
struct ArrowRows {
  let values: ArrowValues
  let nulls: ArrowNulls
  /// The row of the table that is their first.
  let firstRow: Int
}

extension ColumnSource {
  fileprivate var isInBlocks: Bool { if case .blocks = self { true } else { false } }
}

extension LogicalType {
  /// Whether engines can read a dictionary of such values. pandas makes objects of a dictionary's
  /// times and fails at nanoseconds; its categories can be no NaN, and 0.0 and −0.0 are one to it.
  fileprivate func isArrowCategory(_ entries: ColumnView, count: Int) -> Bool {
    switch self {
    case .null, .boolean, .time(unit: .nanosecond): return false
    case .float:
      guard let values = FloatRows(entries) else { return false }
      return !(0..<count).contains {
        let value = values.value(at: $0)
        return value.isNaN || (value == 0 && value.sign == .minus)
      }
    default: return true
    }
  }
}
