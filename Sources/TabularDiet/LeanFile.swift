package import Columnar
import Glibc
package import MemoryDiet
import TableIO

/// A lean table on disk, with its certificate: within an Arrow file, beside a CSV file.
package struct LeanFile {
  /// The forms that can be written.
  package enum Form: Sendable {
    case arrow
    case csv

    /// By the end of the name; `nil` for others.
    package init?(path: String) {
      if path.hasSuffix(".arrow") || path.hasSuffix(".feather") {
        self = .arrow
      } else if path.hasSuffix(".csv") {
        self = .csv
      } else {
        return nil
      }
    }
  }

  package static let certificateKey = "diet.certificate"

  package let path: String
  package let form: Form

  package init(path: String) {
    self.path = path
    form = Form(path: path) ?? .arrow
  }

  private var certificatePath: String { path + ".certificate.json" }

  package func write(_ frame: DataFrame, certificate: Certificate) throws {
    switch form {
    case .arrow:
      var options = ArrowWritingOptions()
      options.metadata = [
        ArrowMetadata(key: Self.certificateKey, value: try certificate.json())
      ]
      try ArrowFileWriter(frame, options: options).write(to: path)
    case .csv:
      try CSVFileWriter(frame).write(to: path)
      try certificate.write(toFile: certificatePath)
    }
  }

  /// The certificate that goes with the file.
  package func certificate() throws -> Certificate {
    switch form {
    case .arrow:
      guard let json = try ArrowFileReader(path: path).metadata(Self.certificateKey) else {
        throw DocumentError(
          path: path, message: "there is no certificate in it; `diet apply -o` writes one")
      }
      return try Certificate(json: json, path: path)
    case .csv: return try Certificate(contentsOfFile: certificatePath)
    }
  }

  /// The size of the file at `path`, 0 where there is none.
  package static func byteCount(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}

extension Certificate {
  /// How many columns hold at each level.
  package var columnCounts: [Fidelity: Int] {
    Dictionary(grouping: columns, by: \.fidelity).mapValues(\.count)
  }
}
