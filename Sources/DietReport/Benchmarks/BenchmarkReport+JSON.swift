package import Wording

/// The benchmark as JSON: the contract for programs, and what `--baseline` reads.
extension BenchmarkReport: Report {
  package var jsonText: JSONText {
    var members: [(key: String, value: JSONText)] = [
      ("schema_version", .integer(Self.schemaVersion)),
      (
        "input",
        .object([
          ("path", .string(path)), ("rows", .integer(rowCount)),
          ("measured_rows", .integer(measuredRowCount)),
        ])
      ),
      ("machine", machine.json),
      ("columns", .array(columns.map(\.json))),
      ("results", .array(results.map { $0.json(machine) })),
    ]
    if let comparison { members.append(("comparison", comparison.json)) }
    return .object(members + [("notes", .notes(notes)), ("note_codes", .codes(notes))])
  }

  package func table(usesColor: Bool) -> String {
    BenchmarkTableFormat().text(of: self, usesColor: usesColor)
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
    func time(_ time: Double?) -> JSONText { time.map { JSONText.float($0) } ?? .null }
    func count(_ count: Int?) -> JSONText { count.map { JSONText.integer($0) } ?? .null }
    return .object([
      ("column", .string(column)), ("kernel", .string(kernel)), ("wide", .string(wide)),
      ("lean", .string(lean)), ("wide_ns_per_row", .float(wideNanosecondsPerRow)),
      ("lean_ns_per_row", .float(leanNanosecondsPerRow)), ("ratio", .float(ratio)),
      ("low", .float(speedup.low)), ("high", .float(speedup.high)),
      ("path", .string(speedup.path.rawValue)),
      ("wide_ns_least", time(wideLeastNanosecondsPerRow)),
      ("lean_ns_least", time(leanLeastNanosecondsPerRow)),
      ("free", free?.json ?? .null),
      ("run_ratios", runRatios.map { .array($0.map(JSONText.float)) } ?? .null),
      ("bytes_wide", .integer(wideByteCount)),
      ("bytes_lean", .integer(leanByteCount)), ("rows", .integer(rowCount)),
      ("bandwidth_share", .float(bandwidthShare(machine))),
      ("instructions_wide", count(wideInstructionCount)),
      ("instructions_lean", count(leanInstructionCount)),
    ])
  }
}

extension BenchmarkReport.FreeTime {
  fileprivate var json: JSONText {
    .object([
      ("ns_per_row", .float(nanosecondsPerRow)), ("reference_ns", .float(reference)),
      ("rows", .integer(rowCount)),
      ("runs", runs.map { .array($0.map(JSONText.float)) } ?? .null),
    ])
  }
}

extension BenchmarkReport.Comparison {
  fileprivate var json: JSONText {
    .object([
      ("baseline", .string(baselinePath)), ("max_regression", .float(maximumRegression)),
      ("gate", .string(gate.rawValue)), ("regressed", .bool(hasRegression)),
      (
        "findings",
        .array(
          changes.map {
            .object([
              ("column", .string($0.column)), ("kernel", .null),
              ("verdict", .string($0.verdict.rawValue)), ("says", .string($0.sentence)),
            ])
          }
            + findings.map {
              .object([
                ("column", .string($0.column)), ("kernel", .string($0.kernel)),
                ("verdict", .string($0.verdict.rawValue)), ("says", .string($0.sentence)),
              ])
            })
      ),
    ])
  }
}
