/// Code that reads a CSV file straight into the lean types, for one engine.
///
/// To add one: write its file in `Loaders`, add one line to `Loaders.all`. `--emit` and the tests,
/// which run what it prints in the real engine, find it there.
package protocol Loader: Sendable {
  /// What the user types after `--emit`.
  var name: String { get }

  /// What this engine cannot read of the file as it stands, a phrase each. Then the code reads a
  /// copy that `diet cat` writes.
  func obstacles(in table: LoaderTable) -> [String]

  /// The code, ending in a line end. `table` is one that the engine can read.
  func code(for table: LoaderTable) -> String
}

extension Loader {
  package func obstacles(in table: LoaderTable) -> [String] { table.obstacles }

  /// The code for any table: for a copy of it where this engine cannot read it as it stands.
  package func text(for table: LoaderTable) -> String {
    let obstacles = obstacles(in: table)
    return code(for: obstacles.isEmpty ? table : table.copied(because: obstacles))
  }
}

/// Every loader, and the only place that knows them all.
package enum Loaders {
  package static let all: [any Loader] = [
    PandasLoader(), PolarsLoader(), PyArrowLoader(), DuckDBLoader(), DaskLoader(), SparkLoader(),
    SQLLoader(), SwiftLoader(),
  ]

  /// The loader of that name, `nil` where there is none.
  package static func named(_ name: String) -> (any Loader)? { all.first { $0.name == name } }
}
