import Columnar
import DietReport
import Engines
import MemoryDiet
import Pipeline

/// Brings what samples say into the form of a report.
struct EstimateAssembly {
  let table: SampledTable
  let columns: [ColumnSamples]
  let names: [String]
  let reader: TableReader
  let policy: LayoutPolicy
  let baseline: any Baseline

  /// The bytes of a profile: lean, in each engine, and in each that it is handed to.
  private func bytes(of profile: ColumnProfile) -> [Int] {
    let recommendation = Recommendation(for: profile, policy: policy)
    let handed = HandedColumn(
      profile, layout: recommendation.layout, categories: reader.options.categories)
    return [recommendation.footprint.total] + Baselines.all.map { $0.bytes(of: profile) }
      + LeanEngines.all.map { $0.bytes(of: handed) }
  }

  /// The bytes of a column, measure by measure: with the types that samples show, and with any that one value may make
  /// of them.
  private struct Bytes {
    var figures: [EstimateReport.Figure]
    var worst: [EstimateReport.Figure]

    init(_ growth: ColumnGrowth, _ bytes: (ColumnProfile) -> [Int]) {
      let likely = bytes(growth.likely)
      let ends = growth.ends.map(bytes)
      let others = growth.fallbacks.map(bytes)
      func figure(_ index: Int, _ profiles: [[Int]]) -> EstimateReport.Figure {
        let all = profiles.map { $0[index] } + [likely[index]]
        return .init(low: all.min()!, estimate: likely[index], high: all.max()!)
      }
      figures = likely.indices.map { figure($0, ends) }
      worst = likely.indices.map { figure($0, ends + others) }
    }
  }

  /// The sum of all columns, with room for the one that would make most of a difference.
  private func total(_ columns: [Bytes], _ index: Int) -> EstimateReport.Figure {
    var sum = EstimateReport.Figure(low: 0, estimate: 0, high: 0)
    var (below, above) = (0, 0)
    for column in columns {
      let (figure, worst) = (column.figures[index], column.worst[index])
      sum.low += figure.low
      sum.estimate += figure.estimate
      sum.high += figure.high
      below = max(below, figure.low - worst.low)
      above = max(above, worst.high - figure.high)
    }
    sum.low -= below
    sum.high += above
    return sum
  }

  func report(_ timing: AnalysisReport.Timing) -> EstimateReport {
    let scale = SampleScale(table)
    let rows = scale.total(table.samples.map(\.profile.rowCount))
    let growths = columns.map { ColumnGrowth($0, rows: rows, scale: scale) }
    let all = growths.map { Bytes($0, bytes) }
    let engineCount = Baselines.all.count
    func engines(_ names: [String], from first: Int) -> [EstimateReport.Engine] {
      names.enumerated().map { .init(name: $1, bytes: total(all, first + $0)) }
    }
    return EstimateReport(
      path: reader.paths[0], files: reader.files, byteCount: table.byteCount,
      dialect: AnalysisReport.Dialect(table.dialect),
      samples: EstimateReport.Samples(
        count: table.samples.count, droppedCount: table.droppedCount,
        byteCount: table.samples.reduce(0) { $0 + $1.byteCount },
        rowCount: table.samples.reduce(0) { $0 + $1.profile.rowCount }),
      rows: rows, baseline: baseline.name, after: total(all, 0),
      engines: engines(Baselines.all.map(\.name), from: 1),
      handedOver: engines(LeanEngines.all.map(\.name), from: 1 + engineCount),
      columns: growths.indices.map { column($0, growths[$0], all[$0]) }, timing: timing)
  }

  private func column(
    _ index: Int, _ growth: ColumnGrowth, _ bytes: Bytes
  ) -> EstimateReport.Column {
    let (likely, high) = (growth.likely, growth.ends[1])
    let before = 1 + (Baselines.all.firstIndex { $0.name == baseline.name } ?? 0)
    let layout = Recommendation(for: likely, policy: policy).layout.description
    let highLayout = Recommendation(for: high, policy: policy).layout.description
    var doubts: [EstimateReport.Doubt] = []
    let samples = columns[index]
    if samples.typesVary { doubts.append(.typeVaries) }
    if samples.all.valueCount == 0 { doubts.append(.noValue) }
    if layout != highLayout { doubts.append(.mayWiden) }
    if let distinct = growth.distinct, distinct.low > 1, distinct.high > 2 * distinct.low {
      doubts.append(.newValues)
    }
    return EstimateReport.Column(
      name: names[index], logicalType: likely.type, layout: layout, highLayout: highLayout,
      beforeType: baseline.typeName(of: likely),
      nulls: growth.nulls, distinct: growth.distinct,
      before: bytes.figures[before], after: bytes.figures[0],
      worstBefore: bytes.worst[before].high, worstAfter: bytes.worst[0].high, doubts: doubts)
  }
}

extension AnalysisReport.Dialect {
  fileprivate init(_ dialect: CSVDialect) { self.init(dialect, FileSurroundings()) }
}

extension ColumnSamples {
  /// Whether samples by themselves are of other types than together, those left out that have no value.
  fileprivate var typesVary: Bool {
    each.contains { $0.valueCount > 0 && $0.type.name != all.type.name }
  }
}
