import Columnar

/// How a column is marked whose fields cannot be had back byte for byte, and what the mark means.
enum FidelityMark {
  static func mark(_ fidelity: Fidelity) -> String {
    switch fidelity {
    case .text: ""
    case .value: "*"
    case .rounded: "≈"
    case .error: "~"
    }
  }

  static func legend(_ fidelity: Fidelity) -> String? {
    switch fidelity {
    case .text: nil
    case .value: "* same values, but spelled in several ways in the file (1.50 and 1.5)"
    case .rounded: "≈ the nearest binary64: the file has more digits than that holds"
    case .error: "~ changed as allowed by --float-error: the nearest binary32"
    }
  }

  /// The legends of the marks that occur.
  static func legends(_ columns: [AnalysisReport.Column]) -> [String] {
    Fidelity.allCases.filter { fidelity in columns.contains { $0.fidelity == fidelity } }
      .compactMap(legend)
  }
}
