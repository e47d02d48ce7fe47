import ArrowFormat
import Columnar
import DelimitedText
import FileIO
import MemoryDiet
import Options
import Wording

/// That a file is not the one that a lean file was made from, found before all of it was read: it
/// cannot be stored as the lean file is.
public struct OtherSourceError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// The sources are more or fewer than those that the lean file was made from; `nil` where they are
  /// as many.
  init?(_ lean: LeanFile, _ inputs: [CSVInput], _ certificate: Certificate) {
    guard inputs.count != certificate.files.count else { return nil }
    let names = certificate.files.map { $0.name == "standard input" ? "-" : $0.name }
    description =
      "\(lean.path): it was made from \(CountText(names.count, "source")), of"
      + " \(CountText(certificate.rowCount, "row"))\(names.count == 1 ? "" : " together"), and"
      + " \(CountText(inputs.count)) \(inputs.count == 1 ? "is" : "are") given: `diet verify"
      + " \(lean.path.shellWord) --against \(names.map(\.shellWord).joined(separator: " "))"
      + "\(Self.readsKeys(of: names, certificate) ? " --hive" : "")`"
  }

  /// A value of the source that the lean file could not have, or a column.
  init(_ fault: Fault, _ lean: LeanFile, _ inputs: [CSVInput], _ files: FileOptions) {
    var text = "\(fault.place): the source is not the one that \(lean.path) was made from"
    let here = fault.row.flatMap { row in
      fault.column.flatMap { Self.value(in: .path(lean.path), column: $0, row: row) }
    }
    if let here { text += ", where this is \(here)" }
    let own =
      fault.text.map { "`\($0)`" }
      ?? fault.row.flatMap { row in
        fault.column.flatMap { Self.value(in: inputs[0], column: $0, row: row) }
      }
    if let own, own != here { text += ": \(own)" }
    var words = inputs.map(\.path.shellWord)
    var options = ReadingOptions()
    options.text.files = files
    options.text.files.readsHiveKeys = inputs.contains { !$0.keys.isEmpty } ? true : nil
    words += options.words(in: [.files]).map(\.shellWord)
    description =
      text
      + "; if that has changed since, put it on a diet again: `diet apply \(words.joined(separator: " "))"
      + " -o \(lean.path.shellWord)`"
  }

  /// Whether the lean file has columns of what the sources' paths say.
  private static func readsKeys(of paths: [String], _ certificate: Certificate) -> Bool {
    let columns = Set(certificate.columns.map(\.name))
    let keys = paths.flatMap { PartitionKey.keys(in: $0).map(\.name) }
    return !keys.isEmpty && columns.isSuperset(of: keys)
  }

  /// The source is the one, and is read by other options.
  init(_ fault: Fault, isReadOtherwise lean: LeanFile) {
    description =
      "\(fault.place): the source is the one that \(lean.path) was made from, and is read otherwise"
      + "; give the options that it was read with"
  }

  /// What could not be read or stored.
  struct Fault {
    var place: String
    var column: String?
    /// From 0, where the source is one file.
    var row: Int?
    var text: String?

    /// `nil` where the error is about something else than a value or a type.
    init?(_ error: any Error, inputs: [CSVInput]) {
      guard let error = error as? ReadingError,
        [.invalidValue, .unknownColumn].contains(error.code)
      else { return nil }
      place = error.place
      if error.code == .unknownColumn, let name = error.column {
        place = "\(error.file ?? "the source"), which has no column `\(name)`"
      }
      (column, text) = (error.column, error.text)
      if inputs.count == 1 { row = error.row ?? error.record.map { $0 - 1 } }
    }
  }

  /// The value in a row, in backticks; `nil` where it cannot be told.
  private static func value(in input: CSVInput, column: String, row: Int) -> String? {
    var options = ReadingOptions()
    options.columns = [column]
    guard let frame = try? TableReader(inputs: [input], options: options).head(row + 1),
      row < frame.rowCount
    else {
      return nil
    }
    let text = ValueText(frame.columns[0]).text(row: row)
    return text.map { "`\(ReadingError.printable(Array($0)))`" } ?? "missing"
  }
}
