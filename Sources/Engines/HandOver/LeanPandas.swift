import Columnar

/// pandas 3.1: `read_feather(F)`, by `memory_usage(index=False, deep=True)`.
package struct LeanPandas: LeanEngine {
  package let name = "pandas"

  package init() {}

  package func bytes(of column: HandedColumn) -> Int {
    let n = column.rowCount
    if let dictionary = column.typing.dictionary {
      return n * Self.codeWidth(dictionary.count) + categories(column, dictionary.count)
    }
    switch column.typing.type {
    case .null: return 0
    // A byte each, unless held as Arrow has them.
    case .boolean where !column.hasNulls: return n
    // NaN and NaT stand for nulls.
    case .float, .timestamp, .duration: return column.valueByteCount(n)
    // Without nulls numpy's, else held as Arrow has them.
    case .boolean, .integer, .date, .time:
      return column.valueByteCount(n) + column.validityByteCount
    case .decimal: return Self.objects(n, nullCount: column.nullCount)
    case .utf8: return 8 * n + column.textByteCount + column.validityByteCount
    }
  }

  /// The categories, which are an index: text with 8 bytes of offset, or objects of Python's.
  private func categories(_ column: HandedColumn, _ count: Int) -> Int {
    switch column.typing.type {
    case .utf8: 8 * count + column.dictionaryByteCount
    case .timestamp: 8 * count
    // 32 bytes are a datetime.date.
    case .date: (8 + 32) * count
    case .time: (8 + 40) * count
    case .decimal: Self.objects(count, nullCount: 0)
    default: column.valueByteCount(count)
    }
  }

  /// 104 and 16 bytes are a Decimal and None of Python's, charged for each row.
  private static func objects(_ count: Int, nullCount: Int) -> Int {
    8 * count + 104 * (count - nullCount) + 16 * nullCount
  }

  /// pandas chooses the codes' width itself: fewer than 127 categories have codes of one byte.
  private static func codeWidth(_ count: Int) -> Int {
    count < Int(Int8.max) ? 1 : count < Int(Int16.max) ? 2 : 4
  }

  package func typeName(of column: HandedColumn) -> String {
    if column.typing.dictionary != nil { return "category" }
    switch column.typing.type {
    case .null: return "null[pyarrow]"
    case .boolean: return column.hasNulls ? "bool[pyarrow]" : "bool"
    case .integer: return "\(column.typing.type)" + (column.hasNulls ? "[pyarrow]" : "")
    case .float(let bits): return "float\(bits)"
    case .date, .time: return "\(column.typing.type)[pyarrow]"
    case .timestamp(let unit, let zone):
      return "datetime64[\(unit.rawValue)\(zone.map { ", \($0)" } ?? "")]"
    case .duration(let unit): return "timedelta64[\(unit.rawValue)]"
    case .decimal: return "object"
    case .utf8: return "str"
    }
  }
}
