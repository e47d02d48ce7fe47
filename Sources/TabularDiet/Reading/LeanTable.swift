import CKernels
package import Columnar
package import DelimitedText
import Dispatch
import FileIO
package import MemoryDiet
package import Pipeline
import Synchronization
import Typing

/// A table that was read and, where its values were kept, is in the layouts of its plan, or will be
/// when it is written.
package struct LeanTable {
  /// What becomes of the values that were kept.
  package enum Purpose: Sendable {
    /// All columns are made, and are there.
    case frame
    /// Columns are made block by block while a file is written, and are never there; but for those of
    /// the shapes of which the writer needs all rows first.
    case writing(needsWhole: @Sendable (ColumnView) -> Bool)
  }

  /// The columns; `nil` where no values were kept.
  package let columns: [ColumnSource]?
  package let recommendations: [Recommendation]
  /// What each column would be stored as but for some of its values, where that was asked.
  package let narrower: [[NarrowerLayout]]
  /// What it was finished by.
  let plan: DietPlan?
  package let loaded: TableSummary
  /// How the digests of its certificate are made.
  package let digestAlgorithm: DigestAlgorithm
  /// The threads that read and finished it.
  package let threadCount: Int

  /// What the table was, beside its columns.
  package struct TableSummary {
    package let source: TableSource
    package let rowCount: Int
    package let anomalies: TableAnomalies
    package let inputs: [CSVChunkReader.FinishedInput]
  }

  /// Chooses a layout for each column, or takes the plan's, and makes the columns on all threads, or
  /// prepares them; a column's chunks are dropped as they are consumed.
  ///
  /// - Throws: `ReadingError` where the policy keeps a column that is not there, or a value does not
  ///   fit its column.
  package init(
    finishing loadedTable: consuming LoadedTable, plan: DietPlan?, policy: LayoutPolicy,
    for purpose: Purpose = .frame, digest: DigestAlgorithm = .xxh3
  ) throws {
    var table = loadedTable
    digestAlgorithm = digest
    self.plan = plan
    loaded = TableSummary(
      source: table.source, rowCount: table.rowCount, anomalies: table.anomalies,
      inputs: table.inputsRead)
    let names = table.columns.map(\.profile.name)
    if plan == nil, let missing = policy.keptColumns.subtracting(names).min() {
      throw ReadingError.unknownColumn(missing, among: names, file: table.source.paths.first)
    }
    threadCount = table.source.threads ?? Int(diet_available_processors())
    do {
      for column in table.columns {
        guard let planned = plan?[column.profile.name] else { continue }
        try column.follow(planned.handOver, type: planned.type)
      }
    } catch {
      throw table.source.misfit(error)
    }
    recommendations = table.columns.parallelMap(threads: threadCount) { column in
      if let planned = plan?[column.profile.name] {
        return Recommendation(for: column.profile, layout: planned.layout, policy: policy)
      }
      return Recommendation(for: column.profile, policy: policy)
    }
    narrower = zip(table.columns, recommendations).map { column, now in
      NarrowerLayout.all(for: column, now: now, among: table, policy: policy)
    }
    guard table.keepsValues else {
      columns = nil
      return
    }
    do {
      columns = try Self.finish(
        table.takeColumns(), recommendations, for: purpose, digest: digest, threads: threadCount)
    } catch let error as LayoutError {
      throw table.source.misfit(error)
    }
  }

  /// The table, where all columns are there.
  package var frame: DataFrame? {
    guard let columns else { return nil }
    let wholes = columns.compactMap { if case .whole(let column) = $0 { column } else { nil } }
    guard wholes.count == columns.count else { return nil }
    return DataFrame(
      columns: wholes, profiles: recommendations.map(\.profile), rowCount: loaded.rowCount)
  }

  private static func finish(
    _ columns: [Typing.TypedColumn], _ recommendations: [Recommendation], for purpose: Purpose,
    digest: DigestAlgorithm, threads: Int
  ) throws -> [ColumnSource] {
    // The largest first, so that no thread is left with it at the end.
    let order = recommendations.indices.sorted {
      recommendations[$0].footprint.total > recommendations[$1].footprint.total
    }
    let next = Atomic<Int>(0)
    let slots = ColumnSlots(columns)
    let cancellation = Cancellation.current
    try cancellation?.check()
    DispatchQueue.concurrentPerform(iterations: min(threads, max(1, columns.count))) { _ in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        if place >= order.count || cancellation?.isCancelled == true { return }
        slots.finish(
          order[place], layout: recommendations[order[place]].layout, for: purpose,
          digest: digest)
      }
    }
    try cancellation?.check()
    return try slots.results()
  }
}

/// Columns on their way, each touched by the one thread that took its number.
private final class ColumnSlots: @unchecked Sendable {
  private var typed: [Typing.TypedColumn?]
  private var finished: [Result<ColumnSource, LayoutError>?]

  init(_ columns: [Typing.TypedColumn]) {
    typed = columns
    finished = Array(repeating: nil, count: columns.count)
  }

  func finish(
    _ index: Int, layout: Layout, for purpose: LeanTable.Purpose, digest: DigestAlgorithm
  ) {
    let taken = typed.withUnsafeMutableBufferPointer { slots in
      let column = slots[index]
      slots[index] = nil
      return column
    }
    guard let column = taken else { return }
    let result = Result { () throws(LayoutError) -> ColumnSource in
      switch purpose {
      case .frame: .whole(try column.encode(layout: layout))
      case .writing(let needsWhole):
        try column.source(layout: layout, digest: digest, needsWhole: needsWhole)
      }
    }
    finished.withUnsafeMutableBufferPointer { $0[index] = result }
  }

  /// The columns; the error of the first that has one, which may show only when its rows are made.
  func results() throws -> [ColumnSource] {
    if let failed = finished.firstIndex(where: { (try? $0?.get()) == nil }) {
      for earlier in finished[..<failed] {
        if case .blocks(let blocks) = try earlier!.get() { _ = try blocks.whole() }
      }
    }
    return try finished.map { try $0!.get() }
  }
}
