package import Columnar
package import MemoryDiet
import Pipeline

extension PreparedTable {
  /// What was written of a table.
  package struct Written {
    package var certificate: Certificate
    /// The bytes that the columns take in memory.
    package var footprint: Footprint
  }

  /// The certificate of the table, given the digest of each column.
  package func certificate(_ digests: [String]) -> Certificate {
    let files = profile.summary.inputs.map {
      Certificate.File(
        name: $0.name, byteCount: $0.stored.byteCount, digest: $0.stored.digest ?? "",
        byteRange: $0.range)
    }
    let proofs = zip(zip(columns, profile.columnProfiles), digests).map { column, digest in
      var proof = Certificate.ColumnProof(
        column.1, type: column.0.outline.type, layout: column.0.outline.layout, digest: digest)
      if profile.addedColumns.contains(proof.name) { proof.isAdded = true }
      return proof
    }
    return Certificate(
      algorithm: digestAlgorithm, files: files, rowCount: profile.rowCount,
      typing: profile.typing.settled(by: profile.columnProfiles), columns: proofs)
  }

  /// What is proved of `columns`, which are the table's, once all their rows are made.
  package func certificate(of columns: [ColumnSource]) -> Certificate {
    certificate(columns.map { $0.digest(digestAlgorithm, threads: profile.threadCount) })
  }

  /// What was written, once all rows of `columns`, which are the table's, are made.
  package func written(_ columns: [ColumnSource]) -> Written {
    Written(
      certificate: certificate(of: columns),
      footprint: columns.reduce(Footprint()) { $0 + $1.footprint })
  }

  /// Runs `body`, which makes the columns; a value that does not fit its column becomes the error
  /// that names its place in the source.
  package func reportingMisfits<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as LayoutError {
      throw profile.summary.source.misfit(error)
    }
  }
}
