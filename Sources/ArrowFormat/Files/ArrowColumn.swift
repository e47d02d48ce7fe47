package import Columnar
package import FileIO

/// A column as Arrow gets it: the field, and what its values become. `ArrowTyping` says which type a
/// column of which shape has.
package struct ArrowColumn {
  /// Values of the dictionary.
  package struct Dictionary {
    package let values: ArrowValues
    package let count: Int
    /// What `values` points to, where that is not the column's.
    var memory: Buffer?
  }

  package var field: ArrowField
  package let source: ColumnSource
  package let form: ArrowForm
  /// What stored instants are multiplied by.
  package let factor: Int64
  package let dictionary: Dictionary?
  /// The bitmap of a column whose rows are all null, where its type is not null.
  private var allNulls: Buffer?
  /// Which rows are null of a column that is there as a whole.
  private let wholeNulls: ArrowNulls?
  /// The dictionary's values in the order of the file that they came from.
  package private(set) var categories: ArrowCategories?
  /// What the target cannot hold, and what is there instead; `nil` where nothing is missing.
  let note: Note?

  /// - Parameter dictionaryID: The number of the column's dictionary, should it have one.
  /// - Parameter path: The target, which an error names.
  /// - Parameter engine: Whom the file is for.
  /// - Parameter policy: Which columns become dictionaries.
  /// - Parameter minimumBits: The fewest bits of integers, instead of those that the layout says.
  package init(
    _ source: ColumnSource, dictionaryID: Int, path: String, for engine: TargetEngine = .any,
    categories policy: CategoryPolicy = .text, minimumBits: Int? = nil
  ) throws(OutputError) {
    self.source = source
    if case .whole(let whole) = source { wholeNulls = ArrowNulls(whole) } else { wholeNulls = nil }
    let column = source.outline
    let planned = column.planned
    let isAllNull =
      column.isConstantNull || (source.count > 0 && source.nullCount == source.count)
    let view = isAllNull && planned == nil ? .constant(nil) : column.view
    var mapping = ArrowMapping(name: column.name, type: column.type, path: path)
    mapping.minimumBits = minimumBits ?? column.layout.minimumBits
    mapping.isUnsigned = column.layout.isHandedUnsigned == true
    if column.derivation != nil, column.layout.isPlainInteger {
      mapping.ownShape = column.layout.shape
    }
    mapping.taken = planned == nil ? column.taken : nil
    mapping.keepsFloat32 = column.layout.mayRound
    mapping.declared = planned == nil ? column.declared : nil
    if policy == .none { mapping.declared?.categories = nil }
    categories = mapping.declared?.categories.flatMap { declared in
      let (entries, count) = view.categoryEntries
      return ArrowCategories(declared, entries: entries, count: count)
    }
    if categories == nil { mapping.declared?.categories = nil }
    if case .blocks(let blocks) = source { mapping.range = blocks.integers ?? 0...0 }

    var bytes: ByteEntries?
    if case .plain(.fixed(let values, width: 1, _)) = view {
      precondition(!source.isInBlocks, "the bytes that occur are to be known before the first row")
      bytes = ByteEntries(values, count: column.count, ArrowNulls(column))
    }
    let facts = mapping.facts(
      view, rowCount: source.count, nullCount: source.nullCount, byteCount: bytes?.count)
    let typed =
      planned.map { ArrowTyping($0, for: engine, categories: policy) }
      ?? ArrowTyping(facts, for: engine, categories: policy)
    guard let typing = typed else { throw mapping.mismatch }
    note = typing.note
    factor = mapping.factor(to: typing.type)
    if isAllNull, typing.type != .null {
      allNulls = Buffer(zeroedByteCount: (source.count + 7) / 8)
    }
    field = ArrowField(
      name: column.name, type: typing.type,
      dictionary: typing.dictionary.map { .init(id: dictionaryID, codeBits: $0.codeBits) })

    if let declared = mapping.declared, typing.type != .null { field.take(declared) }
    field.note(ownType: column.type)

    if typing.dictionary == nil { categories = nil }
    if let categories, let coded = typing.dictionary {
      form =
        categories.codes.isEmpty
        ? .zeros(bits: coded.codeBits)
        : .mapped(codes: categories.codes, bits: coded.codeBits)
      dictionary = categories.dictionary
      return
    }
    guard let coded = typing.dictionary else {
      (form, dictionary) = (try mapping.form(view, typing.type, facts.integers), nil)
      return
    }
    switch view {
    case .constant(nil):
      form =
        planned?.words == nil
        ? .zeros(bits: coded.codeBits) : .mapped(codes: [], bits: coded.codeBits)
      dictionary = Dictionary(of: planned?.words ?? [], type: typing.type)
    case .indexed(_, let entries, let count) where planned?.words != nil:
      guard let text = TextRows(entries) else { throw mapping.mismatch }
      let planned = PlannedEntries(planned?.words ?? [], text, count: count)
      form = .mapped(codes: planned.codes, bits: coded.codeBits)
      dictionary = planned.dictionary
    case .indexed(_, let entries, let count):
      form = .codes(bits: coded.codeBits)
      let entryForm = try mapping.form(entries, typing.type, facts.integers)
      dictionary = Dictionary(values: entryForm.values(of: entries), count: count)
    case .plain(.fixed(_, width: 1, let textForm)):
      guard let bytes else { throw mapping.mismatch }
      form = .bytes(codes: bytes.codeOfByte, bits: coded.codeBits)
      let writer = FixedTextWriter(form: textForm, width: 1)
      dictionary = Dictionary(
        values: .rendered(bytes.values.pointer(as: UInt8.self), writer), count: bytes.count,
        memory: bytes.values)
    case .constant(let value?):
      form = .zeros(bits: coded.codeBits)
      let entryForm = try mapping.form(value, typing.type, facts.integers)
      dictionary = Dictionary(values: entryForm.values(of: value), count: 1)
    default: throw mapping.mismatch
    }
  }

  /// Whether a column of this shape is to be there as a whole before its first row is written.
  static func needsWhole(_ view: ColumnView, _ categories: CategoryPolicy) -> Bool {
    switch view {
    case .plain(.fixed(_, width: 1, _)): true
    // Where the text of each row is written out, its length is known from the codes alone.
    case .indexed(_, let entries, _): categories == .none && TextRows(entries) != nil
    case .constant(let value?): categories == .none && TextRows(value) != nil
    case .decoded: TextRows(view) != nil
    default: false
    }
  }

  /// Rows of the column that are there, of which the first is `firstRow` of the table.
  package func rows(of column: Column, from firstRow: Int) -> ArrowRows {
    ArrowRows(
      values: form.values(of: column.view), nulls: nulls(of: column), firstRow: firstRow)
  }

  /// Which rows of the column, or of one of its blocks, are null.
  package func nulls(of column: Column) -> ArrowNulls {
    guard let allNulls else { return wholeNulls ?? ArrowNulls(column) }
    return ArrowNulls(validity: UnsafePointer(allNulls.pointer(as: UInt8.self)))
  }

  /// Whether no row has a value, though the type is not null.
  package var isAllNull: Bool { allNulls != nil }

  /// The dictionary's texts, where a plan or the file that the column came from gives them.
  package var givenTexts: TextRows? {
    if case .mapped = form { return dictionary?.texts }
    return categories == nil ? nil : dictionary?.texts
  }

  /// Keeps what `nulls` points to.
  var nullsMemory: Buffer? { allNulls }

  /// The bytes of text of `rows`, where the array has text; `nil` where it has not.
  func textByteCount(_ rows: Range<Int>) -> Int? {
    guard field.dictionary == nil, field.type == .utf8 else { return nil }
    switch source {
    case .whole(let column):
      return form.values(of: column.view).textByteCount(rows, nulls(of: column))
    case .blocks(let blocks): return blocks.textByteCount(rows)
    }
  }

  /// Whether `rows` may have more bytes of text than that.
  func mayExceed(_ textByteCount: Int, _ rows: Range<Int>) -> Bool {
    guard field.dictionary == nil, field.type == .utf8 else { return false }
    if case .plain(.fixed(_, let width, let form)) = source.outline.view {
      let longest = FixedTextWriter(form: form, width: width).maximumByteCount
      return rows.count * longest > textByteCount
    }
    // Where no text is that long, no row has to be looked at.
    let longest = codedTexts?.byteCountLimit(rows) ?? 0
    if longest > 0, rows.count * longest <= textByteCount { return false }
    return (self.textByteCount(rows) ?? 0) > textByteCount
  }

  /// No text that is written out for a row has more bytes; 0 where they lie as they are.
  var longestCodedText: Int { codedTexts?.byteCountLimit(0..<source.count) ?? 0 }

  private var codedTexts: TextRows? {
    guard field.dictionary == nil, field.type == .utf8, case .whole(let column) = source,
      case .coded(let values) = form.values(of: column.view)
    else { return nil }
    return values
  }

  func nullCount(_ rows: Range<Int>) -> Int {
    switch source {
    case .whole(let column): nulls(of: column).count(rows)
    case .blocks(let blocks): blocks.nullCount(rows)
    }
  }
}

