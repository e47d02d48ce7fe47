package import Columnar
package import DelimitedText
import DietReport
package import FileIO
import MemoryDiet

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

  package let rowCount: Int
  /// Whether the source is another than the one that was read.
  package let isOfOtherSource: Bool
  package let threadCount: Int
  package let findings: [Finding]
  /// What differs that is no value: files, columns, rows, digests.
  package let differences: [String]

  /// - Parameter inputs: the source, in the order in which it was read.
  package init(
    lean: LeanFile, inputs: [CSVInput], reading: CSVReadingOptions
  ) throws {
    let certificate = try lean.certificate()
    var options = reading
    options.digestAlgorithm = certificate.algorithm
    let plan = certificate.plan
    if let other = OtherSource(lean, inputs, certificate) { throw other }
    let frameAndFiles = try Self.load(inputs, options, certificate, of: lean)
    let frame = frameAndFiles.frame
    threadCount = frameAndFiles.threadCount
    var differences: [String] = []
    if frame.rowCount != certificate.rowCount {
      differences.append(
        "the source has \(CountText(frame.rowCount, "row")), the lean file was made from"
          + " \(CountText(certificate.rowCount))")
    }
    isOfOtherSource = frameAndFiles.files.map(\.digest) != certificate.files.map(\.digest)
    if isOfOtherSource {
      differences.append(
        "the source is not the file that was read: its \(certificate.algorithm.rawValue) is"
          + " \(frameAndFiles.files.map(\.digest).joined(separator: ", ")), the certificate says"
          + " \(certificate.files.map(\.digest).joined(separator: ", ")); if it has changed since,"
          + " put it on a diet again")
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
        column.digest(certificate.algorithm) != proof.digest || column.name != proof.name
      findings.append(
        Finding(column: proof.name, fidelity: proof.fidelity, differs: differs))
    }
    try Self.compareValues(lean, frame, plan, &findings, &differences)
    rowCount = certificate.rowCount
    self.findings = findings
    self.differences = differences
  }

  package var isVerified: Bool { differences.isEmpty && !findings.contains(where: \.differs) }

  private static func load(
    _ inputs: [CSVInput], _ options: CSVReadingOptions, _ certificate: Certificate,
    of lean: LeanFile
  ) throws -> (frame: DataFrame, files: [Certificate.File], threadCount: Int) {
    let plan = certificate.plan
    var request = TableReading(inputs: inputs, reading: options, typing: certificate.typing)
    request.plan = plan
    request.only = Set(plan.columns.map(\.name))
    let table: LeanTable
    do {
      table = try LeanTable(
        finishing: try request.load(keepsValues: true), plan: plan, policy: LayoutPolicy())
    } catch {
      // The plan is the lean file's own: only another source does not fit it, or other options.
      guard let fault = OtherSource.Fault(error, inputs: inputs) else { throw error }
      let digests = try? inputs.map { try $0.stored(digestAlgorithm: certificate.algorithm).digest }
      if digests == certificate.files.map(\.digest) {
        throw OtherSource(fault, isReadOtherwise: lean)
      }
      throw OtherSource(fault, lean, inputs, options.files)
    }
    guard let frame = table.frame else { fatalError("the loader was asked to keep values") }
    let files = table.loaded.inputs.map {
      Certificate.File(
        name: $0.name, byteCount: $0.stored.byteCount, digest: $0.stored.digest ?? "")
    }
    return (frame, files, table.threadCount)
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

extension Certificate.ColumnProof {
  /// `value`, `error up to 5.9e-08 where 1e-06 is allowed`
  fileprivate var levelWords: String {
    guard let error else { return "`\(fidelity.rawValue)`" }
    return "`\(fidelity.rawValue)` up to \(error.greatest) where \(error.limit) is allowed"
  }
}
