import Columnar
import DelimitedText
import DietReport
import FileIO
import KernelBench
import Kernels
import MemoryDiet

/// Measured speed-ups of a table's columns, wide against lean, on the table's first rows.
struct MeasuredColumns: Sendable {
  /// By column; columns that gain nothing from a lean form have none.
  let speedups: [String: [Speedup]]
  /// What kernels take on columns that are held otherwise than under `fast`, as shares of their times on what `fast`
  /// makes of them, by kernel; none under `fast`.
  let policyTimes: [(kernel: String, shares: [Double])]
  /// What the table's columns take, as far as those that were made tell; `nil` where not all of them were.
  let recommendations: [Recommendation]?
  /// How many rows were read for the measurement.
  let rowCount: Int
  /// How values of these rows are distributed, by column; none where that was not asked.
  let distributions: [String: ColumnDistribution]

  /// Chunks of the input that are read for the measurement: 48 MiB of text.
  private static let chunkLimit = 96

  /// Reads the first rows once more, in the types and layouts that are already settled, and measures
  /// one column at a time.
  ///
  /// - Parameter isDescribed: Whether values are counted, too.
  /// - Throws: `ReadingError`, `LayoutError`, `SpeedMeasurementError`.
  init(of profile: TableProfile, isDescribed: Bool) throws {
    // The first rows may profit from less than all rows need; the plan holds for both.
    let table: PreparedTable
    do {
      table = try profile.firstRows(chunkLimit: Self.chunkLimit)
    } catch let error as ReadingError
      where [.unknownColumn, .invalidValue].contains(error.code)
    {
      // The plan is that of the rows as they were.
      throw ReadingError.changedWhileRead(file: error.file)
    }
    var measurement = SpeedMeasurement()
    var speedups: [String: [Speedup]] = [:]
    let columns = try table.frame.columns
    for column in columns { speedups[column.name] = try measurement.speedups(of: column) }
    policyTimes =
      profile.reader.policy.storage.isDense
      ? try Self.policyTimes(columns, profile) : []
    let described =
      isDescribed
      ? columns.parallelMap(threads: profile.threadCount) {
        ($0.name, ColumnDistribution(of: $0))
      } : []
    distributions = Dictionary(described) { first, _ in first }
    self.speedups = speedups
    rowCount = table.profile.rowCount
    recommendations = Self.recommendations(of: profile, madeOf: table, columns)
  }

  /// Counted where all rows were read; else what is foretold of all of them is off by as much as what was foretold of
  /// the first ones.
  private static func recommendations(
    of profile: TableProfile, madeOf table: PreparedTable, _ columns: [Column]
  ) -> [Recommendation]? {
    let foretold = table.profile.recommendations
    guard columns.map(\.name) == profile.recommendations.map(\.profile.name),
      foretold.count == columns.count
    else { return nil }
    let areAllRows = table.profile.rowCount == profile.rowCount
    return zip(profile.recommendations, zip(foretold, columns)).map { whole, first in
      areAllRows
        ? whole.counted(first.1)
        : whole.corrected(by: first.1, for: first.0.footprint)
    }
  }

  private static func policyTimes(
    _ columns: [Column], _ profile: TableProfile
  ) throws -> [(kernel: String, shares: [Double])] {
    let fast = profile.reader.policy.storing(.fast)
    var measurement = SpeedMeasurement()
    var times: [(kernel: String, shares: [Double])] = []
    for (column, recommendation) in zip(columns, profile.recommendations) {
      let layout = Recommendation(for: recommendation.profile, policy: fast).layout
      // Where both policies take the same, nothing is gained or lost.
      guard column.name == recommendation.profile.name, layout != column.layout,
        let other = try? column.stored(as: layout)
      else { continue }
      for speedup in try measurement.speedups(of: column, beside: other) {
        let known = times.firstIndex { $0.kernel == speedup.kernel }
        if known == nil { times.append((speedup.kernel, [])) }
        times[known ?? times.count - 1].shares.append(1 / speedup.ratio)
      }
    }
    return times
  }
}

extension TableProfile {
  /// Measures how much faster kernels are on the lean columns than on their wide form, which reports of this
  /// profile then say. The start of the table is read once more, and its columns are made: bytes that are foretold are
  /// counted then, where that is all of the table, and else nearer.
  ///
  /// - Throws: `ReadingError` where a file has changed since.
  public mutating func measureKernels() throws { try measureKernels(isDescribed: false) }

  /// - Parameter isDescribed: Whether values of these rows are counted, too, for a page.
  package mutating func measureKernels(isDescribed: Bool) throws {
    guard rowCount > 0 else { return }
    let start = ContinuousClock.now
    measured = try MeasuredColumns(of: self, isDescribed: isDescribed)
    duration += ContinuousClock.now - start
  }

  /// The first chunks of the table once more, in the types and layouts that are settled.
  func firstRows(chunkLimit: Int) throws -> PreparedTable {
    let plan = DietPlan(of: recommendations, policy: reader.policy, typing: typing)
    var reading = try reader.reading()
    reading.typing = plan.typing
    (reading.targets, reading.drop, reading.progress) = ([:], [], nil)
    reading.plan = plan
    reading.only = Set(plan.columns.map(\.name))
    return try PreparedTable(
      finishing: try reading.load(keepsValues: true, chunkLimit: chunkLimit), by: reader,
      typing: plan.typing, plan: plan, policy: plan.policy)
  }
}

extension Column {
  /// The same values in another layout.
  fileprivate func stored(as layout: Layout) throws(LayoutError) -> Column {
    guard let encoding = Encodings.named[layout.encoding] else {
      throw LayoutError(column: name, row: nil, layout: layout.description)
    }
    var values = ChunkedValues(decoding: self)
    if encoding.sharesValues { values.findDistinct() }
    return try encoding.encode(&values, layout: layout)
  }
}