extension ArrowColumn {
  init(
    _ column: Column, dictionaryID: Int, path: String, for engine: TargetEngine = .any,
    categories: CategoryPolicy = .text, minimumBits: Int? = nil
  ) throws(OutputError) {
    try self.init(
      .whole(column), dictionaryID: dictionaryID, path: path, for: engine, categories: categories,
      minimumBits: minimumBits)
  }
}

extension Column {
  /// Whether the column is nothing but nulls, of which there may be none.
  fileprivate var isConstantNull: Bool {
    if case .constant(nil) = view { true } else { false }
  }
}

extension ColumnView {
  /// The values that codes, or all rows, lead to.
  fileprivate var categoryEntries: (ColumnView?, count: Int) {
    switch self {
    case .indexed(_, let entries, let count): (entries, count)
    case .constant(let value?): (value, 1)
    default: (nil, 0)
    }
  }
}

extension ArrowField {
  /// Says what the file said that the column came from.
  fileprivate mutating func take(_ declared: DeclaredType) {
    metadata = declared.metadata.map { ArrowMetadata(key: $0.key, value: $0.value) }
    if declared.categories?.isOrdered == true { dictionary?.isOrdered = true }
  }
}

/// Rows of a column in the form in which Arrow has them.
package struct ArrowRows {
  let values: ArrowValues
  let nulls: ArrowNulls
  /// The row of the table that is their first.
  let firstRow: Int
}

extension ColumnSource {
  fileprivate var isInBlocks: Bool { if case .blocks = self { true } else { false } }
}
