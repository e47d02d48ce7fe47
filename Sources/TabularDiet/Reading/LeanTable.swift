public import Columnar
import FileIO
public import MemoryDiet
import Pipeline

/// A table that was read, every column in the layout of its plan.
public struct LeanTable: Sendable {
  /// The columns.
  public let frame: DataFrame
  package let prepared: PreparedTable
  /// What was learned of the table while it was read.
  package let profile: TableProfile

  package init(_ prepared: PreparedTable) throws {
    self.prepared = prepared
    frame = try prepared.frameWithAnomalies
    profile = prepared.profile.counted(frame.columns)
  }

  /// What each column is stored as, what that takes and why, in the order of the table.
  public var recommendations: [Recommendation] { profile.recommendations }

  /// What a reader should know of the table as a whole.
  public var notes: [Note] { profile.notes }

  /// Records that were not as they should be: how many, and where the first is.
  public var anomalies: TableAnomalies { frame.anomalies ?? profile.anomalies }

  /// The plan that it was read by; where there was none, the one that reads other files to the same types.
  public var plan: DietPlan {
    profile.appliedPlan
      ?? DietPlan(
        for: frame.profiles, policy: profile.reader.policy, typing: profile.typing
      ) { column in frame[column.name].flatMap { ChunkedValues(decoding: $0).words } }
  }

  /// What was proved: which bytes were read, and what was kept of each column. Digests are made of all values,
  /// each time that this is asked for.
  public var certificate: Certificate {
    prepared.certificate(of: prepared.columns)
  }

  /// Writes the records that were left out because they are odd, with the reasons, to the file at `path`,
  /// where they were collected.
  ///
  /// - Throws: `DocumentError` where the file holds anything else; `OutputError`, with the code `inUse` where
  ///   the table was read from that file, under this name or another.
  public func writeRejectedRecords(to path: String) throws {
    try profile.writeRejectedRecords(to: path)
  }
}

/// How a table is read with its values.
package struct Preparation: Sendable {
  /// What columns are read and stored as.
  package var plan: DietPlan?
  /// What becomes of the columns in which the table and the plan differ.
  package var matching = PlanMatching()
  /// Whether a plan is made, where there is none, that lasts for other files, too.
  package var makesPlan = false
  /// Whether words that are not among those of a plan that is made are errors later.
  package var closesCategories = false
  /// Whether distinct values are counted past what layouts need.
  package var countsDistinct = false
  /// Whether the files' digests are wanted.
  package var hashes = true
  /// What becomes of the values.
  package var purpose = PreparedTable.Purpose.frame

  package init(plan: DietPlan? = nil) { self.plan = plan }
}

extension TableReader {
  /// Reads the table once, every column into the layout that the plan says, or the narrowest that holds it
  /// exactly.
  ///
  /// - Parameters:
  ///   - plan: What each column is read and stored as; a value that does not fit is an error.
  ///   - matching: What becomes of the columns in which the table and the plan differ.
  /// - Throws: `OptionError` where an option is not for such a table; `ReadingError`, which names the column and
  ///   what the plan says where the table is refused.
  public func read(
    plan: DietPlan? = nil, matching: PlanMatching = PlanMatching()
  ) throws -> LeanTable {
    var preparation = Preparation(plan: plan)
    preparation.matching = matching
    return try LeanTable(try prepare(preparation))
  }

  /// Reads the table once, and makes its columns, or prepares them.
  package func prepare(_ preparation: Preparation) throws -> PreparedTable {
    let start = ContinuousClock.now
    let (saved, matching) = (preparation.plan, preparation.matching)
    var reading = try reading(hashes: preparation.hashes)
    if let saved { reading.typing = saved.typing }
    reading.plan = saved
    let planned = saved.map { [only = reading.only, drop = reading.drop] saved in
      PlannedReading(saved, matching, file: inputs.first?.name ?? paths[0]) { name in
        drop.contains(name) || only.map { !$0.contains(name) } ?? false
      }
    }
    if let planned { reading.rules = planned.rules }
    // As densely as the plan or the reader says, whichever is denser.
    let policy = (matching.newColumns == .add ? policy : saved?.policy ?? policy)
      .storing(max(policy.storage, saved?.policy.storage ?? .fast))
    reading.packsValues = policy.storage.isDense
    var table = try reading.load(
      keepsValues: true, countsDistinct: preparation.countsDistinct)
    let notes = planned?.arrange(&table) ?? []
    let made =
      saved == nil && preparation.makesPlan
      ? DietPlan(
        for: table.columns.map(\.profile), columns: table.columns, policy: policy,
        typing: reading.typing, closesCategories: preparation.closesCategories)
      : nil
    var prepared = try PreparedTable(
      finishing: table, by: self, typing: reading.typing, plan: saved ?? made,
      policy: policy, for: preparation.purpose, digest: digest ?? .xxh3)
    prepared.profile.addedColumns = planned?.added ?? []
    prepared.profile.planNotes = notes + prepared.profile.planNotes
    prepared.profile.duration = ContinuousClock.now - start
    return prepared
  }
}

extension TableProfile {
  /// The same with the bytes of these columns, which are the table's, where they were foretold.
  package func counted(_ columns: [Column]) -> TableProfile {
    var counted = self
    counted.recommendations = zip(recommendations, columns).map { $0.counted($1) }
    counted.areCounted = true
    return counted
  }
}
