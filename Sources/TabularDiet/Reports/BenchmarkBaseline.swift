import FoundationEssentials
package import KernelBench

/// What `diet bench --format json` printed earlier: measurements to compare with.
package struct BenchmarkBaseline: Sendable {
  package let path: String
  package let measurements: [KernelMeasurement]
  /// The processor that they were made on.
  package let processor: String
  package let architecture: String

  /// - Throws: `DocumentError`.
  package init(contentsOfFile path: String) throws {
    let document: Document = try JSONDocument.decode(
      JSONDocument.bytes(path, kind: "baseline"), path: path, kind: "baseline")
    guard document.version == 1 else {
      throw DocumentError(
        path: path,
        message: "the baseline has version \(document.version), this diet reads version 1")
    }
    for measurement in document.results where !measurement.isSound {
      throw DocumentError(
        path: path,
        message: "the numbers of column `\(measurement.column)`, kernel \(measurement.kernel), are"
          + " none that a run could give; make the baseline again with `diet bench --format json`")
    }
    self.path = path
    measurements = document.results
    processor = document.machine.cpu
    architecture = document.machine.architecture
  }

  private struct Document: Decodable {
    let version: Int
    let machine: Machine
    let results: [KernelMeasurement]

    enum CodingKeys: String, CodingKey {
      case version = "schema_version"
      case machine, results
    }

    struct Machine: Decodable {
      let cpu: String
      let architecture: String
    }
  }
}

extension KernelMeasurement {
  /// Whether ratios are above 0, and counts not below it.
  fileprivate var isSound: Bool {
    [ratio, low, high].allSatisfy { $0 > 0 && $0.isFinite } && low <= high
      && wideByteCount >= 0 && leanByteCount >= 0 && rowCount > 0
  }
}
