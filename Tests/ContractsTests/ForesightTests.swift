import Contracts
import TestSupport
import Testing

/// A straight line, what it says of places beyond, and when it says nothing.
@Suite struct ForesightTests {
  @Test func aLineIsFound() throws {
    let trend = try #require(Trend((0..<10).map { (x: Double($0), y: 3 * Double($0) + 5) }))
    #expect(trend.slope == 3 && trend.isRising && trend.margin(at: 20) < 1e-9)
    let crossing = try #require(trend.crossing(of: 50, after: 9, farthest: 30, step: 1))
    #expect(crossing.at == 15 && crossing.earliest == 15 && crossing.latest == 15)
    #expect(trend.crossing(of: 500, after: 9, farthest: 30, step: 1) == nil)
    #expect(Trend([(x: 1, y: 1), (x: 2, y: 2)]) == nil)
    #expect(Trend([(x: 1, y: 1), (x: 1, y: 2), (x: 1, y: 3)]) == nil)
  }

  /// Nineteen of twenty points are within the interval.
  @Test func intervalsHoldWhatTheySay() throws {
    var random = SeededGenerator(seed: 3)
    func noise() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
    }
    var held = 0
    for _ in 0..<2000 {
      let trend = try #require(Trend((0..<9).map { (x: Double($0), y: 2 * Double($0) + noise()) }))
      if abs(2 * 12 + noise() - trend.value(at: 12)) <= trend.margin(at: 12) { held += 1 }
    }
    #expect((1860...1940).contains(held), "\(held) of 2000")
  }

  private static func history(_ months: Int, from first: Int = 0) -> TableHistory {
    TableHistory(
      (first..<first + months).map { month in
        var random = SeededGenerator(seed: UInt64(month))
        var id = ColumnFacts(name: "id", type: .integer)
        (id.minimum, id.maximum) = (
          .integer(Int128(month * 3_000)), .integer(Int128(month * 3_000 + 2_999))
        )
        id.format = NumberFormat(holding: 0...Int128(month * 3_000 + 2_999))
        var agent = ColumnFacts(name: "agent", type: .string)
        (agent.entryCount, agent.distinctCount) = (20 + month * 11, 20 + month * 11)
        let steady = (0..<10).map { index in
          var column = ColumnFacts(name: "s\(index)", type: .integer)
          let high = 100 + Int.random(in: 0...20, using: &random)
          (column.minimum, column.maximum) = (.integer(0), .integer(Int128(high)))
          column.format = .i8
          (column.entryCount, column.distinctCount) = (
            100 + Int.random(in: 0...25, using: &random), 100
          )
          return column
        }
        return TableHistory.Entry(
          name: "sales-2026-\(month < 9 ? "0" : "")\(month + 1).profile",
          facts: TableFacts(rowCount: 3_000, columns: [id, agent] + steady))
      })
  }

  @Test func theMonthIsNamedAhead() throws {
    for months in 6...10 {
      let forecasts = Self.history(months).forecasts()
      #expect(Set(forecasts.compactMap(\.column)) == ["id", "agent"], "\(months) months")
      let id = try #require(forecasts.first { $0.column == "id" })
      #expect(id.limit == .width(.i16) && id.when == "2026-11" && id.earliest == "2026-11")
      let agent = try #require(forecasts.first { $0.column == "agent" })
      #expect(agent.when == "2026-11")
    }
    #expect(Self.history(3).forecasts().isEmpty)
  }

  @Test func steadyColumnsAreQuiet() {
    for start in 0..<40 {
      let forecasts = Self.history(12, from: start * 20 + 400).forecasts()
      let steady = forecasts.filter { $0.column?.hasPrefix("s") == true }
      #expect(steady.isEmpty, "from \(start): \(steady)")
    }
  }

  @Test func namesTellTimes() {
    func words(_ names: [String], _ steps: Double) -> String {
      let time = HistoryTime(names: names)
      let last = time.place(time.order.last!)
      return time.words(last + steps, after: last)
    }
    #expect(words(["a-2026-11.csv", "a-2026-12.csv"], 2) == "2027-02")
    #expect(words(["a202601.lock.yaml", "a202602.lock.yaml"], 1) == "2026-03")
    #expect(words(["2026-02-27.csv", "2026-02-28.csv"], 2) == "2026-03-02")
    #expect(words(["20240227.csv", "20240228.csv"], 1) == "2024-02-29")
    #expect(words(["part1.csv", "part2.csv"], 3) == "3 from now")
    #expect(HistoryTime(names: ["x-2026-02", "x-2026-01"]).order == [1, 0])
    #expect(HistoryTime(names: ["x-2026-13", "x-2026-01"]) == .order(2))
  }

  @Test func formatsHoldWhatTheySay() {
    #expect(NumberFormat(holding: 0...127) == .i8)
    #expect(NumberFormat(holding: 0...128) == .i16)
    #expect(NumberFormat(holding: -129...0) == .i16)
    #expect(NumberFormat(holding: 0...Int128(UInt64.max)) == .u64)
    for format in NumberFormat.integers {
      let range = format.range!
      #expect(format.holds(range) && format.headroom(range)! <= 0.01, "\(format)")
      if format.bitCount < 64 {
        #expect(!format.holds(range.lowerBound...range.upperBound + 1))
      }
    }
  }
}
