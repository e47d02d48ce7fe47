package import Columnar

/// pandas 3.1 with pyarrow installed: `read_csv(F)`, measured by
/// `memory_usage(index=False, deep=True)` (`docs/before-bytes.md`, section 2).
package struct PandasBaseline: Baseline {
  package let name = "pandas"

  package init() {}

  package func bytes(of profile: ColumnProfile) -> Int {
    if let stored = profile.stored { return stored.pandas(profile).byteCount }
    let n = profile.rowCount
    let source = profile.source
    let nullCount = PandasTyping.nullCount(source)
    switch PandasTyping(source) {
    case .nothing, .integer, .unsigned, .float: return 8 * n
    // 28 and 24 bytes are a bool and a NaN of Python's, charged for each row though shared.
    case .boolean: return nullCount == 0 ? n : 8 * n + 28 * (n - nullCount) + 24 * nullCount
    case .bigInteger: return 8 * n + source.pythonIntegerByteCount + 24 * nullCount
    case .text: return PandasTyping.textByteCount(profile)
    case .literalText: return 8 * n + source.byteCount
    }
  }

  package func typeName(of profile: ColumnProfile) -> String {
    if let stored = profile.stored { return stored.pandas(profile).typeName }
    let hasNulls = PandasTyping.nullCount(profile.source) > 0
    return switch PandasTyping(profile.source) {
    case .nothing, .float: "float64"
    case .boolean: hasNulls ? "object" : "bool"
    case .integer: hasNulls ? "float64" : "int64"
    case .unsigned: "uint64"
    case .bigInteger: "object"
    case .text, .literalText: "str"
    }
  }
}
