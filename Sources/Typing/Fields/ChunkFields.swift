package import DelimitedText
import FileIO

/// A chunk's fields by the columns of the table.
package struct ChunkFields {
  private let chunk: RegularChunk
  private let quote: UInt8
  /// `nil` where the input's fields are the table's columns.
  private let columns: InputColumns?

  package init(_ chunk: RegularChunk, of raw: RawChunk, table: CSVTableSource) {
    self.chunk = chunk
    quote = table.part(raw.fileIndex).dialect.quoteOrZero
    columns = table.columns(ofInput: raw.fileIndex)
  }

  /// At least the table's columns; more where records of this chunk have extra fields.
  package var count: Int {
    guard let columns else { return chunk.columns }
    return columns.origins.count + max(0, chunk.columns - columns.fieldCount)
  }

  package subscript(column: Int) -> FieldSlice {
    guard let columns else { return slice(column) }
    guard column < columns.origins.count else {
      return slice(column - columns.origins.count + columns.fieldCount)
    }
    if case .field(let field) = columns.origins[column] { return slice(field) }
    return columns.constants[column]!.slice(rowCount: chunk.rows)
  }

  private func slice(_ field: Int) -> FieldSlice {
    FieldSlice(
      bytes: chunk.bytes, separators: chunk.separators, stride: chunk.columns, column: field,
      rowCount: chunk.rows, trimsCR: chunk.trimsCR, mayHaveQuotes: chunk.mayHaveQuotes,
      quote: quote)
  }
}

extension ConstantField {
  /// The text in `rowCount` rows; valid as long as this is.
  func slice(rowCount: Int) -> FieldSlice {
    FieldSlice(
      bytes: bytes, separators: separators, stride: 0, column: 0, rowCount: rowCount,
      trimsCR: false, mayHaveQuotes: isQuoted, quote: Self.quote)
  }
}
