import Columnar

/// pyarrow 26: `pyarrow.feather.read_table(F)`, by `get_total_buffer_size()`.
package struct LeanArrow: LeanEngine {
  package let name = "arrow"

  package init() {}

  package func bytes(of column: HandedColumn) -> Int {
    let n = column.rowCount
    if column.typing.type == .null { return 0 }
    guard let dictionary = column.typing.dictionary else {
      // An array without rows has no offset either.
      let text = column.isText && n > 0 ? 4 * (n + 1) + column.textByteCount : 0
      return column.valueByteCount(n) + text + column.validityByteCount
    }
    if n == 0 { return 0 }
    let text = column.isText ? 4 * (dictionary.count + 1) + column.dictionaryByteCount : 0
    return n * dictionary.codeBits / 8 + column.validityByteCount
      + column.valueByteCount(dictionary.count) + text
  }

  package func typeName(of column: HandedColumn) -> String { column.typing.description }
}
