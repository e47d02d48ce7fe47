import Columnar

/// One row per column with exact bytes, for spreadsheets and shell scripts. Fields are quoted as
/// RFC 4180 says; lines end in LF, as those of other tools on Unix do.
struct CSVFormat: ReportFormat {
  let name = "csv"

  func text(of report: AnalysisReport, usesColor: Bool) -> String {
    // What was added comes last, so that the others keep their places.
    let engines = report.memory.handedOver.map { "bytes_in_\($0.name)" }
    return CSVText.lines(
      [Self.fields.map(\.name) + engines + ["bytes_exact"]]
        + report.columns.parallelMap(threads: report.timing.threadCount) { column in
          Self.fields.map { $0.value(column) } + column.handedOver.map { "\($0.byteCount)" }
            + ["\(!column.isForetold)"]
        })
  }

  private typealias Field = (
    name: String, value: @Sendable (AnalysisReport.Column) -> String
  )

  private static let fields: [Field] = [
    ("name", { $0.name }),
    ("logical_type", { $0.logicalType.name }),
    ("scale", { $0.logicalType.scale.map(String.init) ?? "" }),
    ("unit", { $0.logicalType.unit?.rawValue ?? "" }),
    ("zone", { $0.logicalType.zone ?? "" }),
    ("nulls", { "\($0.nullCount)" }),
    ("distinct", { $0.distinctCount.map(String.init) ?? "" }),
    ("distinct_exact", { "\($0.isDistinctExact)" }),
    ("min", { $0.minimum.text }),
    ("max", { $0.maximum.text }),
    ("before_type", { $0.beforeType }),
    ("layout", { $0.layout }),
    ("bytes_before", { "\($0.before)" }),
    ("bytes_after", { "\($0.after.total)" }),
    ("bytes_values", { "\($0.after.values)" }),
    ("bytes_validity", { "\($0.after.validity)" }),
    ("bytes_offsets", { "\($0.after.offsets)" }),
    ("bytes_dictionary", { "\($0.after.dictionary)" }),
    ("bytes_padding", { "\($0.after.padding)" }),
    ("fidelity", { $0.fidelity.rawValue }),
    ("headroom", { $0.headroom.map { "\($0)" } ?? "" }),
    ("speedup_worst", { $0.speedups.map(\.ratio).min().map { "\($0)" } ?? "" }),
    ("speedup_best", { $0.speedups.map(\.ratio).max().map { "\($0)" } ?? "" }),
    ("reason", { $0.reason }),
    ("notes", { $0.notes.map(\.description).joined(separator: " ") }),
  ]
}
