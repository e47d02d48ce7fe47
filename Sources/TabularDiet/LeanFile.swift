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

  /// What a table of this form is finished for.
  package var purpose: LeanTable.Purpose { form == .arrow ? .writing : .frame }

  /// What was written.
  package struct Written {
    package var certificate: Certificate
    /// The bytes that the columns take in memory.
    package var footprint: Footprint
  }

  /// Writes a table, once.
  package func write(_ table: LeanTable, typing: TypingOptions) throws -> Written {
    switch form {
    case .arrow: return try writeArrow(table, typing)
    case .csv:
      guard let frame = table.frame else { fatalError("a CSV file is made from a frame") }
      let certificate = table.certificate(frame.columns.map(\.digest), typing: typing)
      try CSVFileWriter(frame).write(to: path)
      try certificate.write(toFile: certificatePath)
      return Written(certificate: certificate, footprint: frame.footprint)
    }
  }

  /// Columns are made while they are written. Their digests stand before them in the file, and are
  /// known after them: so the certificate is written at first without.
  private func writeArrow(_ table: LeanTable, _ typing: TypingOptions) throws -> Written {
    guard let columns = table.columns else { fatalError("the table has its values") }
    let unknown = String(repeating: "0", count: 32)
    func metadata(_ certificate: Certificate) throws -> [ArrowMetadata] {
      [ArrowMetadata(key: Self.certificateKey, value: try certificate.json())]
    }
    var options = ArrowWritingOptions()
    options.threadCount = table.threadCount
    options.metadata = try metadata(
      table.certificate(columns.map { _ in unknown }, typing: typing))
    var written: Written?
    do {
      try ArrowFileWriter(columns, rowCount: table.loaded.rowCount, options: options)
        .write(to: path) { columns in
          let certificate = table.certificate(columns.map(\.digest), typing: typing)
          written = Written(
            certificate: certificate,
            footprint: columns.reduce(Footprint()) { $0 + $1.footprint })
          return try metadata(certificate)
        }
    } catch let error as EncodingError {
      throw table.loaded.source.misfit(error)
    }
    return written!
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

extension LeanTable {
  /// The certificate of the table, given the digest of each column.
  package func certificate(_ digests: [String], typing: TypingOptions) -> Certificate {
    let files = loaded.inputs.map {
      Certificate.File(
        name: $0.name, byteCount: $0.stored.byteCount, digest: $0.stored.digest ?? "")
    }
    let proofs = zip(zip(columns ?? [], recommendations), digests).map { column, digest in
      Certificate.ColumnProof(
        column.1.profile, type: column.0.outline.type, layout: column.0.outline.layout,
        digest: digest)
    }
    return Certificate(
      files: files, rowCount: loaded.rowCount, typing: typing, columns: proofs)
  }
}

extension Certificate {
  /// How many columns hold at each level.
  package var columnCounts: [Fidelity: Int] {
    Dictionary(grouping: columns, by: \.fidelity).mapValues(\.count)
  }
}
