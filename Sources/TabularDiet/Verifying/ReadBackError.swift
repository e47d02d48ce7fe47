import FileIO

/// That a file, read back, does not say what was written to it.
public struct ReadBackError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  init(_ path: String, _ finding: Verification.Finding?) {
    let place = finding.map { finding in
      ", column `\(finding.column)`" + (finding.row.map { ", row \($0 + 1)" } ?? "")
    }
    description =
      "\(path)\(place ?? ""): read back, the file does not say what the input does, and was removed;"
      + " if the input did not change meanwhile, please report it"
  }
}

extension LeanFile {
  /// Holds the file, which was just written, against what it was made from, and removes it where it
  /// differs.
  ///
  /// - Throws: `ReadingError` where the input has changed since; `ReadBackError`.
  public func readBack(against reader: TableReader) throws {
    let changed = ReadingError.changedWhileRead(file: reader.inputs.first?.name)
    let verification: Verification
    do {
      verification = try Verification(of: self, against: reader)
    } catch let error as ReadingError where error.code == .unknownColumn {
      remove()
      throw ReadingError.changedWhileRead(file: error.file)
    } catch is OtherSourceError {
      remove()
      throw changed
    }
    if verification.isVerified { return }
    remove()
    if verification.isOfOtherSource { throw changed }
    throw ReadBackError(path, verification.findings.first(where: \.differs))
  }
}
