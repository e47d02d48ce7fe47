package import Columnar
import DelimitedText
import Dispatch
import FileIO
package import MemoryDiet
package import Pipeline
import Typing

/// A table that was read with its values, which are in the layouts of its plan, or will be when it is written.
package struct PreparedTable: Sendable {
  /// What becomes of the values.
  package enum Purpose: Sendable {
    /// All columns are made, and are there.
    case frame
    /// Columns are made block by block while a file is written, and are never there; but for those of
    /// the shapes of which the writer needs all rows first.
    case writing(needsWhole: @Sendable (ColumnView) -> Bool)
  }

  package let columns: [ColumnSource]
  package internal(set) var profile: TableProfile
  /// How the digests of its certificate are made.
  package let digestAlgorithm: DigestAlgorithm

  /// Makes the columns on all threads, or prepares them; a column's chunks are dropped as they are consumed.
  ///
  /// - Parameters:
  ///   - plan: What columns are stored as; where it is `nil`, the best layouts under the policy.
  /// - Throws: `ReadingError` where the policy keeps a column that is not there, or a value does not
  ///   fit its column.
  package init(
    finishing loadedTable: consuming LoadedTable, by reader: TableReader, typing: TypingOptions,
    plan: DietPlan?, policy: LayoutPolicy, for purpose: Purpose = .frame,
    digest: DigestAlgorithm = .xxh3
  ) throws {
    precondition(loadedTable.keepsValues, "a table without values is a profile")
    var table = loadedTable
    digestAlgorithm = digest
    profile = try TableProfile(
      of: table, by: reader, typing: typing, plan: plan, policy: policy)
    let derives = Self.derives(profile, policy)
    do {
      let made = try Self.finish(
        table.takeColumns(), profile.recommendations, for: derives ? .frame : purpose,
        digest: digest, policy: policy, threads: profile.threadCount)
      columns = derives ? made.deriving(under: policy) : made
    } catch let error as LayoutError {
      throw table.source.misfit(error)
    }
    profile.planNotes = columns.compactMap { $0.outline.noteOnUnplannedWords }
  }

  /// Whether columns that follow from others are held so: then all of them have to be there.
  private static func derives(_ profile: TableProfile, _ policy: LayoutPolicy) -> Bool {
    let byteCount = profile.recommendations.reduce(0) { $0 + $1.footprint.total }
    return policy.storage == .smallest && byteCount <= (MemoryLimit.byteCount ?? .max) / 4
  }

  /// The table, where it was made for that.
  package var frame: DataFrame {
    get throws {
      let wholes = try columns.map { column in
        switch column {
        case .whole(let column): column
        case .blocks(let blocks): try blocks.whole()
        }
      }
      return DataFrame(
        columns: wholes, profiles: profile.columnProfiles, rowCount: profile.rowCount)
    }
  }

  /// The same with what was odd about its records, for whoever asked for the table: lines are counted where
  /// there is something to say.
  package var frameWithAnomalies: DataFrame { get throws { try frame.having(profile.anomalies) } }

  private static func finish(
    _ columns: [Typing.TypedColumn], _ recommendations: [Recommendation], for purpose: Purpose,
    digest: DigestAlgorithm, policy: LayoutPolicy, threads: Int
  ) throws -> [ColumnSource] {
    // The largest first, so that no thread is left with it at the end.
    let order = recommendations.indices.sorted {
      recommendations[$0].footprint.total > recommendations[$1].footprint.total
    }
    for column in columns { column.values?.storage = policy.storage }
    let slots = ColumnSlots(columns)
    let cancellation = Cancellation.current
    try cancellation?.check()
    @Sendable func finish(_ column: Int, threads: Int) {
      slots.finish(
        column, layout: recommendations[column].layout, for: purpose, digest: digest,
        threads: threads)
    }
    // Threads that make a column each do not help one another: large columns come one after the other, and beside
    // what of them one thread does alone, one goes on with the rest.
    let shared = order.filter { recommendations[$0].takesThreads }
    let rest = Lock(order.filter { !recommendations[$0].takesThreads }.reversed() as [Int])
    @Sendable func finishRest() {
      while cancellation?.isCancelled != true, let column = rest.withLock({ $0.popLast() }) {
        finish(column, threads: 1)
      }
    }
    let group = DispatchGroup()
    if !shared.isEmpty, threads > 1 {
      DispatchQueue.global().async(group: group, execute: finishRest)
    }
    for column in shared where cancellation?.isCancelled != true {
      finish(column, threads: threads)
    }
    DispatchQueue.concurrentPerform(iterations: min(threads, max(1, order.count - shared.count))) {
      _ in finishRest()
    }
    group.wait()
    try cancellation?.check()
    return try slots.results()
  }
}

extension [ColumnSource] {
  /// The same columns, those that are there, of which what follows from others is held so.
  fileprivate func deriving(under policy: LayoutPolicy) -> [ColumnSource] {
    let wholes = compactMap { if case .whole(let column) = $0 { column } else { Column?.none } }
    guard wholes.count == count else { return self }
    return wholes.deriving(under: policy).map { .whole($0) }
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
    _ index: Int, layout: Layout, for purpose: PreparedTable.Purpose, digest: DigestAlgorithm,
    threads: Int
  ) {
    let taken = typed.withUnsafeMutableBufferPointer { slots in
      let column = slots[index]
      slots[index] = nil
      return column
    }
    guard let column = taken else { return }
    column.values?.threadCount = threads
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

extension Recommendation {
  /// Below this, a column is made before other threads would have joined in.
  private static let leastSharedByteCount = 4 << 20

  /// Whether the column is made on all threads.
  fileprivate var takesThreads: Bool {
    layout.takesThreads && footprint.total >= Self.leastSharedByteCount
  }
}
