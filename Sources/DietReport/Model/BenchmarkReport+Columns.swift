import Wording

extension BenchmarkReport {
  /// What a column is: its type, its layout, and what all its rows take. A baseline holds the columns to
  /// them.
  package struct Column: Hashable, Sendable, Codable {
    package var name: String
    /// What the values mean: `decimal(2)`.
    package var type: String
    /// How they are stored: `dictionary<int8>`.
    package var layout: String
    /// Bytes of all rows, without what rounds buffers up.
    package var bytes: Bytes
    /// Why this layout, in words.
    package var reason: String

    package struct Bytes: Hashable, Sendable, Codable {
      package var values: Int
      package var validity: Int
      package var offsets: Int
      package var dictionary: Int

      package init(values: Int, validity: Int, offsets: Int, dictionary: Int) {
        self.values = values
        self.validity = validity
        self.offsets = offsets
        self.dictionary = dictionary
      }

      var byRow: Int { values + validity + offsets }
    }

    package init(name: String, type: String, layout: String, bytes: Bytes, reason: String) {
      self.name = name
      self.type = type
      self.layout = layout
      self.bytes = bytes
      self.reason = reason
    }

    var json: JSONText {
      .object([
        ("name", .string(name)), ("type", .string(type)), ("layout", .string(layout)),
        (
          "bytes",
          .object([
            ("values", .integer(bytes.values)), ("validity", .integer(bytes.validity)),
            ("offsets", .integer(bytes.offsets)), ("dictionary", .integer(bytes.dictionary)),
          ])
        ), ("reason", .string(reason)),
      ])
    }
  }

  /// What is another column than in the earlier run.
  package struct Change: Hashable, Sendable {
    package var column: String
    package var verdict: Verdict
    /// What changed, and what shows it: `integer → string, line 812 `late``.
    package var says: String

    package init(column: String, verdict: Verdict, says: String) {
      self.column = column
      self.verdict = verdict
      self.says = says
    }

    /// The column and what is said of it, as one sentence.
    var sentence: String { "\(column.onOneLine): \(says)" }
  }

  /// What a run has to stand up to.
  public enum Gate: String, Hashable, Sendable, CaseIterable {
    /// The types of columns, and which there are.
    case types
    /// What columns take, and what kernels read.
    case bytes
    /// How fast kernels are on lean columns beside their wide form.
    case speed
    /// All of these.
    case all
  }
}

/// The columns of a table beside those of an earlier run.
///
/// What layouts take by the row is compared by the row. A dictionary is there once: fewer rows pay more for
/// it, and it grows as rows come; so it counts only where it has grown itself, and the column with it.
package struct SchemaComparison {
  private let rowCounts: (before: Int, now: Int)
  private let share: Double

  /// - Parameter maximumGrowth: By which share what a column takes a row may grow in the same layout.
  package init(rowsBefore: Int, rowsNow: Int, maximumGrowth: Double) {
    rowCounts = (rowsBefore, rowsNow)
    share = maximumGrowth
  }

  /// - Parameter example: Where a value stands that keeps a column from the type and layout that it had, by
  ///   the column's name.
  package func changes(
    from before: [BenchmarkReport.Column], to now: [BenchmarkReport.Column],
    example: (_ column: String) -> String?
  ) -> [BenchmarkReport.Change] {
    var changes: [BenchmarkReport.Change] = []
    let columns = Dictionary(now.map { ($0.name, $0) }) { first, _ in first }
    let newNames = Self.newNames(from: before, to: now)
    for earlier in before {
      guard let column = columns[earlier.name] else {
        let renamed = newNames[earlier.name].map { "; is `\($0.onOneLine)` its new name?" } ?? ""
        changes.append(
          BenchmarkReport.Change(
            column: earlier.name, verdict: .columnGone,
            says: "is gone; it was \(earlier.type) as \(earlier.layout)\(renamed)"))
        continue
      }
      if column.type != earlier.type {
        let place = example(column.name).map { ", \($0)" } ?? ""
        changes.append(
          BenchmarkReport.Change(
            column: column.name, verdict: .typeChanged,
            says: "\(earlier.type) → \(column.type)\(place)"))
      } else if let change = growth(from: earlier, to: column, example: example) {
        changes.append(change)
      }
    }
    let known = Set(before.map(\.name))
    for column in now where !known.contains(column.name) {
      changes.append(
        BenchmarkReport.Change(
          column: column.name, verdict: .columnAdded,
          says: "is new: \(column.type) as \(column.layout)"))
    }
    return changes
  }

  /// The new column that stands in the place of a column that is gone, among those that stayed, and has
  /// its type, by the name of that.
  private static func newNames(
    from before: [BenchmarkReport.Column], to now: [BenchmarkReport.Column]
  ) -> [String: String] {
    let names = (before: Set(before.map(\.name)), now: Set(now.map(\.name)))
    guard before.count == now.count else { return [:] }
    let pairs = zip(before, now).filter { $0.name != $1.name }
    guard pairs.allSatisfy({ !names.now.contains($0.name) && !names.before.contains($1.name) })
    else { return [:] }
    return Dictionary(
      pairs.filter { $0.type == $1.type }.map { ($0.name, $1.name) },
      uniquingKeysWith: { a, _ in a })
  }

  private func growth(
    from before: BenchmarkReport.Column, to now: BenchmarkReport.Column,
    example: (_ column: String) -> String?
  ) -> BenchmarkReport.Change? {
    guard rowCounts.before > 0, rowCounts.now > 0 else { return nil }
    func perRow(_ bytes: Int, _ rows: Int) -> Double { Double(bytes) / Double(rows) }
    let byRow = (
      perRow(before.bytes.byRow, rowCounts.before), perRow(now.bytes.byRow, rowCounts.now)
    )
    let all = (
      byRow.0 + perRow(before.bytes.dictionary, rowCounts.before),
      byRow.1 + perRow(now.bytes.dictionary, rowCounts.now)
    )
    let figures =
      "\(FixedText(all.1, decimals: 2)) bytes a row, \(FixedText(all.0, decimals: 2)) before"
    // A dictionary has to be worth its values, which fewer rows may not be.
    let isForFewerRows =
      rowCounts.now * 10 < rowCounts.before * 9 && before.layout.hasPrefix("dictionary")
    if now.layout != before.layout, isForFewerRows { return nil }
    if now.layout != before.layout, all.1 > all.0 {
      let place = example(now.name).map { ", \($0)" } ?? ""
      return BenchmarkReport.Change(
        column: now.name, verdict: .widened,
        says: "\(before.layout) → \(now.layout)\(place); \(figures): \(now.reason)")
    }
    let hasGrown = byRow.1 > byRow.0 * (1 + share) + 0.005
    let hasGrownDictionary =
      Double(now.bytes.dictionary) > Double(before.bytes.dictionary) * (1 + share)
      && all.1 > all.0 * (1 + share) + 0.005
    guard hasGrown || hasGrownDictionary else { return nil }
    let nulls = now.bytes.validity > 0 && before.bytes.validity == 0 ? "; it has nulls now" : ""
    return BenchmarkReport.Change(
      column: now.name, verdict: .moreBytes, says: "takes \(figures), as \(now.layout)\(nulls)")
  }
}
