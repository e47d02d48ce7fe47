package import Columnar
import Wording

/// What arithmetic wraps in silence, in a sentence or two.
///
///     arithmetic wraps in silence. In pandas and polars: `* 60` and `** 2` of month, day (int8), year
///     (int16). Widen first, as by `astype("int32")`, or leave room: `--min-bits 32`
package struct WrappingNote {
  /// `nil` where none does.
  package let note: Note?

  /// - Parameter isPlanned: Whether a plan says how wide columns are.
  package init(_ arithmetic: WrappingArithmetic, isPlanned: Bool = false) {
    guard !arithmetic.findings.isEmpty else {
      note = nil
      return
    }
    var clauses: [(engines: String, what: String, columns: [String])] = []
    for finding in arithmetic.findings {
      let engines = finding.engines.map(\.rawValue).joined(separator: " and ")
      let what = Self.words(finding.operations)
      let columns = "\(Self.list(finding.columns)) (\(finding.type))"
      if let place = clauses.firstIndex(where: { $0.engines == engines && $0.what == what }) {
        clauses[place].columns.append(columns)
      } else {
        clauses.append((engines, what, [columns]))
      }
    }
    var sentences = ["arithmetic wraps in silence"]
    var engines: [String] = []
    for clause in clauses where !engines.contains(clause.engines) { engines.append(clause.engines) }
    for engines in engines {
      let parts = clauses.filter { $0.engines == engines }.map {
        "\($0.what) of \($0.columns.joined(separator: ", "))"
      }
      sentences.append("In \(engines): \(parts.joined(separator: "; "))")
    }
    let cast = arithmetic.signedBits.map { Self.cast(to: $0, arithmetic.findings) } ?? ""
    let isOfSums = arithmetic.findings.contains { $0.operations.contains(.summed) }
    let sums: Sentence =
      isOfSums && !isPlanned ? "; for `sum` in polars also \(option: "for", "polars")" : ""
    note = Note(
      .arithmeticWraps,
      """
      \(sentences.joined(separator: ". ")). Widen first\(cast), or \
      \(isPlanned ? "make the plan with" : "leave room:") \
      \(option: "min-bits", "\(arithmetic.roomyBits)")\(sums)
      """)
  }

  private static func cast(to bits: Int, _ findings: [WrappingArithmetic.Finding]) -> String {
    let isInPandas = findings.contains { $0.engines.contains(.pandas) }
    return isInPandas ? ", as by `astype(\"int\(bits)\")`" : ", as by `cast(pl.Int\(bits))`"
  }

  /// The operations: `* 60` and `** 2`, maybe `+` and `sum`.
  private static func words(_ operations: [WrappingArithmetic.Operation]) -> String {
    let parts = [true, false].compactMap { isCertain -> String? in
      let words = operations.filter { $0.isCertain == isCertain }.map { operation in
        switch operation {
        case .timesSixty: "`* 60`"
        case .squared: "`** 2`"
        case .added: "`+`"
        case .summed: "`sum`"
        }
      }
      if words.isEmpty { return nil }
      return (isCertain ? "" : "maybe ") + words.joined(separator: " and ")
    }
    return parts.joined(separator: ", ")
  }

  /// The names: `a, b, c and 9 more`.
  private static func list(_ names: [String]) -> String {
    let shown = names.count <= 4 ? names.count : 3
    let list = names.prefix(shown).map { $0.onOneLine.ellipsized(to: 24) }.joined(separator: ", ")
    return names.count > shown ? "\(list) and \(CountText(names.count - shown)) more" : list
  }
}

extension WrappingArithmetic.Engine {
  /// Those who read what is written for `target`.
  package static func readers(of target: TargetEngine) -> [WrappingArithmetic.Engine] {
    switch target {
    case .any: allCases
    case .pandas: [.pandas]
    case .polars: [.polars]
    case .duckdb, .spark: []
    }
  }
}
