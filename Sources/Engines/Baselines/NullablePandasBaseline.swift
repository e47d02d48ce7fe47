package import Columnar

/// pandas 3.1 with masks for missing values: `read_csv(F, dtype_backend="numpy_nullable")`
/// (`docs/before-bytes.md`, section 2).
package struct NullablePandasBaseline: Baseline {
  package let name = "pandas-nullable"

  package init() {}

  package func bytes(of profile: ColumnProfile) -> Int {
    if let stored = profile.stored { return stored.nullablePandas(profile).byteCount }
    let n = profile.rowCount
    let source = profile.source
    // Numbers have a byte of mask for each row, nulls or not.
    switch PandasTyping(source) {
    case .nothing, .integer, .unsigned, .float: return 9 * n
    case .boolean: return 2 * n
    case .text: return PandasTyping.textByteCount(profile)
    case .literalText: return 8 * n + source.byteCount
    case .bigInteger:
      return PandasTyping.nullCount(source) == 0
        ? 8 * n + source.byteCount : PandasTyping.textByteCount(profile)
    }
  }

  package func typeName(of profile: ColumnProfile) -> String {
    if let stored = profile.stored { return stored.nullablePandas(profile).typeName }
    return switch PandasTyping(profile.source) {
    case .nothing, .integer: "Int64"
    case .boolean: "boolean"
    case .unsigned: "UInt64"
    case .float: "Float64"
    case .bigInteger, .text, .literalText: "string"
    }
  }
}
