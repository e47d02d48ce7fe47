package import Columnar

/// A table of text as engines load it: all that the formulas of this folder need to know.
package struct LoadingTable: Sendable {
  /// What is known of each column.
  package let profiles: [ColumnProfile]
  /// The bytes of the text, unpacked.
  package let textByteCount: Int
  /// The bytes of the lean columns.
  package let leanByteCount: Int
  /// Whether these are foretold from some of the values.
  package let isLeanForetold: Bool

  /// The rows of each column.
  var rowCount: Int { profiles.first?.rowCount ?? 0 }

  package init(
    profiles: [ColumnProfile], textByteCount: Int, leanByteCount: Int, isLeanForetold: Bool = false
  ) {
    self.profiles = profiles
    self.isLeanForetold = isLeanForetold
    self.textByteCount = textByteCount
    self.leanByteCount = leanByteCount
  }
}

/// What an engine takes for a table.
package struct LoadingBytes: Hashable, Sendable {
  /// What it holds once the table is there, by a formula of its buffers.
  package var held: Int
  /// How far its resident memory grows while it loads the table: an estimate, from factors that were measured
  /// and are rather too large (`docs/budget.md`).
  package var peak: Int
}

/// An engine that loads a table of text: what that takes, beside what the engine takes without any table.
/// `docs/budget.md` states the calls, the factors and how far they were off.
///
/// To add one: write its file and a line in `LoadingEngines.all`; `bench/predict_bytes.py` measures.
package protocol LoadingEngine: Sendable {
  /// The key in the report.
  var name: String { get }

  /// Whether what it holds of the table is foretold, not counted.
  func isForetold(of table: LoadingTable) -> Bool

  /// Whether it refuses text, without options, that has records with more fields than the header, or reads it
  /// otherwise.
  var refusesLongRecords: Bool { get }

  /// What the engine takes for the table.
  func bytes(of table: LoadingTable) -> LoadingBytes
}

extension LoadingEngine {
  package func isForetold(of table: LoadingTable) -> Bool { false }
}

/// Every engine whose needs are foretold, and the only place that knows them all.
package enum LoadingEngines {
  /// All of them, in the order in which reports show them.
  package static let all: [any LoadingEngine] = [
    PandasLoading(), PolarsLoading(), DuckDBLoading(), DaskLoading(), LeanLoading(),
  ]
}

/// A sum of bytes, each with a factor that was measured.
struct PeakEstimate {
  private var sum = 0.0

  /// - Parameter constant: What a table of two rows takes, too.
  init(constant: Int) { sum = Double(constant) }

  mutating func add(_ factor: Double, _ byteCount: Int) { sum += factor * Double(byteCount) }

  /// No less than what is held in the end.
  func bytes(held: Int) -> LoadingBytes {
    LoadingBytes(held: held, peak: max(held, Int(min(sum.rounded(), 0x1p62))))
  }
}
