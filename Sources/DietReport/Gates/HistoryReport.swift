package import Contracts
package import Wording

/// What `diet history` says: how a table grew, and what that leads to.
package struct HistoryReport: Sendable {
  /// The version of the JSON. It grows when a key changes its meaning or goes away.
  package static let schemaVersion = 1

  package let history: TableHistory
  package let forecasts: [Forecast]

  package init(_ history: TableHistory, _ forecasts: [Forecast]) {
    (self.history, self.forecasts) = (history, forecasts)
  }
}

extension HistoryReport: Report {
  package var jsonText: JSONText {
    .object([
      ("schema_version", .integer(Self.schemaVersion)),
      ("unit", .string(history.time.unit)),
      (
        "tables",
        .array(
          history.entries.map { entry in
            .object([
              ("name", .string(entry.name)), ("rows", .integer(entry.facts.rowCount)),
              ("bytes", .integer(entry.facts.byteCount)),
            ])
          })
      ),
      ("forecasts", .array(forecasts.map(\.json))),
    ])
  }

  /// The report for a terminal, at most 80 columns wide.
  package func table(usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    let entries = history.entries
    var text = ""
    guard let first = entries.first, let last = entries.last else { return "There is no table.\n" }
    let title =
      "\(CountText(entries.count, "table")), \(FileTitle(first.name).name) to \(FileTitle(last.name).name)"
      + " · \(CountText(first.facts.rowCount)) to \(CountText(last.facts.rowCount, "row"))"
      + " · \(ByteText(first.facts.byteCount)) to \(ByteText(last.facts.byteCount)) lean"
    for line in title.lines(of: reportWidth) { text += ink.paint(line, .bold) + "\n" }
    guard entries.count >= TableHistory.fewest else {
      return text + "\(TableHistory.fewest) tables and more show where things go.\n"
    }
    guard !forecasts.isEmpty else {
      return text + "Nothing runs out as far as can be seen.\n"
    }
    for forecast in forecasts {
      text += "\n" + ink.paint(forecast.title, .yellow) + "\n"
      for line in forecast.sentence(unit: history.time.unit).lines(of: reportWidth - 2) {
        text += "  \(line)\n"
      }
    }
    return text
  }
}

extension Forecast {
  fileprivate var json: JSONText {
    .object([
      ("column", .optional(column)), ("what", .string(what)), ("limit", limitJSON),
      ("now", .float(now)), ("growth", .float(growth)), ("when", .string(when)),
      ("earliest", .string(earliest)), ("latest", .optional(latest)),
    ])
  }

  private var what: String {
    switch limit {
    case .width: "width"
    case .dictionary: "dictionary"
    case .dictionaryPays: "dictionary-pays"
    case .budget: "budget"
    }
  }

  private var limitJSON: JSONText {
    switch limit {
    case .width(let format): .string(format.rawValue)
    case .dictionary(let capacity): .integer(capacity.entryCount)
    case .dictionaryPays, .budget: .null
    }
  }

  var title: String {
    "\(when)  \(column.map { "`\($0.onOneLine.ellipsized(to: 40))`" } ?? "the table")"
  }

  func sentence(unit: String) -> String {
    let interval =
      latest.map { $0 == earliest ? "in \($0)" : "\(earliest) to \($0)" }
      ?? "\(earliest) at the earliest"
    let rate: String
    let what: String
    switch limit {
    case .width(let format):
      what = "leaves \(format.rawValue)"
      rate = "\(NumberWords(now)) now, \(NumberWords(growth)) more each \(unit)"
    case .dictionary(let capacity):
      what =
        "has more than \(CountText(capacity.entryCount)) categories, for codes of \(capacity.bitCount) bits"
      rate = "\(NumberWords(now)) now, \(NumberWords(growth)) more each \(unit)"
    case .dictionaryPays:
      what = "has so many different texts that a dictionary does not pay any more"
      rate = "\(Int((now * 100).rounded())) % of plain text now"
    case .budget:
      what = "passes its budget"
      rate = "\(ByteText(Int(now))) now, \(ByteText(Int(growth))) more each \(unit)"
    }
    return "\(what), \(interval): \(rate)"
  }
}

/// A number of a trend: whole where it is large.
private struct NumberWords: CustomStringConvertible {
  let description: String

  init(_ value: Double) {
    if value.magnitude >= 10, value.magnitude < 1e15 {
      description = "\(CountText(Int(value.rounded())))"
    } else {
      description = "\((value * 100).rounded() / 100)"
    }
  }
}
