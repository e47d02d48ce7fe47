import Columnar
import Wording

/// SARIF 2.1.0, which GitHub's code scanning, Azure and editors read.
struct SARIFFormat: GateFormat {
  let name = "sarif"

  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  func text(of gate: GateResult) -> String {
    var rules: [(code: String, group: String?)] = []
    var indexes: [String: Int] = [:]
    for problem in gate.problems where indexes[problem.code] == nil {
      indexes[problem.code] = rules.count
      rules.append((problem.code, problem.group))
    }
    let results = GateFingerprints(gate).all.map { problem, fingerprint in
      result(problem, fingerprint, index: indexes[problem.code] ?? 0, in: gate)
    }
    let driver = JSONText.object([
      ("name", .string("diet")), ("version", .string(dietVersion)),
      ("rules", .array(rules.map { rule($0.code, $0.group) })),
    ])
    // A run that could not look has found nothing, which is not that there is nothing.
    let isWhole = !gate.problems.contains(where: \.isOfRun)
    let notifications = gate.unchecked.map { notification($0, in: gate) }
    var invocation: [(key: String, value: JSONText)] = [("executionSuccessful", .bool(isWhole))]
    if !notifications.isEmpty {
      invocation.append(("toolExecutionNotifications", .array(notifications)))
    }
    let isTold = !isWhole || !notifications.isEmpty
    let invocations: [(key: String, value: JSONText)] =
      isTold ? [("invocations", .array([.object(invocation)]))] : []
    return JSONText.object([
      ("$schema", .string(Self.schema)), ("version", .string("2.1.0")),
      (
        "runs",
        .array([
          .object(
            [
              ("tool", .object([("driver", driver)])),
              ("automationDetails", .object([("id", .string("diet-\(gate.verb)/"))])),
              ("results", .array(results)),
            ] + invocations)
        ])
      ),
    ]).document
  }

  private func rule(_ code: String, _ group: String?) -> JSONText {
    let words = code.split(separator: "-").joined(separator: " ")
    var members: [(key: String, value: JSONText)] = [
      ("id", .string(code)),
      ("shortDescription", .object([("text", .string(words.isEmpty ? code : words))])),
    ]
    if let group { members.append(("properties", .object([("tags", .strings([group]))]))) }
    return .object(members)
  }

  private func result(
    _ problem: GateResult.Problem, _ fingerprint: String, index: Int, in gate: GateResult
  ) -> JSONText {
    return .object([
      ("ruleId", .string(problem.code)), ("ruleIndex", .integer(index)),
      ("level", .string(problem.severity == .notice ? "note" : problem.severity.rawValue)),
      ("message", .object([("text", .string(problem.text))])),
      ("locations", .array([location(problem, in: gate)])),
      ("partialFingerprints", .object([("dietFinding/v1", .string(fingerprint))])),
    ])
  }

  /// A rule that nobody looked at.
  private func notification(_ rule: GateResult.Problem, in gate: GateResult) -> JSONText {
    .object([
      ("level", .string("note")), ("message", .object([("text", .string(rule.message))])),
      ("descriptor", .object([("id", .string(rule.code))])),
      ("locations", .array([location(rule, in: gate)])),
    ])
  }

  private func location(_ problem: GateResult.Problem, in gate: GateResult) -> JSONText {
    var place: [(key: String, value: JSONText)] = [
      ("artifactLocation", .object([("uri", .string(GatePath(problem.file ?? gate.path).uri))]))
    ]
    if let line = problem.line, line > 0 {
      place.append(("region", .object([("startLine", .integer(line))])))
    }
    var location: [(key: String, value: JSONText)] = [("physicalLocation", .object(place))]
    if let column = problem.column {
      location.append(("logicalLocations", .array([.object([("name", .string(column))])])))
    }
    return .object(location)
  }
}
