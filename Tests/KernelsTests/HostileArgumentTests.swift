import Columnar
import Testing

@testable import Kernels

/// Numbers and names that nobody should give: errors that say what is allowed, and no end of the process.
@Suite struct HostileArgumentTests {
  private static let frame = DataFrame(aligned: [
    Column("a", integers: [3, 1, nil, 2]), Column("b", floats: [0.5, .nan, 1.5, nil]),
  ])
  private static let empty = DataFrame(aligned: [
    Column("a", integers: []), Column("b", floats: []),
  ])
  private static let frames = [frame, empty]

  private static func digests(_ frame: DataFrame) -> [String] { frame.columns.map(\.digest) }

  @Test(arguments: [-0.1, 1.1, .nan, .infinity, -.infinity])
  func quantiles(_ fraction: Double) throws {
    for frame in Self.frames {
      for column in frame.columns {
        let error = try #require(throws: ReductionError.self) { try column.quantile(fraction) }
        #expect(error.code == .argumentOutOfRange && error.column == column.name)
        #expect("\(error)" == "column '\(column.name)': quantile takes a fraction from 0 to 1")
        let grouped = try frame.grouped(by: "a")
        #expect(throws: GroupingError.self) {
          try grouped.aggregated(.quantile(column.name, fraction))
        }
      }
    }
  }

  @Test(arguments: [-1, 2, .max, .min]) func degreesOfFreedom(_ ddof: Int) {
    for column in Self.frames.flatMap(\.columns) {
      #expect(throws: ReductionError.self) { try column.variance(ddof: ddof) }
      #expect(throws: ReductionError.self) { try column.standardDeviation(ddof: ddof) }
    }
  }

  @Test(
    arguments: [
      (0, nil), (-1, nil), (.min, nil), (3, 0), (3, 4), (3, -1), (0, 0), (-2, -2),
    ] as [(Int, Int?)])
  func windows(_ rowCount: Int, _ minimumCount: Int?) {
    let window = MovingWindow(rowCount, minimumCount: minimumCount)
    for column in Self.frames.flatMap(\.columns) {
      for kernel in MovingKernel.allCases {
        let error = #expect(throws: ReductionError.self) { try column.moving(kernel, window) }
        #expect(error?.code == .argumentOutOfRange)
      }
    }
  }

  @Test func windowsLongerThanTables() throws {
    for column in Self.frames.flatMap(\.columns) {
      for kernel in MovingKernel.allCases {
        let answer = try column.moving(kernel, MovingWindow(.max, minimumCount: 1))
        let expected = try column.moving(
          kernel, MovingWindow(max(column.count, 1), minimumCount: 1))
        #expect(answer.digest == expected.digest, "\(kernel)")
        let never = try column.moving(kernel, MovingWindow(.max))
        #expect(never.nullCount == column.count, "\(kernel)")
      }
    }
  }

  @Test func noColumns() throws {
    for frame in Self.frames {
      let grouping = #expect(throws: GroupingError.self) { try frame.grouped() }
      #expect(grouping?.description == "no column is named; there are a, b")
      #expect(throws: GroupingError.self) { try frame.joined(Self.frame) }
      #expect(Self.digests(try frame.sorted()) == Self.digests(frame))
    }
  }

  /// As in pandas: all but as many at the other end.
  @Test(arguments: [0, 1, 3, 4, 5, .max, -1, -3, -4, -5, .min])
  func ends(_ count: Int) throws {
    for frame in Self.frames {
      let rows = Array(0..<frame.rowCount)
      let (first, last): ([Int], [Int]) =
        count >= 0
        ? (Array(rows.prefix(count)), Array(rows.suffix(count)))
        : (
          Array(rows.dropLast(count == .min ? .max : -count)),
          Array(rows.dropFirst(count == .min ? .max : -count))
        )
      #expect(try Self.digests(frame.head(count)) == Self.digests(frame.taking(first)), "\(count)")
      #expect(try Self.digests(frame.tail(count)) == Self.digests(frame.taking(last)), "\(count)")
      #expect(frame.columns[0].largest(count).count <= max(0, min(count, 3)))
      #expect(frame.columns[1].smallest(count).count <= max(0, min(count, 2)))
      #expect(frame.sample(count, seed: 1).rowCount == max(0, min(count, frame.rowCount)))
    }
  }
}
