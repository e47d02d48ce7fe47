import Columnar
import Wording

extension VerificationReport: GateReport {
  /// A case for what is of the table, and one for each column.
  package var gate: GateResult {
    let ofTable = GateResult.Case(
      name: "table",
      problems: differences.map { GateResult.Problem(.error, code: "table-differs", $0) })
    let ofColumns = columns.map { column in
      GateResult.Case(
        name: column.name,
        problems: column.firstDifference.map { [problem($0, in: column.name)] } ?? [])
    }
    return GateResult(
      verb: "verify", path: path, cases: [ofTable] + ofColumns, wallSeconds: timing.wallSeconds)
  }

  private func problem(_ difference: Difference, in column: String) -> GateResult.Problem {
    func shown(_ value: String?) -> String {
      value.map { "`\($0.onOneLine.ellipsized(to: 60))`" } ?? "null"
    }
    let message =
      switch (difference.row, difference.expected, difference.found) {
      case (let row?, let expected, let found):
        "row \(CountText(row)) differs first: \(shown(found)) instead of \(shown(expected))"
      case (nil, nil, nil): "the column differs"
      case (nil, let expected, let found):
        "the column differs: \(found?.onOneLine ?? "none") instead of \(expected?.onOneLine ?? "none")"
      }
    return GateResult.Problem(
      .error, code: "value-differs", message, file: difference.line == nil ? nil : originalPath,
      line: difference.line, column: column)
  }
}
