package import Contracts
import FileIO
import Platform

/// Contracts in files.
package enum ContractFile {
  /// The contract in a file of YAML or JSON.
  ///
  /// - Parameter table: The name of the table, where the contract has several.
  /// - Throws: `DocumentError` where it cannot be read, `ContractError` with the line where it is none.
  package static func read(_ path: String, table: String? = nil) throws -> TableContract {
    let bytes = try JSONDocument.bytes(path, kind: "contract")
    guard bytes.count <= byteLimit else {
      throw DocumentError(
        path: path,
        message: "the file has \(bytes.count) bytes; a contract has at most \(byteLimit)")
    }
    if bytes.starts(with: Array("DIETPROF".utf8)) {
      throw DocumentError(
        path: path, message: "this is a profile; `diet lock \(path) -o LOCK` makes a lock of it")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DocumentError(path: path, message: "this is no contract: it is not text in UTF-8")
    }
    var contract = try ContractReader.contract(text, path: path, table: table)
    contract.path = path
    return contract
  }

  private static let byteLimit = 1 << 26

  /// The contract as a file of that name has it: JSON where the name ends so.
  package static func text(of contract: TableContract, path: String) throws -> String {
    let document = ContractDocument(contract)
    return path.lowercased().hasSuffix(".json") ? document.json : try document.yaml()
  }

  /// Saves a lock. A contract that is there is replaced; so is no other file.
  ///
  /// - Throws: `DocumentError` where the file holds anything else, `OutputError`.
  package static func write(_ contract: TableContract, to path: String) throws {
    try refuseToReplaceOther(atPath: path)
    let file = try AtomicFile(path: path)
    let bytes = Array(try text(of: contract, path: path).utf8)
    try bytes.withUnsafeBytes { try file.write($0, at: 0) }
    try file.commit()
  }

  /// Throws where there is a file that is no contract, of this version or another.
  package static func refuseToReplaceOther(atPath path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      return
    }
    let start = try? CSVInput.path(path).start(byteCount: 4096)
    let words = String(decoding: start ?? [], as: UTF8.self)
    guard words.contains("DataContract"), words.contains("apiVersion") else {
      throw DocumentError(
        path: path, message: "that file has something else in it than a lock; name another one")
    }
  }
}
