/// The benchmark as JSON: the contract for programs, and what `--baseline` reads.
struct BenchmarkJSONFormat: BenchmarkFormat {
  let name = "json"

  func text(of report: BenchmarkReport, usesColor: Bool) -> String {
    var members: [(key: String, value: JSONText)] = [
      ("schema_version", .integer(BenchmarkReport.schemaVersion)),
      (
        "input",
        .object([
          ("path", .string(report.path)), ("rows", .integer(report.rowCount)),
          ("measured_rows", .integer(report.measuredRowCount)),
        ])
      ),
      ("machine", report.machine.json),
      ("results", .array(report.results.map { $0.json(report.machine) })),
    ]
    if let comparison = report.comparison { members.append(("comparison", comparison.json)) }
    members += [("notes", .notes(report.notes)), ("note_codes", .codes(report.notes))]
    return JSONText.object(members).document
  }
}

extension BenchmarkReport.Machine {
  fileprivate var json: JSONText {
    .object([
      ("cpu", .string(processor)), ("architecture", .string(architecture)),
      ("processors", .integer(processorCount)), ("load", load.map(JSONText.float) ?? .null),
      ("read_bytes_per_second", .float(readBandwidth.rounded())), ("version", .string(version)),
    ])
  }
}

extension BenchmarkReport.Result {
  fileprivate func json(_ machine: BenchmarkReport.Machine) -> JSONText {
    func count(_ count: Int?) -> JSONText { count.map { JSONText.integer($0) } ?? .null }
    return .object([
      ("column", .string(column)), ("kernel", .string(kernel)), ("wide", .string(wide)),
      ("lean", .string(lean)), ("wide_ns_per_row", .float(wideNanosecondsPerRow)),
      ("lean_ns_per_row", .float(leanNanosecondsPerRow)), ("ratio", .float(ratio)),
      ("low", .float(speedup.low)), ("high", .float(speedup.high)),
      ("path", .string(speedup.path.rawValue)), ("bytes_wide", .integer(wideByteCount)),
      ("bytes_lean", .integer(leanByteCount)), ("rows", .integer(rowCount)),
      ("bandwidth_share", .float(bandwidthShare(machine))),
      ("instructions_wide", count(wideInstructionCount)),
      ("instructions_lean", count(leanInstructionCount)),
    ])
  }
}

extension BenchmarkReport.Comparison {
  fileprivate var json: JSONText {
    .object([
      ("baseline", .string(baselinePath)), ("max_regression", .float(maximumRegression)),
      ("regressed", .bool(hasRegression)),
      (
        "findings",
        .array(
          findings.map {
            .object([
              ("column", .string($0.column)), ("kernel", .string($0.kernel)),
              ("verdict", .string($0.verdict.rawValue)), ("says", .string($0.sentence)),
            ])
          })
      ),
    ])
  }
}
