package import Columnar

/// What becomes of a table beside others, where the widths of its integers follow from its own values.
///
///     integers are as wide as these values need, in other files maybe not: put files together under
///     one plan (`diet analyze FILES --save-plan`, then `--plan`), or in polars by
///     `concat(…, how="vertical_relaxed")`
package struct WidthNote {
  /// `nil` where no width follows from values, or whoever reads the table puts widths together.
  package let note: Note?

  /// - Parameters:
  ///   - types: Those of the columns whose width is chosen by their values, as they are handed over.
  ///   - isFile: Whether the table is written to a file, to which a plan can be applied.
  package init(_ types: [ArrowType], for target: TargetEngine, isFile: Bool) {
    let isNarrow = types.contains {
      if case .integer(let bits, _) = $0 { bits < 64 } else { false }
    }
    guard isNarrow, target != .pandas else {
      note = nil
      return
    }
    let save = ["diet", "analyze", "FILES", "--save-plan"]
    let plan: Sentence = "under one plan (\(command: save), then \(option: "plan"))"
    let inPolars: Sentence = "in polars by `concat(…, how=\"vertical_relaxed\")`"
    let ways: [Sentence] =
      switch target {
      case .any, .polars: isFile ? [plan, inPolars] : [inPolars]
      case .duckdb: [plan, "by `read_parquet(…, union_by_name = true)`"]
      case .pandas, .spark: [plan]
      }
    let things = isFile ? "files" : "tables"
    let other = ways.dropFirst().map { ", or \($0)" as Sentence }.reduce("", +)
    note = Note(
      .widthsDiffer,
      """
      integers are as wide as these values need, in other \(things) maybe not: put \(things) together \
      \(ways[0])\(other)
      """)
  }
}
