/// What the columns of a table are in one of its inputs: fields of its own, or the same text in all of
/// its rows.
package struct InputColumns: Sendable {
  /// Where a column's values come from.
  package enum Origin: Hashable, Sendable {
    /// The input's field of that number, from 0.
    case field(Int)
    /// The same text in every row: a key of the path, or the file's name; `nil` where it is missing.
    case constant([UInt8]?)
  }

  package let origins: [Origin]
  /// How many fields the input has. What longer records have beyond that stands behind all columns.
  package let fieldCount: Int

  /// The texts that are the same in every row, as records have them.
  let constants: [ConstantField?]

  init(origins: [Origin], fieldCount: Int) {
    self.origins = origins
    self.fieldCount = fieldCount
    constants = origins.map {
      if case .constant(let text) = $0 { ConstantField(text) } else { nil }
    }
  }
}

/// A chunk's fields by the columns of the table.
struct ChunkFields {
  private let chunk: RegularChunk
  private let quote: UInt8
  /// `nil` where the input's fields are the table's columns.
  private let columns: InputColumns?

  init(_ chunk: RegularChunk, of raw: RawChunk, table: CSVTableSource) {
    self.chunk = chunk
    quote = table.part(raw.fileIndex).dialect.quoteOrZero
    columns = table.columns(ofInput: raw.fileIndex)
  }

  /// At least the table's columns; more where records of this chunk have extra fields.
  var count: Int {
    guard let columns else { return chunk.columns }
    return columns.origins.count + max(0, chunk.columns - columns.fieldCount)
  }

  subscript(column: Int) -> FieldSlice {
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

/// One text as a chunk of records has a field, the same in every row.
///
/// Unchecked: never written once it is made.
final class ConstantField: @unchecked Sendable {
  private static let margin = 64
  private let memory: UnsafeMutablePointer<UInt8>
  private let ends: UnsafeMutablePointer<UInt32>
  private let isQuoted: Bool

  /// Missing, and not the empty text, where there is none.
  init(_ text: [UInt8]?) {
    // Nothing at all would be missing.
    isQuoted = text?.isEmpty == true
    let field = isQuoted ? [Self.quote, Self.quote] : text ?? []
    let byteCount = field.count + 1 + 2 * Self.margin
    memory = .allocate(capacity: byteCount)
    memory.initialize(repeating: 0, count: byteCount)
    for (index, byte) in field.enumerated() { memory[Self.margin + index] = byte }
    memory[Self.margin + field.count] = UInt8(ascii: "\n")
    ends = .allocate(capacity: 2)
    ends[0] = .max
    ends[1] = UInt32(field.count)
  }

  deinit {
    memory.deallocate()
    ends.deallocate()
  }

  private static let quote = UInt8(ascii: "\"")

  /// The text in `rowCount` rows; valid as long as this is.
  func slice(rowCount: Int) -> FieldSlice {
    FieldSlice(
      bytes: memory + Self.margin, separators: ends + 1, stride: 0, column: 0, rowCount: rowCount,
      trimsCR: false, mayHaveQuotes: isQuoted, quote: Self.quote)
  }
}
