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
    var contract = try ContractReader.contract(text(at: path), path: path, table: table)
    contract.path = path
    return contract
  }

  private static func text(at path: String) throws -> String {
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
    return text
  }

  private static let byteLimit = 1 << 26

  /// The contract as a file of that name has it: JSON where the name ends so.
  package static func text(of contract: TableContract, path: String) throws -> String {
    try ContractDocument(contract).text(path: path)
  }

  /// Saves a lock. A lock that is there is replaced; so is no other file.
  ///
  /// - Throws: `DocumentError` where the file holds anything else, or a lock that no longer can be had by locking
  ///   this table; `OutputError`.
  package static func write(_ contract: TableContract, to path: String) throws {
    try refuseToReplaceOther(atPath: path)
    if let text = try? text(at: path), let old = try? ContractReader.contract(text, path: path) {
      try refuseToReplace(old, written: text, by: contract, atPath: path)
    }
    try write(text(of: contract, path: path), to: path)
  }

  /// Saves a lock in place of the one that is there, with what else stands in that file.
  package static func write(
    _ contract: TableContract, inPlaceOf old: TableContract, at path: String
  ) throws {
    try write(
      ContractDocument(contract).text(path: path, keeping: text(at: path), of: old), to: path)
  }

  private static func write(_ text: String, to path: String) throws {
    let file = try AtomicFile(path: path)
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBytes { try file.write($0, at: 0) }
    try file.commit()
  }

  /// Throws where there is a file that is no lock, of this version or another, whole or damaged.
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
    let isLock = words.contains("customProperties") && words.contains(ContractDocument.key)
    guard isLock, (try? read(path))?.isLock ?? true else {
      throw DocumentError(
        path: path, message: "that contract was not written by `diet lock`; name another file")
    }
  }

  private static func refuseToReplace(
    _ old: TableContract, written: String, by new: TableContract, atPath path: String
  ) throws {
    let names = Set(new.columns.map { ExactText($0.name) })
    guard old.columns.isEmpty || old.columns.contains(where: { names.contains(ExactText($0.name)) })
    else {
      throw DocumentError(
        path: path,
        message: "that is the lock of another table, `\(old.table)`; name another file with -o")
    }
    let others = try ContractDocument(old).handWritten(in: written, path: path)
    guard let first = others.first else { return }
    let more = others.count > 1 ? " and \(others.count - 1) more" : ""
    throw DocumentError(
      path: path,
      message:
        "somebody wrote `\(first)`\(more) into that lock, which would be lost; `diet check FILES"
        + " --accept` keeps it, or name another file with -o")
  }
}
