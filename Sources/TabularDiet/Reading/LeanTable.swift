public import Columnar
import FileIO
public import MemoryDiet
public import Pipeline

/// A table that was read, every column in the layout of its plan.
public struct LeanTable: Sendable {
  /// The columns.
  public let frame: DataFrame
  package let prepared: PreparedTable

  package init(_ prepared: PreparedTable) throws {
    self.prepared = prepared
    frame = try prepared.frame
  }

  /// What was learned of the table while it was read.
  package var profile: TableProfile { prepared.profile }

  /// What each column is stored as, what that takes and why, in the order of the table.
  public var recommendations: [Recommendation] { profile.recommendations }

  /// What a reader should know of the table as a whole.
  public var notes: [Note] { profile.notes }

  /// Records that were not as they should be: how many, and the row of the first.
  public var anomalies: TableAnomalies { profile.anomalies }

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
    prepared.certificate(prepared.columns.map { $0.digest(prepared.digestAlgorithm) })
  }

  /// Writes the records that were left out because they are odd, with the reasons, to the file at `path`,
  /// where they were collected.
  ///
  /// - Throws: `DocumentError` where the file holds anything else; `OutputError`.
  public func writeRejectedRecords(to path: String) throws {
    try profile.writeRejectedRecords(to: path)
  }
}

/// How a table is read with its values.
package struct Preparation: Sendable {
  /// What columns are read and stored as.
  package var plan: DietPlan?
  /// Whether the table may have columns that the plan has not; they are stored as is best.
  package var allowsOtherColumns = false
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
  /// - Parameter plan: What each column is read and stored as. The table has the columns of the plan, and a
  ///   value that does not fit is an error.
  /// - Throws: `OptionError` where an option is not for such a table; `ReadingError`.
  public func read(plan: DietPlan? = nil) throws -> LeanTable {
    try LeanTable(try prepare(Preparation(plan: plan)))
  }

  /// Reads the table once, and makes its columns, or prepares them.
  package func prepare(_ preparation: Preparation) throws -> PreparedTable {
    let start = ContinuousClock.now
    let saved = preparation.plan
    var reading = try reading(hashes: preparation.hashes)
    if let saved { reading.typing = saved.typing }
    reading.plan = saved
    let table = try reading.load(
      keepsValues: true, countsDistinct: preparation.countsDistinct)
    if let saved, !preparation.allowsOtherColumns {
      try saved.check(
        names: table.columns.map(\.profile.name), file: inputs.first?.name ?? paths[0])
    }
    let made =
      saved == nil && preparation.makesPlan
      ? DietPlan(
        for: table.columns.map(\.profile), columns: table.columns, policy: policy,
        typing: reading.typing, closesCategories: preparation.closesCategories)
      : nil
    var prepared = try PreparedTable(
      finishing: table, by: self, typing: reading.typing, plan: saved ?? made,
      policy: preparation.allowsOtherColumns ? policy : saved?.policy ?? policy,
      for: preparation.purpose, digest: digest ?? .xxh3)
    prepared.profile.duration = ContinuousClock.now - start
    return prepared
  }
}

extension DietPlan {
  /// Throws where a file's columns are not the plan's.
  fileprivate func check(names: [String], file: String) throws(ReadingError) {
    let planned = columns.map(\.name)
    let missing = planned.filter { !names.contains($0) }
    let extra = names.filter { !planned.contains($0) }
    guard !missing.isEmpty || !extra.isEmpty else { return }
    var parts: [String] = []
    if !missing.isEmpty { parts.append("lacks \(missing.joined(separator: ", "))") }
    if !extra.isEmpty { parts.append("also has \(extra.joined(separator: ", "))") }
    throw ReadingError(
      .invalidValue, file: file,
      "the table \(parts.joined(separator: " and ")): the plan is for other columns",
      remedy: .newPlan)
  }
}
