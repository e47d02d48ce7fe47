package import Columnar
public import DietReport
import FileIO
import MemoryDiet
import Pipeline
import Wording

/// A lean file held against the file that it was made from: the certificate made again from the
/// source, and every value of the lean file compared.
package struct Verification {
  /// What does not agree, column by column.
  package struct Finding: Hashable, Sendable {
    package var column: String
    package var fidelity: Fidelity
    /// The first row that differs, from 0, and both texts.
    package var row: Int?
    package var expected: String?
    package var found: String?
    package var differs: Bool
  }

  /// Whether the source is another than the one that was read.
  package let isOfOtherSource: Bool
  package let threadCount: Int
  package let findings: [Finding]
  /// What differs that is no value: files, columns, rows, digests.
  package let differences: [String]
  /// How the source was read.
  package let notes: [Note]
  /// The lines of the rows that differ, from 1, where the source has lines that can be read once more.
  let lines: [Int: Int]

  /// Reads the source again, in the order in which it was read, into the columns of the lean file.
  package init(of lean: LeanFile, against reader: TableReader) throws {
    let certificate = lean.certificate
    if let other = OtherSourceError(lean, reader.inputs, certificate) { throw other }
    let source = try Self.load(reader, as: lean)
    let frame = try source.frame
    let files = source.certificate([]).files
    threadCount = source.profile.threadCount
    notes = source.profile.notes + source.profile.readingNotes
    var differences: [String] = []
    if frame.rowCount != certificate.rowCount {
      differences.append(
        "the source has \(CountText(frame.rowCount, "row")), the lean file was made from"
          + " \(CountText(certificate.rowCount))")
    }
    isOfOtherSource = files.map(\.digest) != certificate.files.map(\.digest)
    if isOfOtherSource {
      differences.append(
        "the source is not the file that was read: its \(certificate.algorithm.rawValue) is"
          + " \(files.map(\.digest).joined(separator: ", ")), the certificate says"
          + " \(certificate.files.map(\.digest).joined(separator: ", "))")
    }
    var findings: [Finding] = []
    for (profile, proof) in zip(frame.profiles, certificate.columns) {
      let again = Certificate.ColumnProof(
        profile, type: proof.type, layout: proof.layout, digest: proof.digest)
      // A column read as what the plan says may be spelled in more ways than one that was inferred:
      // only whether values changed is held against the certificate.
      if (again.fidelity == .error) != (proof.fidelity == .error) || again.error != proof.error {
        differences.append(
          "\(proof.name): the certificate says \(proof.levelWords), the source \(again.levelWords)")
      }
    }
    for (column, proof) in zip(frame.columns, certificate.columns) {
      let differs =
        column.digest(certificate.algorithm, threads: threadCount) != proof.digest
        || column.name != proof.name
      findings.append(
        Finding(column: proof.name, fidelity: proof.fidelity, differs: differs))
    }
    try Self.compareValues(lean, frame, certificate.plan, &findings, &differences)
    let rows = Set(findings.compactMap(\.row))
    let places = rows.isEmpty ? [:] : (try? source.profile.summary.source.find(rows: rows)) ?? [:]
    // Of several files, a line alone is none's.
    lines = places.compactMapValues { $0.file == nil ? $0.line : nil }
    self.findings = findings
    self.differences = differences
  }

  package var isVerified: Bool { differences.isEmpty && !findings.contains(where: \.differs) }

  /// The source in the layouts of the lean file.
  private static func load(_ reader: TableReader, as lean: LeanFile) throws -> PreparedTable {
    let (certificate, inputs) = (lean.certificate, reader.inputs)
    let plan = certificate.plan
    var reading = try reader.reading()
    reading.reading.digestAlgorithm = certificate.algorithm
    reading.reading.byteRange = certificate.files.first?.byteRange
    reading.typing = certificate.typing
    (reading.targets, reading.drop) = ([:], [])
    reading.plan = plan
    reading.only = Set(plan.columns.map(\.name))
    let added = certificate.columns.filter { $0.isAdded == true }.map(\.name)
    reading.rules.mayLack = Set(added)
    do {
      var table = try reading.load(keepsValues: true)
      let isSame =
        table.inputsRead.map { $0.stored.digest ?? "" } == certificate.files.map(\.digest)
      for name in added where !table.columns.contains(where: { $0.profile.name == name }) {
        table.insertNulls(name, at: table.columns.count)
      }
      if isSame || !added.isEmpty {
        // A plan may have put them in its order.
        let ranks = Dictionary(plan.columns.enumerated().map { ($1.name, $0) }) { first, _ in first
        }
        table.sortColumns { ranks[$0] ?? .max }
      }
      return try PreparedTable(
        finishing: table, by: reader, typing: reading.typing,
        plan: plan, policy: plan.policy, digest: certificate.algorithm)
    } catch {
      // The plan is the lean file's own: only another source does not fit it, or other options.
      guard let fault = OtherSourceError.Fault(error, inputs: inputs) else { throw error }
      let digests = try? inputs.map { try $0.stored(digestAlgorithm: certificate.algorithm).digest }
      if digests == certificate.files.map(\.digest) {
        throw OtherSourceError(fault, isReadOtherwise: lean)
      }
      throw OtherSourceError(fault, lean, inputs, reading.reading.files)
    }
  }

  /// Compares what stands in the lean file.
  private static func compareValues(
    _ lean: LeanFile, _ frame: DataFrame, _ plan: DietPlan, _ findings: inout [Finding],
    _ differences: inout [String]
  ) throws {
    let hasSaid = !differences.isEmpty
    for difference in try lean.format.differences(at: lean.path, from: frame, plan: plan) {
      // Another number of rows was told above.
      if difference.column == nil, hasSaid { continue }
      guard let name = difference.column,
        let index = findings.firstIndex(where: { $0.column == name })
      else {
        differences.append(
          "the lean file has \(difference.file ?? "nothing"),"
            + " the source \(difference.table ?? "nothing")")
        continue
      }
      findings[index].differs = true
      findings[index].row = difference.row
      findings[index].expected = difference.table
      findings[index].found = difference.file
    }
  }
}

