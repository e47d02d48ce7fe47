import Columnar
import FileIO

/// The inputs of a table that each have their own columns: what each of them is by itself.
struct CSVParts {
  private(set) var tables: [CSVTableSource] = []
  private var detections: [CSVDetection] = []

  /// Opens each input once, as far as its header.
  ///
  /// - Throws: `ReadingError`, where an input has no header, too.
  init(_ inputs: [CSVInput], detection: CSVDetection) throws {
    var known: Set<String> = []
    for input in inputs {
      var own = detection
      var start = try CSVFileStart(input, detection: own)
      if !start.fields.isEmpty, !start.dialect.hasHeader {
        // Names that another input has are names.
        guard !known.isDisjoint(with: HeaderNames.unique(start.fields)) else {
          throw ReadingError(
            .headerMismatch, file: input.name, line: start.dataLine,
            "the first record does not look like a header, and columns are put together by name",
            remedy: "\(option: "header") says that it is one")
        }
        own.options.hasHeader = true
        start = try CSVFileStart(input, detection: own)
      }
      let table = CSVTableSource(start, inputs: inputs, options: detection.options)
      known.formUnion(table.columnNames)
      tables.append(table)
      detections.append(own)
    }
  }

  /// Opens an input once more.
  ///
  /// - Throws: `ReadingError`
  func open(_ index: Int) throws -> CSVFileStart {
    let table = tables[index]
    let start = try CSVFileStart(table.inputs[index], detection: detections[index])
    guard start.fields.isEmpty || HeaderNames.unique(start.fields) == table.columnNames else {
      throw ReadingError.changedWhileRead(file: table.inputs[index].name)
    }
    return start
  }
}
