package import Contracts

extension TableReader {
  /// The lock of the table in the words of another tool, with the code that reads a frame where it is of one.
  package func schema(as export: any SchemaExport) throws -> String {
    var reader = self
    if export.isOfFrame { reader.engine = .pandas }
    let (contract, profile) = try reader.locked()
    // Files that have types need no code.
    let code = export.isOfFrame ? try? profile.loadingCode(for: "pandas") : nil
    return try export.text(of: contract, loadingCode: code)
  }
}
