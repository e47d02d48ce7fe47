import Wording

/// GitLab's Code Quality report, which merge requests show: a JSON array, empty where there is nothing.
struct GitLabFormat: GateFormat {
  let name = "gitlab"

  func text(of gate: GateResult) -> String {
    JSONText.array(
      (GateFingerprints(gate).all + GateFingerprints(gate.ofUnchecked).all).map {
        problem, fingerprint in
        .object([
          ("description", .string(problem.text)), ("check_name", .string(problem.code)),
          ("fingerprint", .string(fingerprint)), ("severity", .string(problem.codeQuality)),
          (
            "location",
            .object([
              ("path", .string(GatePath(problem.file ?? gate.path).relative)),
              // It has to have one.
              ("lines", .object([("begin", .integer(problem.line ?? 1))])),
            ])
          ),
        ])
      }
    ).document
  }
}

extension GateResult.Problem {
  /// How bad it is, as Code Climate calls it.
  fileprivate var codeQuality: String {
    if isOfRun { return "blocker" }
    return switch severity {
    case .error: group == "breaking" ? "critical" : "major"
    case .warning: "minor"
    case .notice: "info"
    }
  }
}
