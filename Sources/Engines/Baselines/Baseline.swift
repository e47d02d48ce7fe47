public import Columnar

/// An engine that a user would otherwise read the file with: what it makes of each column, and the
/// exact bytes that it then holds. `docs/before-bytes.md` states the calls, the formulas and how
/// they were checked.
///
/// To add one: write its file and a line in `Baselines.all`.
public protocol Baseline: Sendable {
  /// The key in the report, and what `--baseline` takes.
  var name: String { get }

  /// The bytes that the engine holds for the column.
  func bytes(of profile: ColumnProfile) -> Int

  /// The engine's own name for the type that it gives the column.
  func typeName(of profile: ColumnProfile) -> String
}

/// Every engine that we compare with, and the only place that knows them all.
public enum Baselines {
  /// All of them, in the order in which reports show them.
  public static let all: [any Baseline] = [
    PandasBaseline(),
    NullablePandasBaseline(),
    PolarsBaseline(),
    ArrowBaseline(),
  ]

  /// The one that "before" means where the user names no other.
  public static let standard: any Baseline = PandasBaseline()

  /// The engine of that name; `nil` where there is none.
  public static func named(_ name: String) -> (any Baseline)? {
    all.first { $0.name == name }
  }
}

/// The bytes of one bit a row: `bits(n)` of section 1.
func bitmapByteCount(_ rowCount: Int) -> Int { (rowCount + 7) / 8 }
