import Columnar
import Wording

/// JUnit's XML, as Jenkins, GitLab, GitHub's reporters and Azure read it: a test case for each thing that was looked
/// at. What is only a warning does not fail its case; it stands in what the case printed.
struct JUnitFormat: GateFormat {
  let name = "junit"

  func text(of gate: GateResult) -> String {
    let broken = gate.cases.count(where: \.isBroken)
    let failed = gate.cases.count { $0.problems.contains { $0.severity == .error } } - broken
    let skipped = gate.cases.count { $0.isSkipped }
    let suite = GatePath(gate.path).relative + GateResult.more(gate.moreFileCount)
    // No time of day: the same findings give the same text but for how long they took.
    let counts = [
      ("tests", "\(gate.cases.count)"), ("failures", "\(failed)"),
      ("errors", "\(broken)"),
      ("skipped", "\(skipped)"), ("time", Self.seconds(gate.wallSeconds)),
    ]
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites\(attributes([("name", "diet \(gate.verb)")] + counts))>\n"
    text += "  <testsuite\(attributes([("name", suite)] + counts))>\n"
    text += "    <properties>\n"
    for (name, value) in [("tool", "diet \(dietVersion)"), ("verb", gate.verb)] {
      text += "      <property\(attributes([("name", name), ("value", value)]))/>\n"
    }
    text += "    </properties>\n"
    for element in gate.cases { text += xml(of: element, in: gate) }
    return text + "  </testsuite>\n</testsuites>\n"
  }

  /// `0.012`, and no commas where it took long.
  private static func seconds(_ time: Double) -> String {
    let (whole, rest) = Int((max(time, 0) * 1000).rounded()).quotientAndRemainder(dividingBy: 1000)
    let digits = String(rest)
    return "\(whole).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
  }

  private func xml(of element: GateResult.Case, in gate: GateResult) -> String {
    let names = [
      ("classname", GatePath(gate.path).relative), ("name", element.name), ("time", "0"),
    ]
    let start = "    <testcase\(attributes(names))"
    var inner = ""
    let errors = element.problems.filter { $0.severity == .error }
    if let first = errors.first {
      let said = [("message", first.text), ("type", first.code)]
      let lines = errors.map(\.said).joined(separator: "\n")
      let tag = element.isBroken ? "error" : "failure"
      inner += "      <\(tag)\(attributes(said))>\(XMLText.content(lines))</\(tag)>\n"
    }
    if let reason = element.skipped, element.isSkipped {
      inner += "      <skipped\(attributes([("message", reason)]))/>\n"
    }
    let told = element.problems.filter { $0.severity != .error }
    if !told.isEmpty {
      let lines = told.map { "\($0.severity.rawValue): \($0.said)" }
      inner +=
        "      <system-out>\(XMLText.content(lines.joined(separator: "\n")))</system-out>\n"
    }
    return inner.isEmpty ? start + "/>\n" : "\(start)>\n\(inner)    </testcase>\n"
  }

  private func attributes(_ values: [(String, String)]) -> String {
    values.map { " \($0.0)=\"\(XMLText.attribute($0.1))\"" }.joined()
  }
}

extension GateResult.Case {
  /// Whether it could not be looked at.
  fileprivate var isBroken: Bool { problems.contains(where: \.isOfRun) }

  /// Whether it counts as skipped: what has failed was looked at.
  fileprivate var isSkipped: Bool {
    skipped != nil && !problems.contains { $0.severity == .error }
  }
}

extension GateResult.Problem {
  /// The code, once, and the text.
  fileprivate var said: String {
    message.hasPrefix("\(code): ") ? text : "\(code): \(text)"
  }
}

/// Text in XML 1.0.
enum XMLText {
  /// Between tags. Line ends stay.
  static func content(_ text: String) -> String { escaped(text, keepsLines: true) }

  /// Within double quotes. Line ends are written so that parsers keep them.
  static func attribute(_ text: String) -> String { escaped(text, keepsLines: false) }

  private static func escaped(_ text: String, keepsLines: Bool) -> String {
    var result = "".unicodeScalars
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      // Always, since `]]>` may not stand in text.
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "\n" where keepsLines: result.append(scalar)
      case "\n", "\t", "\r": result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      // XML has no way to say them.
      case "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
      default: result.append(scalar.picture ?? scalar)
      }
    }
    return String(result)
  }
}
