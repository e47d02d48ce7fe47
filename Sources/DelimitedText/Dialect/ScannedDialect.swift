package import Columnar

/// What of a dialect says where records begin.
package struct ScannedDialect: Hashable, Sendable {
  private let dialect: CSVDialect
  private let widths: [Int]

  package init(_ dialect: CSVDialect) {
    self.dialect = dialect.profiled
    widths = [dialect.commentExemptWidth, dialect.quoteMendWidth].map { $0.map { $0 + 1 } ?? 0 }
  }
}

extension ScannedDialect: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    dialect = try reader.read()
    widths = [try reader.readCount(), try reader.readCount()]
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(dialect)
    for width in widths { writer.write(count: width) }
  }
}
