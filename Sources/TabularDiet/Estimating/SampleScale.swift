import DietReport
import Pipeline

/// Brings sums over samples to sums over the files that they are from.
///
/// The start and the end stand for themselves. The others stand for all that lies between, byte for byte; how far they
/// differ from one another says how far off that may be.
struct SampleScale: Sendable {
  private let byteCounts: [Double]
  private let isEdge: [Bool]
  private let middleByteCount: Double
  /// The samples that are no edges.
  private let middleCount: Double
  private let droppedShare: Double

  /// Standard errors to either side. Two would do for one figure; a report has many, and files are not as even as
  /// theory has them.
  private static let errorCount = 3.0

  init(_ table: SampledTable) {
    let samples = table.samples
    byteCounts = samples.map { Double($0.byteCount) }
    isEdge = samples.map(\.isEdge)
    middleByteCount = Double(table.middleByteCount)
    middleCount = Double(samples.count { !$0.isEdge })
    droppedShare = Double(table.droppedCount) / Double(samples.count + table.droppedCount)
  }

  /// - Parameter counts: What each sample has of something.
  func total(_ counts: [Int]) -> EstimateReport.Figure {
    let seen = counts.reduce(0, +)
    guard middleCount > 1 else {
      return EstimateReport.Figure(low: seen, estimate: seen, high: seen)
    }
    var (edges, sum, byteCount) = (0.0, 0.0, 0.0)
    for (index, count) in counts.enumerated() {
      if isEdge[index] {
        edges += Double(count)
      } else {
        sum += Double(count)
        byteCount += byteCounts[index]
      }
    }
    guard byteCount > 0 else { return EstimateReport.Figure(low: seen, estimate: seen, high: seen) }
    let density = sum / byteCount
    var squares = 0.0
    for (index, count) in counts.enumerated() where !isEdge[index] {
      let residual = Double(count) - density * byteCounts[index]
      squares += residual * residual
    }
    let middle = density * middleByteCount
    let deviation = (squares / (middleCount - 1) * middleCount).squareRoot()
    // A part of the file between two samples may be unlike both.
    let unseen = middle * (0.5 / middleCount + droppedShare)
    let error = Self.errorCount * deviation * middleByteCount / byteCount + unseen
    func rounded(_ value: Double) -> Int { Int(min(max(value, Double(seen)), 0x1p60).rounded()) }
    return EstimateReport.Figure(
      low: rounded(edges + middle - error), estimate: rounded(edges + middle),
      high: rounded(edges + middle + error))
  }
}
