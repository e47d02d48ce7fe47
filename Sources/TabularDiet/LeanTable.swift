import CKernels
package import Columnar
import Dispatch
package import MemoryDiet
import Synchronization
package import TableIO

/// A table that was read and, where its values were kept, finished in the layouts of its plan.
package struct LeanTable {
  package let frame: DataFrame?
  package let recommendations: [Recommendation]
  package let loaded: TableSummary
  /// The threads that read and finished it.
  package let threadCount: Int

  /// What the table was, beside its columns.
  package struct TableSummary {
    package let source: CSVTableSource
    package let rowCount: Int
    package let anomalies: TableAnomalies
    package let inputs: [CSVChunkReader.FinishedInput]
  }

  /// Chooses a layout for each column, or takes the plan's, and makes the columns on all threads;
  /// a column's chunks are dropped as they are consumed.
  package init(
    finishing loadedTable: consuming LoadedTable, plan: DietPlan?, policy: LayoutPolicy
  ) throws {
    var table = loadedTable
    loaded = TableSummary(
      source: table.source, rowCount: table.rowCount, anomalies: table.anomalies,
      inputs: table.inputsRead)
    let rowCount = table.rowCount
    recommendations = table.columns.map { column in
      if let planned = plan?[column.profile.name] {
        return Recommendation(for: column.profile, layout: planned.layout)
      }
      return Recommendation(for: column.profile, policy: policy)
    }
    threadCount = table.source.options.threads ?? Int(diet_available_processors())
    guard table.keepsValues else {
      frame = nil
      return
    }
    let columns: [Column]
    do {
      columns = try Self.finish(table.takeColumns(), recommendations, threads: threadCount)
    } catch let error as EncodingError {
      throw table.source.misfit(error)
    }
    frame = DataFrame(
      columns: columns, profiles: recommendations.map(\.profile), rowCount: rowCount)
  }

  private static func finish(
    _ columns: [TypedColumn], _ recommendations: [Recommendation], threads: Int
  ) throws -> [Column] {
    // The largest first, so that no thread is left with it at the end.
    let order = recommendations.indices.sorted {
      recommendations[$0].footprint.total > recommendations[$1].footprint.total
    }
    let next = Atomic<Int>(0)
    let slots = ColumnSlots(columns)
    DispatchQueue.concurrentPerform(iterations: min(threads, max(1, columns.count))) { _ in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        if place >= order.count { return }
        slots.finish(order[place], layout: recommendations[order[place]].layout)
      }
    }
    return try slots.results()
  }
}

/// Columns on their way, each touched by the one thread that took its number.
private final class ColumnSlots: @unchecked Sendable {
  private var typed: [TypedColumn?]
  private var finished: [Result<Column, EncodingError>?]

  init(_ columns: [TypedColumn]) {
    typed = columns
    finished = Array(repeating: nil, count: columns.count)
  }

  func finish(_ index: Int, layout: Layout) {
    let taken = typed.withUnsafeMutableBufferPointer { slots in
      let column = slots[index]
      slots[index] = nil
      return column
    }
    guard let column = taken else { return }
    let result = Result { () throws(EncodingError) in try column.encode(layout: layout) }
    finished.withUnsafeMutableBufferPointer { $0[index] = result }
  }

  func results() throws -> [Column] { try finished.map { try $0!.get() } }
}
