import ArgumentParser
import Columnar
import DelimitedText
import DietReport
import FileIO
import Platform
import TabularDiet

struct CatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cat", abstract: "Print records as typed values, or as text.",
    discussion: """
      Typed values are printed in one canonical form: 2024-05-17T12:30:00Z, 12.30, true. With \
      --text, records are printed as they were read, each with its own fields.
      """)

  enum Form: String, CaseIterable { case csv, jsonl, table }

  private static let forms = Form.allCases.map(\.rawValue)

  @OptionGroup var reading: ReadingArguments

  @Flag(help: "Print records as they were read, without types or padding.")
  var text = false

  @Option(help: .formats(forms), completion: .list(forms))
  var format = "csv"

  private var form: Form { Form(rawValue: format) ?? .csv }

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Print only the first records.", valueName: "n"))
  var head: Int?

  func validate() throws {
    if let head, head < 0 { throw ValidationError("--head: \(head) is below 0") }
    try check("format", format, in: Self.forms)
    if text, form == .table {
      throw ValidationError("--text is printed as csv or jsonl, not as a table")
    }
    if text,
      let (option, value) = reading.options.given(in: [.files]).first(where: {
        $0.value != .truth(false)
      })
    {
      throw ValidationError(
        "--text: records are printed as they were read, and \(option.flag(for: value)) is for tables;"
          + " leave out one of the two")
    }
  }

  func run() throws {
    // A reader that goes away, as `head` does, then shows as a failed write.
    try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      do {
        let output = try AtomicFile(path: "-")
        try text ? printRecords(to: output) : printValues(to: output)
      } catch let error as OutputError where error.code == .closedPipe {
        return
      }
    }
  }

  private func printRecords(to output: AtomicFile) throws {
    let reader = try reading.singleReader()
    func print(as spelling: (some RecordSpelling).Type) throws {
      let records = try reader.records(as: spelling, limit: head)
      try records.write(to: output)
      try reading.report(on: .csv(records.table))
    }
    switch form {
    case .csv: try print(as: CSVRecords.self)
    case .jsonl: try print(as: JSONRecords.self)
    case .table: break
    }
  }

  private func printValues(to output: AtomicFile) throws {
    let progress = ProgressLine()
    let frame = try reading.reader(progress: progress).head(head, onSource: reading.report)
    progress?.finish()
    let limit = head ?? .max
    switch form {
    case .csv: try CSVFileWriter(frame, rowLimit: limit).write(to: output)
    case .jsonl: try JSONLinesWriter(frame, rowLimit: limit).write(to: output)
    case .table:
      let texts = frame.columns.map(ValueText.init)
      let table = ValueTable(
        frame.columns.map { ($0.name, $0.type) }, rowCount: min(frame.rowCount, limit)
      ) { row, column in
        texts[column].text(row: row).map { String(decoding: $0, as: UTF8.self) }
      }
      var lines = BlockOutput(output)
      try table.write(usesColor: usesColor) { line in
        lines.block.append(contentsOf: line.utf8)
        try lines.flushIfFull()
      }
      try lines.flush()
    }
  }
}
