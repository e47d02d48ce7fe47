/// What a table was at several times, and where that leads.
package struct TableHistory: Sendable {
  /// A table at a time.
  package struct Entry: Sendable {
    package var name: String
    package var facts: TableFacts

    package init(name: String, facts: TableFacts) { (self.name, self.facts) = (name, facts) }
  }

  /// In the order of time.
  package let entries: [Entry]
  package let time: HistoryTime
  private let places: [Double]

  /// Tables in the order of the times that their names have; where they have none, as they come.
  package init(_ entries: [Entry]) {
    time = HistoryTime(names: entries.map(\.name))
    let order = time.order
    self.entries = order.map { entries[$0] }
    places = order.map { [time] in time.place($0) }
  }

  /// What comes soon: widths that are left, dictionaries that are full or do not pay, a budget that is passed.
  ///
  /// - Parameters:
  ///   - budget: The bytes that the lean table may have.
  ///   - horizon: How many steps ahead; `nil` for as many as the history has, and at least three.
  package func forecasts(budget: Int? = nil, horizon: Int? = nil) -> [Forecast] {
    guard entries.count >= Self.fewest, let last = entries.last, places.first != places.last
    else { return [] }
    let ahead = horizon ?? max(3, entries.count)
    var found = last.facts.columns.flatMap { forecasts(of: $0, ahead: ahead) }
    if let budget {
      let points = zip(places, entries).map { ($0, Double($1.facts.byteCount)) }
      found += forecast(
        nil, .budget, Double(budget), points, now: Double(last.facts.byteCount), ahead: ahead)
    }
    return found.sorted { ($0.at, $0.column ?? "") < ($1.at, $1.column ?? "") }
  }

  /// Fewer tables show no trend.
  package static let fewest = 4

  private func forecasts(of column: ColumnFacts, ahead: Int) -> [Forecast] {
    func points(_ value: (ColumnFacts) -> Double?) -> [(Double, Double)] {
      zip(places, entries).compactMap { place, entry in
        entry.facts[column.name].flatMap(value).map { (place, $0) }
      }
    }
    var found: [Forecast] = []
    if let format = column.format, let range = format.range, let own = column.integers {
      found += forecast(
        column.name, .width(format), Double(range.upperBound) + 1,
        points { $0.integers.map { Double($0.upperBound) } }, now: Double(own.upperBound),
        ahead: ahead)
      if own.lowerBound < 0 {
        found += forecast(
          column.name, .width(format), -Double(range.lowerBound) + 1,
          points { $0.integers.map { -Double($0.lowerBound) } }, now: -Double(own.lowerBound),
          ahead: ahead)
      }
    }
    if let count = column.entryCount {
      let capacity = DictionaryCapacity.holding(count)
      found += forecast(
        column.name, .dictionary(capacity), Double(capacity.entryCount) + 1,
        points { ($0.entryCount ?? $0.distinctCount).map(Double.init) }, now: Double(count),
        ahead: ahead)
      if let plain = column.plainByteCount, plain > 0 {
        found += forecast(
          column.name, .dictionaryPays, 0.8,
          points { facts in
            facts.plainByteCount.flatMap { $0 > 0 ? Double(facts.byteCount) / Double($0) : nil }
          }, now: Double(column.byteCount) / Double(plain), ahead: ahead)
      }
    }
    return found
  }

  private func forecast(
    _ column: String?, _ limit: Forecast.Limit, _ bound: Double, _ points: [(Double, Double)],
    now: Double, ahead: Int
  ) -> [Forecast] {
    guard points.count >= Self.fewest, now < bound, let last = places.last,
      let trend = Trend(points.map { (x: $0.0, y: $0.1) })
    else { return [] }
    let step = self.step
    guard
      let crossing = trend.crossing(
        of: bound, after: last, farthest: last + Double(ahead) * step, step: step)
    else { return [] }
    return [
      Forecast(
        column: column, limit: limit, now: now, growth: trend.slope * step, at: crossing.at,
        when: time.words(crossing.at, after: last),
        earliest: time.words(crossing.earliest, after: last),
        latest: crossing.latest.map { time.words($0, after: last) })
    ]
  }

  /// The usual distance between two tables.
  private var step: Double {
    let gaps = zip(places, places.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }.sorted()
    return gaps.isEmpty ? 1 : gaps[gaps.count / 2]
  }
}

/// Something that comes soon, if things go on as they did.
package struct Forecast: Hashable, Sendable {
  /// What is reached.
  package enum Limit: Hashable, Sendable {
    /// A number leaves its bits.
    case width(NumberFormat)
    /// A dictionary has more entries than codes of so many bits tell.
    case dictionary(DictionaryCapacity)
    /// A dictionary is less than a fifth smaller than plain text.
    case dictionaryPays
    /// The lean table has more bytes than it may.
    case budget
  }

  /// The column; `nil` for the table.
  package var column: String?
  package var limit: Limit
  /// What there is now.
  package var now: Double
  /// How much more in each step.
  package var growth: Double
  /// Where on the axis.
  package var at: Double
  /// When the line is there, and when points may be, in 95 of 100 cases; no latest where that is beyond sight.
  package var when: String
  package var earliest: String
  package var latest: String?
}

extension Forecast {
  /// The forecast as a finding of a check.
  package func finding(policy: CheckPolicy) -> Finding {
    let what =
      switch limit {
      case .width(let format): "the values will leave \(format.rawValue), if they go on so"
      case .dictionary(let capacity):
        "there will be more than \(capacity.entryCount) categories, if they go on so"
      case .dictionaryPays: "a dictionary will not pay any more, if the texts go on so"
      case .budget: "the table will pass its budget, if it goes on so"
      }
    var finding = Finding(
      .willOutgrow, column: column, what,
      found: latest.map { "\(when), between \(earliest) and \($0)" } ?? "\(when), or later")
    finding.level = policy.level(of: finding.code, in: finding.findingClass)
    return finding
  }
}
