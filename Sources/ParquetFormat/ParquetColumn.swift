import ArrowFormat
import Columnar
import FileIO

/// A column as Parquet gets it: the type of Arrow's that engines are to see, the type in the file,
/// and where its values come from.
///
/// | column | pages |
/// |---|---|
/// | dictionary, constant, text of one byte a value | codes, and a page of the entries |
/// | integers, decimals, dates, times of few different values in a row group | the same |
/// | other numbers, near-unique text | plain |
/// | booleans | bits |
/// | no value at all | nothing but nulls |
///
/// Types are those of `ArrowColumn`, with two differences: only text has the type dictionary, because
/// engines read no other from Parquet; and there are no seconds, which become milliseconds.
struct ParquetColumn {
  /// With the type that the file's Arrow schema has.
  let arrow: ArrowColumn
  let type: ParquetType
  /// What stored integers are multiplied by.
  let factor: Int64

  init(
    _ source: ColumnSource, number: Int, path: String, for engine: TargetEngine = .any,
    categories: CategoryPolicy = .text
  ) throws(OutputError) {
    var arrow = try ArrowColumn(
      source, dictionaryID: number, path: path, for: engine, categories: categories)
    if arrow.field.type != .utf8 { arrow.field.dictionary = nil }
    let stored = arrow.field.type
    arrow.field.type = stored.withoutSeconds
    if stored != arrow.field.type { arrow.field.note(ownType: source.outline.type) }
    factor = arrow.factor * (stored == arrow.field.type ? 1 : 1000)
    type = ParquetType(holding: arrow.field.type)
    self.arrow = arrow
    if stored != arrow.field.type, let range = integerRange,
      range.lowerBound * Int128(factor) < Int128(Int64.min)
        || range.upperBound * Int128(factor) > Int128(Int64.max)
    {
      throw OutputError(
        .notRepresentable, path: path, column: name,
        "a value is beyond the 64 bits of Parquet's milliseconds", remedy: "write it as text")
    }
  }

  private var integerRange: ClosedRange<Int128>? {
    switch source {
    case .whole(let column): IntegerRows(column.view)?.range(count: column.count)
    case .blocks(let blocks): blocks.integers
    }
  }

  var name: String { arrow.field.name }
  var source: ColumnSource { arrow.source }

  /// Whether integers are read, and compare, as numbers without a sign.
  var isUnsigned: Bool {
    switch arrow.field.type {
    case .integer(_, let isSigned): !isSigned
    // What an engine without such integers gets for them.
    case .decimal: IntegerRows(source.outline.view)?.isUnsigned ?? false
    default: false
    }
  }

  /// Rows of a column that is there: this one, or one of its blocks.
  func part(of column: Column, rows: Range<Int>) -> ParquetPart {
    ParquetPart(
      column: column, rows: rows,
      form: arrow.isAllNull && !hasPlannedWords ? .none : arrow.form, nulls: arrow.nulls(of: column)
    )
  }

  /// Whether the words of a plan are to be in each dictionary, whichever occur; not where they would
  /// take more than the codes of a row group.
  var hasPlannedWords: Bool {
    guard arrow.source.outline.planned?.words != nil, case .mapped(_, let bits) = arrow.form else {
      return false
    }
    return bits <= 16
  }
}

extension ArrowType {
  /// The type that holds the same values in milliseconds where this one counts seconds.
  fileprivate var withoutSeconds: ArrowType {
    switch self {
    case .time(.second): .time(.millisecond)
    case .timestamp(.second, let zone): .timestamp(.millisecond, zone: zone)
    default: self
    }
  }
}

/// Rows of a column that lie together in memory, and the shape in which they are read.
struct ParquetPart {
  /// Entries that codes point to.
  enum Entries {
    case integers(IntegerRows)
    case floats(FloatRows)
    case text(TextRows)
  }

  enum Values {
    case none
    /// Rows of the numbers of entries.
    case codes(IntegerRows)
    case booleans(IntegerRows)
    case integers(IntegerRows)
    case floats(FloatRows)
    case utf8(bytes: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>)
    case rendered(UnsafePointer<UInt8>, FixedTextWriter)
  }

  let values: Values
  let nulls: ArrowNulls
  /// As the views number them.
  let rows: Range<Int>
  /// Keeps the memory.
  private let column: Column
  private let written: WrittenText?

  init(column: Column, rows: Range<Int>, form: ArrowForm, nulls: ArrowNulls) {
    self.column = column
    self.rows = rows
    self.nulls = nulls
    // A row group of text beyond 4 GiB would not fit a page either.
    if case .decoded = column.view, let texts = TextRows(column.view),
      let text = WrittenText(texts, rows, nulls)
    {
      written = text
      values = .utf8(bytes: text.bytes, offsets: text.offsets - rows.lowerBound)
    } else {
      written = nil
      values = Self.values(column.view, form)
    }
  }

  private static func values(_ view: ColumnView, _ form: ArrowForm) -> Values {
    switch (form, view) {
    case (.none, _): return .none
    case (.booleans, _), (_, .plain(.bits)):
      if let rows = IntegerRows(view) { return .booleans(rows) }
    case (.bytes(let codes, _), .plain(.fixed(let bytes, _, _))):
      return .codes(IntegerRows(codes: .uint8(bytes), values: codes))
    case (.mapped(let codes, _), .indexed(let numbers, _, _)):
      return .codes(IntegerRows(codes: numbers, values: codes))
    case (.mapped(let codes, _), .constant):
      if let rows = IntegerRows(.sequence(start: codes.first ?? 0, step: 0)) {
        return .codes(rows)
      }
    case (_, .constant):
      if let zeros = IntegerRows(.constant(nil)) { return .codes(zeros) }
    case (_, .indexed(let codes, _, _)):
      if let rows = IntegerRows(.plain(codes)) { return .codes(rows) }
    case (_, .plain(.utf8(let bytes, let offsets))): return .utf8(bytes: bytes, offsets: offsets)
    case (_, .plain(.fixed(let bytes, let width, let form))):
      return .rendered(bytes, FixedTextWriter(form: form, width: width))
    default:
      if let rows = FloatRows(view) { return .floats(rows) }
      if let rows = IntegerRows(view) { return .integers(rows) }
    }
    fatalError("a view of this shape has no values for \(form)")
  }
}

extension ParquetColumn {
  /// The entries that the codes of all parts point to; `nil` where they have no codes.
  var entries: (entries: ParquetPart.Entries, count: Int)? {
    if arrow.isAllNull && !hasPlannedWords { return nil }
    if let texts = arrow.givenTexts { return (.text(texts), arrow.dictionary?.count ?? 0) }
    if case .bytes = arrow.form, let dictionary = arrow.dictionary,
      case .rendered(let bytes, let writer) = dictionary.values,
      let text = TextRows(.plain(.fixed(bytes, width: writer.width, form: writer.form)))
    {
      return (.text(text), dictionary.count)
    }
    switch (arrow.form, arrow.source.outline.view) {
    case (.none, _), (.booleans, _): return nil
    case (_, .indexed(_, let view, let count)): return ParquetPart.Entries(view).map { ($0, count) }
    case (_, .constant(let view?)): return ParquetPart.Entries(view).map { ($0, 1) }
    default: return nil
    }
  }
}

extension ParquetPart.Entries {
  fileprivate init?(_ view: ColumnView) {
    if let rows = TextRows(view) {
      self = .text(rows)
    } else if let rows = FloatRows(view) {
      self = .floats(rows)
    } else if let rows = IntegerRows(view) {
      self = .integers(rows)
    } else {
      return nil
    }
  }
}
