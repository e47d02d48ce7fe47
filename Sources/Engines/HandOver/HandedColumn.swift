package import Columnar

/// A lean column as it is handed over in an Arrow file: its type there, and all that the byte
/// formulas of engines need to know.
package struct HandedColumn: Sendable {
  package var typing: ArrowTyping
  package let rowCount: Int
  package let nullCount: Int
  /// The bytes of all rows' text, and of the longest; 0 where there is none.
  package let textByteCount: Int
  package let longestTextByteCount: Int
  /// The bytes of the dictionary's text, and of that longer than 12 bytes.
  package let dictionaryByteCount: Int
  package let dictionaryLongByteCount: Int

  package init(
    _ profile: ColumnProfile, layout: Layout, for target: TargetEngine = .any,
    categories: CategoryPolicy = .text
  ) {
    typing = ArrowTyping(profile, layout: layout, for: target, categories: categories)
    rowCount = profile.rowCount
    nullCount = profile.nullCount
    textByteCount = profile.text?.byteCount ?? 0
    longestTextByteCount = profile.text?.maximumLength ?? 0
    dictionaryByteCount = profile.text?.distinctByteCount ?? 0
    dictionaryLongByteCount = profile.text?.distinctLongByteCount ?? 0
  }
}

extension HandedColumn {
  var hasNulls: Bool { nullCount > 0 }
  var isText: Bool { typing.type == .utf8 }

  /// The bytes of a bitmap where there are nulls: `v`.
  var validityByteCount: Int { hasNulls ? bitmapByteCount(rowCount) : 0 }

  /// The bytes of `count` values as Arrow has them, text without its offsets.
  func valueByteCount(_ count: Int) -> Int {
    if typing.type == .boolean { return bitmapByteCount(count) }
    return count * (typing.type.byteWidth ?? 0)
  }
}

/// An engine that a lean table is handed to, as an Arrow file: the type that it gives a column, and
/// the exact bytes that it then holds. `docs/hand-over.md` states the calls, the formulas and how
/// they were checked.
///
/// To add one: write its file and a line in `LeanEngines.all`.
package protocol LeanEngine: Sendable {
  /// The key in reports.
  var name: String { get }

  /// The bytes that the engine holds for the column.
  func bytes(of column: HandedColumn) -> Int

  /// The engine's own name of the type.
  func typeName(of column: HandedColumn) -> String
}

/// Every engine whose bytes we tell, and the only place that knows them all.
package enum LeanEngines {
  package static let all: [any LeanEngine] = [
    LeanPandas(), LeanPolars(), LeanDuckDB(), LeanArrow(),
  ]
}
