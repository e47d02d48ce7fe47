import Columnar
package import Contracts
import FileIO
import FoundationEssentials
package import Options
import Wording

/// The tables of a history: each is a table at a time.
package struct HistoryFiles: Sendable {
  package let entries: [TableHistory.Entry]
  /// What was left out of folders and patterns, and why; `nil` where that is nothing.
  package let note: String?

  /// Reads files as they were named, and all in folders and patterns that is a table, a profile or a lock.
  ///
  /// - Parameter columns: Columns of the table whose history it is; `nil` for that of which there is most.
  /// - Throws: `DocumentError` where a file that was named is none of the table, or there is none at all, and what
  ///   reading one throws that was named.
  package init(_ paths: [String], columns: [String]? = nil, options: ReadingOptions) throws {
    var found: [(path: String, isNamed: Bool, facts: TableFacts)] = []
    var leftOut: [(path: String, why: String)] = []
    var failure: (any Error)?
    for (path, isNamed) in try Self.files(paths) {
      do {
        let facts = try FactsFile(path, options: options).facts
        if facts.knowsRows, facts.rowCount > 0 {
          found.append((path, isNamed, facts))
        } else {
          leftOut.append((path, facts.knowsRows ? "no rows" : "no table"))
        }
      } catch {
        if isNamed || error is OptionError { throw error }
        failure = failure ?? error
        leftOut.append((path, "cannot be read"))
      }
    }
    let known = columns.map(Set.init) ?? Self.columnsOfMost(found.map(\.facts))
    var entries: [TableHistory.Entry] = []
    for (path, isNamed, facts) in found {
      if facts.columns.contains(where: { known.contains($0.name) }) {
        entries.append(TableHistory.Entry(name: path, facts: facts))
      } else if isNamed {
        throw DocumentError(
          path: path, message: "it has no column of the other tables: a history is of one table")
      } else {
        leftOut.append((path, "no column in common"))
      }
    }
    if entries.isEmpty {
      throw failure
        ?? DocumentError(
          path: paths.first ?? ".",
          message: "there is no table with rows in it, nor a profile or lock of one")
    }
    self.entries = entries
    note = Self.note(leftOut)
  }

  /// The columns of a table that has the column that most have.
  private static func columnsOfMost(_ tables: [TableFacts]) -> Set<String> {
    var counts: [String: Int] = [:]
    for table in tables { for column in table.columns { counts[column.name, default: 0] += 1 } }
    let most = counts.values.max()
    let table = tables.last { $0.columns.contains { counts[$0.name] == most } }
    return Set(table?.columns.map(\.name) ?? [])
  }

  private static func note(_ leftOut: [(path: String, why: String)]) -> String? {
    guard !leftOut.isEmpty else { return nil }
    let shown = leftOut.prefix(5).map { "\($0.path.onOneLine) (\($0.why))" }
    let more = leftOut.count > 5 ? " and \(CountText(leftOut.count - 5)) more" : ""
    return "left out of the history: \(shown.joined(separator: ", "))\(more)"
  }

  /// Files as they were named, and all in folders, by name; names that begin with a dot or an underscore are none.
  private static func files(_ paths: [String]) throws -> [(path: String, isNamed: Bool)] {
    var files: [(String, Bool)] = []
    for path in paths {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        guard path.contains(where: { "*?[".contains($0) }) else {
          throw DocumentError(path: path, message: "there is no such file or folder")
        }
        files += try InputFiles.matches(path).filter { !isCertificate($0) }.map { ($0, false) }
        continue
      }
      guard isFolder else {
        files.append((path, true))
        continue
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { !$0.hasPrefix(".") && !$0.hasPrefix("_") && !isCertificate($0) }
        .sorted()
      guard !names.isEmpty else { throw DocumentError(path: path, message: "the folder is empty") }
      files += names.map { (path.hasSuffix("/") ? path + $0 : "\(path)/\($0)", false) }
    }
    return files
  }

  private static func isCertificate(_ path: String) -> Bool { path.hasSuffix(".certificate.json") }
}
