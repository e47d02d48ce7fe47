import Foundation
import TabularDiet
import TestSupport
import Testing

/// The advice of the talk on the flights: the same answers as loops over arrays of the plain values.
@Suite struct TalkPageTests {
  private static let path = packageRoot.appending(path: "fixtures/flights.csv.zst").path

  @Test func `Answers are those of loops over plain arrays`() throws {
    let flights = try DataFrame(contentsOfCSVFile: Self.path)
    let delays = Array(try flights.values("dep_delay", as: Double.self))
    let miles = Array(try flights.values("distance", as: Double.self))
    let minutes = Array(try flights.values("air_time", as: Double.self))
    let carriers = Array(try flights.values("carrier", as: String.self))

    #expect(try TalkQuestions.sum(flights)?.doubleValue == delays.compactMap { $0 }.reduce(0, +))
    let fast = zip(miles, minutes).count { miles, minutes in
      guard let miles, let minutes else { return false }
      return miles / minutes * 60 > 500
    }
    #expect(try TalkQuestions.fastRows(flights) == fast)

    let costs = try TalkQuestions.costs(flights)
    let expected = zip(delays, miles).map { delay, miles -> Double? in
      guard let delay, let miles else { return nil }
      return delay > 0 ? delay * 100 / miles : delay
    }
    #expect(try costs.values(as: Double.self).elementsEqual(expected))

    var groups: [String: (sum: Double, count: Double)] = [:]
    for (carrier, delay) in zip(carriers, delays) {
      guard let carrier, let delay else { continue }
      groups[carrier, default: (0, 0)].sum += delay
      groups[carrier, default: (0, 0)].count += 1
    }
    let means = try TalkQuestions.meanByWord(flights)
    #expect(means.rowCount == groups.count)
    for (carrier, mean) in zip(
      try means.values("carrier", as: String.self),
      try means.columns[1].values(as: Double.self))
    {
      let group = try #require(groups[carrier ?? ""])
      #expect(mean == group.sum / group.count, "\(carrier ?? "")")
    }
    #expect(try TalkQuestions.meansOfFiles([Self.path]) == means)

    let medians = try #require(try TalkQuestions.movingMedian(flights))
    for row in [0, 1, 98, 99, 100, 838, 20_000, delays.count - 1] {
      let window = delays[max(0, row - 99)...row].compactMap { $0 }.sorted()
      let middle = window.count / 2
      let median =
        window.count % 2 == 1 ? window[middle] : (window[middle - 1] + window[middle]) / 2
      #expect(try medians.values(as: Double.self)[row] == median, "row \(row)")
    }

    let inDay = try Array(TalkQuestions.minutes(flights).values(as: Int.self))
    let hours = try flights.values("hour", as: Int.self)
    #expect(
      zip(inDay, zip(hours, try flights.values("minute", as: Int.self))).allSatisfy {
        $0 == $1.0! * 60 + $1.1!
      })
  }

  @Test func `A written file is proved, and takes what the page says`() throws {
    let folder = try TemporaryFolder()
    #expect(try TalkQuestions.proof(Self.path, lean: folder.url.path + "/flights.parquet"))
    let plain = try DataFrame(contentsOfCSVFile: Self.path)
    #expect(try TalkQuestions.smallNumbers(Self.path) == plain.footprint.total)
  }

  @Test func `The page shows the code`() throws {
    let source = try MarkedSource(
      packageRoot.appending(path: "bench/kernels/Sources/TalkBench/TalkQuestions.swift"),
      mark: "Talk")
    #expect(source.parts.count == 8)
    #expect(try source.missing(in: packageRoot.appending(path: "docs/making-pandas-fly.md")) == [])
  }
}
