package import ArrowFormat
import Columnar
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

  /// The format of an input; `nil` for text, and for what cannot be unpacked, of which readers of text say
  /// what is wrong.
  ///
  /// - Parameters:
  ///   - start: The first stored bytes, where they are known.
  ///   - formats: Those that there are.
  /// - Throws: `ReadingError`, where it is packed and the format has to be unpacked first, too.
  package static func format(
    of input: CSVInput, startingWith start: [UInt8]? = nil,
    among formats: [any TypedFileFormat] = all
  ) throws -> (any TypedFileFormat)? {
    let start = try start ?? input.start(byteCount: CSVInput.startByteCount)
    if let format = formats.first(where: { $0.recognizes(start, name: input.name) }) {
      return format
    }
    guard CSVInput.isPacked(start), let (source, packing) = try? input.openUnpacked(), let packing,
      let format = formats.first(where: {
        $0.recognizes(source.prefix, name: unpackedName(input.name))
      })
    else { return nil }
    if format.readsPacked { return format }
    throw ReadingError(
      .unsupportedInput, file: input.name, "the file is \(format.words), \(packing.words)",
      remedy: packing.remedy)
  }

  /// `a.jsonl` for `a.jsonl.gz`, and for `all.zip/a.jsonl`.
  private static func unpackedName(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".")
    return parts.count > 2 ? parts.dropLast().joined(separator: ".") : String(name)
  }
}
