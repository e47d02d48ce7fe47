package import ArrowFormat
package import FileIO
import ParquetFormat

/// Every format whose columns have types, and the only place that knows them all.
package enum TypedFileFormats {
  package static let all: [any TypedFileFormat] = [
    arrow,
    ArrowStreams(),
    parquet,
  ]

  package static let arrow: any TypedFileFormat = ArrowFiles()
  package static let parquet: any TypedFileFormat = ParquetFiles()

  /// The same for readers of text, who refuse packed files by these names.
  package static let signatures = TypedFileSignatures(all)

  /// The format of an input; `nil` for text, for what has to be unpacked first, and for what cannot be: of
  /// both, readers of text say what is wrong.
  ///
  /// - Parameters:
  ///   - start: The first stored bytes, where they are known.
  ///   - formats: Those that there are.
  package static func format(
    of input: CSVInput, startingWith start: [UInt8]? = nil,
    among formats: [any TypedFileFormat] = all
  ) throws -> (any TypedFileFormat)? {
    let start = try start ?? input.start(byteCount: CSVInput.startByteCount)
    if let format = formats.first(where: { $0.recognizes(start, name: input.name) }) {
      return format
    }
    let packed = formats.filter(\.readsPacked)
    guard !packed.isEmpty, CSVInput.isPacked(start), let (source, _) = try? input.openUnpacked()
    else { return nil }
    let name = TypedFileSignatures.unpackedName(input.name)
    return packed.first { $0.recognizes(source.prefix, name: name) }
  }
}