extension LeanFile {
  /// Holds the file against what it was made from: reads the source once more, makes the certificate again, and
  /// compares every value.
  ///
  /// - Parameter source: The source, with the options that it was read with. One that can be read only once, such
  ///   as standard input, has to be read with the certificate's algorithm for digests.
  /// - Returns: What agrees and what does not; `isVerified` says whether all does.
  /// - Throws: `OtherSourceError` where the source cannot be stored as the lean file is, or is more or fewer files;
  ///   `ReadingError` where one of them cannot be read.
  public func verify(against source: TableReader) throws -> VerificationReport {
    let start = ContinuousClock.now
    let verification = try Verification(of: self, against: source)
    return VerificationReport(
      path: path, originalPath: source.paths[0], rowCount: certificate.rowCount,
      columns: verification.findings.map { finding in
        VerificationReport.Column(
          name: finding.column, fidelity: finding.fidelity,
          firstDifference: finding.differs
            ? VerificationReport.Difference(
              row: finding.row.map { $0 + 1 }, line: finding.row.flatMap { verification.lines[$0] },
              expected: finding.expected, found: finding.found)
            : nil)
      },
      differences: verification.differences, isOfOtherSource: verification.isOfOtherSource,
      notes: verification.notes,
      timing: AnalysisReport.Timing(
        wallSeconds: (ContinuousClock.now - start).seconds,
        threadCount: verification.threadCount))
  }
}

extension Certificate.ColumnProof {
  /// `value`, `error up to 5.9e-08 where 1e-06 is allowed`
  fileprivate var levelWords: String {
    guard let error else { return "`\(fidelity.rawValue)`" }
    return "`\(fidelity.rawValue)` up to \(error.greatest) where \(error.limit) is allowed"
  }
}
