package import Columnar
import DelimitedText
package import FileIO
import Typing

extension CSVTableSource {
  /// The error for a value that was read and does not fit the layout that it was to be stored in:
  /// the records are read once more, up to that row, to say where it stands.
  package func misfit(_ error: LayoutError) -> ReadingError {
    var failure = ReadingError(
      .invalidValue, file: inputs.first?.name, column: error.column,
      "the column does not fit \(error.layout)",
      remedy: "\(Sentence.newPlan), or mend the file")
    if error.row == nil, error.layout == "utf8" {
      failure.message = "the column has more than 4 GiB of text, more than one column holds"
      failure.remedy =
        "leave it out with \(option: "drop", columns: [error.column]), or split the file"
    }
    if let problem = error.problem {
      (failure.message, failure.remedy) = (problem.message, problem.remedy)
    }
    guard let row = error.row, let place = try? place(ofRow: row, column: error.column) else {
      return failure
    }
    failure.file = place.file
    failure.line = place.position.line
    failure.record = row + 1
    failure.text = ReadingError.printable(place.field)
    if error.problem == nil { failure.message = "the value does not fit \(error.layout)" }
    return failure
  }

  /// The first field of a column, in the order of rows, for which `isSought` is true: its line, from 1,
  /// its file where there are several, and its text. The records up to it are read once more.
  func firstField(
    ofColumn column: Int, where isSought: (Field) -> Bool
  ) throws -> (line: Int?, file: String?, text: String)? {
    let reader = try CSVChunkReader(inputs: inputs, options: options)
    let scanner = ChunkScanner(table: reader.table)
    let raw = RawChunk()
    while try reader.next(into: raw) {
      let chunk = try scanner.scan(raw)
      let fields = ChunkFields(chunk, of: raw, table: reader.table)
      guard column < fields.count else { continue }
      let slice = fields[column]
      guard let row = (0..<slice.rowCount).first(where: { isSought(slice[$0]) }) else { continue }
      return (
        position(ofRow: row, in: raw).line, inputs.count > 1 ? raw.fileName : nil,
        ReadingError.printable(Array(slice[row].bytes))
      )
    }
    return nil
  }

  private struct Place {
    var file: String
    var position: InputPosition
    var field: [UInt8]
  }

  /// The line of a row, from 1, and its file where there are several: the records up to it are read
  /// once more. `nil` where the input has changed since.
  func place(ofRow row: Int) -> (line: Int, file: String?)? {
    guard let name = columnNames.first, let place = try? place(ofRow: row, column: name),
      let line = place.position.line
    else { return nil }
    return (line, inputs.count > 1 ? place.file : nil)
  }

  private func place(ofRow row: Int, column name: String) throws -> Place? {
    let reader = try CSVChunkReader(
      inputs: inputs, options: options)
    let scanner = ChunkScanner(table: reader.table)
    let raw = RawChunk()
    var firstRow = 0
    while try reader.next(into: raw) {
      let chunk = try scanner.scan(raw)
      defer { firstRow += chunk.rows }
      guard row < firstRow + chunk.rows else { continue }
      let fields = ChunkFields(chunk, of: raw, table: reader.table)
      let names = HeaderNames.extended(columnNames, to: fields.count)
      guard let column = names.firstIndex(of: name) else { return nil }
      return Place(
        file: raw.fileName, position: position(ofRow: row - firstRow, in: raw),
        field: Array(fields[column][row - firstRow].bytes))
    }
    return nil
  }
}
