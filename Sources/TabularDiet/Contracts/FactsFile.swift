import Columnar
package import Contracts
import FileIO
import FoundationEssentials
import MemoryDiet
package import Options

/// What is known of a table, whatever file says so.
package struct FactsFile: Sendable {
  /// `table`, `profile`, `plan` or `lock`.
  package let kind: String
  package let facts: TableFacts

  /// - Parameter path: A table, in a file, a folder or a pattern, or a profile, plan or lock of one.
  /// - Throws: what reading it throws.
  package init(_ path: String, options: ReadingOptions, progress: (@Sendable (Int) -> Void)? = nil)
    throws
  {
    switch Self.document(path) {
    case .contract:
      let contract = try ContractFile.read(path)
      guard let facts = contract.facts else {
        throw DocumentError(
          path: path,
          message:
            "that contract says what must be, and not what a table was; `diet check` holds a table against it"
        )
      }
      (kind, self.facts) = ("lock", facts)
    case .plan: (kind, facts) = ("plan", TableFacts(try DietPlan(contentsOfFile: path)))
    case nil:
      let profiled = try TableReader(profiles: [path], options: options)
      var reader = try profiled ?? TableReader([path], options: options, digest: nil)
      reader.progress = progress
      var profiling = ProfilingOptions()
      profiling.obstacles = .none
      facts = try reader.profile(profiling).facts(wordLimit: Self.wordLimit)
      kind = profiled == nil ? "table" : "profile"
    }
  }

  private static let wordLimit = 1 << 12

  private enum Document { case contract, plan }

  /// What a document of text is, by its first bytes; `nil` for tables.
  private static func document(_ path: String) -> Document? {
    guard SealedDocument.isRegularFile(path), !SealedDocument.profile.isFile(path),
      let start = try? CSVInput.path(path).start(byteCount: 4096)
    else { return nil }
    let text = String(decoding: start, as: UTF8.self)
    if text.contains("apiVersion"), text.contains("DataContract") { return .contract }
    let isObject = text.drop { $0.isWhitespace }.first == "{"
    return isObject && text.contains("\"columns\"") && text.contains("\"policy\"")
      || isObject && text.contains("\"layout\"") && text.contains("\"encoding\"") ? .plan : nil
  }
}

extension TableFacts {
  /// What a plan says: names, types and layouts.
  fileprivate init(_ plan: DietPlan) {
    self.init(
      rowCount: 0,
      columns: plan.columns.map { planned in
        var column = ColumnFacts(name: planned.name, type: planned.type)
        column.layout = planned.layout.description
        column.words = planned.categories?.words
        return column
      })
    knowsRows = false
  }
}
