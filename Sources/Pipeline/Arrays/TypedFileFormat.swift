package import ArrowFormat
package import FileIO
import ParquetFormat

/// A file format whose columns have types already, told by how its files begin.
///
/// To add one: say how its files begin in `TypedFileSignature`, write its reader, an `ArrayTable`, its
/// format, and a line in `TypedFileFormats.all`.
package protocol TypedFileFormat: Sendable {
  /// What reports call it: `parquet`.
  var name: String { get }
  var signature: TypedFileSignature { get }

  func open(_ file: ArrowFileBytes) throws -> any ArrayTable
}

extension TypedFileFormat {
  /// What a sentence calls such a file: `a Parquet file`.
  package var words: String { signature.words }
}

/// Every such format, and the only place that knows them all.
package enum TypedFileFormats {
  package static let all: [any TypedFileFormat] = [
    arrow,
    ArrowStreams(),
    parquet,
  ]

  /// Arrow files, whose reader tells streams from them by itself.
  package static let arrow: any TypedFileFormat = ArrowFiles()
  package static let parquet: any TypedFileFormat = ParquetFiles()

  /// The format of an input; `nil` for text.
  package static func format(of input: CSVInput) throws -> (any TypedFileFormat)? {
    format(startingWith: try input.start(byteCount: CSVInput.startByteCount))
  }

  /// The format of a file that begins so; `nil` for text.
  package static func format(startingWith start: [UInt8]) -> (any TypedFileFormat)? {
    all.first { $0.signature.recognizes(start) }
  }
}

private struct ArrowFiles: TypedFileFormat {
  let name = "arrow"
  let signature = TypedFileSignature.arrow

  func open(_ file: ArrowFileBytes) throws -> any ArrayTable { try ArrowFileReader(file) }
}

private struct ArrowStreams: TypedFileFormat {
  let name = "arrow-stream"
  let signature = TypedFileSignature.arrowStream

  func open(_ file: ArrowFileBytes) throws -> any ArrayTable { try ArrowFileReader(file) }
}

private struct ParquetFiles: TypedFileFormat {
  let name = "parquet"
  let signature = TypedFileSignature.parquet

  func open(_ file: ArrowFileBytes) throws -> any ArrayTable { try ParquetFileReader(file) }
}
