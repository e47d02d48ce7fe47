/// A language in which contracts are written.
///
/// To add one: write its file in `Imports`, add one line to `ContractReader.imports`. `diet check --lock` finds it there.
protocol ContractImport: Sendable {
  /// Keys by which its documents are known: each has one of them at its root, and no other language has.
  static var keys: [String] { get }

  /// The contract in a document.
  ///
  /// - Parameter table: The name of the table, where the document has several.
  /// - Throws: `ContractError`, with its line.
  static func contract(
    _ root: DocumentReader, table: String?
  ) throws(ContractError) -> TableContract
}

/// Reads contracts in YAML or JSON.
package enum ContractReader {
  /// Every language, and the only place that knows them all.
  private static let imports: [any ContractImport.Type] = [
    StandardContractReader.self, FrictionlessReader.self, DBTReader.self,
  ]

  /// The contract in a text.
  ///
  /// - Parameters:
  ///   - path: What errors call it.
  ///   - table: The name of the table, where the contract has several.
  /// - Throws: `ContractError`, with its line.
  package static func contract(
    _ text: String, path: String, table: String? = nil
  ) throws(ContractError) -> TableContract {
    let root = try DocumentReader(text, path: path)
    for language in imports where language.keys.contains(where: { root[$0] != nil }) {
      return try language.contract(root, table: table)
    }
    throw unknown(root, at: nil)
  }

  static func unknown(_ root: DocumentReader, at value: DocumentReader?) -> ContractError {
    // What has another ending is no lock that somebody spoiled, and not to be written over.
    let isNamedSo = [".yaml", ".yml", ".json"].contains(where: root.path.lowercased().hasSuffix)
    return ContractError(
      path: root.path, line: value?.line ?? 1,
      "this is no data contract: it has neither `kind: DataContract` nor what a Data Package, a"
        + " Table Schema or dbt's properties have; `diet lock FILES -o \(isNamedSo ? root.path : "LOCK")` writes one"
    )
  }
}

/// A table of a document that has several.
struct NamedTable {
  let name: String
  let object: DocumentReader

  init(_ name: String, _ object: DocumentReader) { (self.name, self.object) = (name, object) }
}

extension DocumentReader {
  /// The table of that name, or the only one.
  func table(_ name: String?, of tables: [NamedTable]) throws(ContractError) -> NamedTable {
    let names = tables.map(\.name).joined(separator: ", ")
    guard let first = tables.first else {
      throw error(
        "\(place.isEmpty ? "the document" : "`\(place)`") is empty: the contract names no columns")
    }
    if let name {
      guard let table = tables.first(where: { $0.name == name }) else {
        throw error("there is no table '\(name)'; tables are \(names)")
      }
      return table
    }
    guard tables.count == 1 else {
      throw error("the contract has \(tables.count) tables, \(names); say which with --table")
    }
    return first
  }
}
