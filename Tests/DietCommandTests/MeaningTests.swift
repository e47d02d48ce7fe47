import Foundation
import TestSupport
import Testing

/// The table of meanings through the command: every row of it holds over a file of many chunks, and
/// one field, wherever it stands, makes the column what the table says, with every value kept.
@Suite struct MeaningTests {
  /// One row of `meanings.txt`.
  struct Meaning {
    var name: String
    var fields: [String]
    var type: String
    var values: [String]
    var odd: String
    var oddType: String
    var oddValues: [String]

    init(_ line: String) {
      let cells = line.replacing(#/ {2,}/#, with: "\u{1}").split(separator: "\u{1}").map {
        String($0).replacing("␣", with: " ").replacing("␀", with: "\0")
      }
      precondition(cells.count == 7, "seven cells: \(line)")
      func list(_ text: String, _ written: [String]) -> [String] {
        text == "="
          ? written.map(Self.plain)
          : text.split(separator: "|").map { Self.plain(String($0)) }
      }
      name = cells[0]
      fields = cells[1].split(separator: "|").map { $0 == "∅" ? "" : String($0) }
      type = cells[2]
      values = list(cells[3], fields)
      odd = cells[4] == "∅" ? "" : cells[4]
      oddType = cells[5]
      oddValues = list(cells[6], fields + [odd])
    }

    /// A value as CSV prints it.
    private static func plain(_ text: String) -> String { text == "∅" ? "" : text }
  }

  struct File: CustomStringConvertible {
    var options: [String] = []
    var meanings: [Meaning] = []
    var description: String { "[\(options.joined(separator: " "))]" }
    var delimiter: String { options.contains(";") ? ";" : "," }
  }

  static let files: [File] = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "meanings.txt")
    var files: [File] = []
    for line in (try! String(contentsOf: url, encoding: .utf8)).split(separator: "\n") {
      if line.hasPrefix("#") { continue }
      if line.hasPrefix("["), !line.contains("  ") {
        let options = line.dropFirst().dropLast().split(separator: " ").map(String.init)
        files.append(File(options: options))
      } else {
        files[files.count - 1].meanings.append(Meaning(String(line)))
      }
    }
    return files
  }()

  /// Rows of about eight kilobytes: chunks of half a megabyte end every 64.
  private static let rowCount = 400
  private static let padding = String(repeating: "padding ", count: 1000)

  /// Where the odd row stands: nowhere, at the start, in the middle, in the chunk that another thread
  /// has, at the very end.
  private static let places = [nil, 0, rowCount / 2, rowCount - 90, rowCount - 1]

  private static func text(_ file: File, oddRow: Int?) -> String {
    let delimiter = file.delimiter
    var text = (file.meanings.map(\.name) + ["padding"]).joined(separator: delimiter)
    for row in 0..<rowCount {
      text += "\n"
      for meaning in file.meanings {
        text += row == oddRow ? meaning.odd : meaning.fields[row % meaning.fields.count]
        text += delimiter
      }
      text += padding
    }
    // The very last record has no line end.
    return text
  }

  @Test(arguments: files.indices)
  func holds(_ index: Int) throws {
    let file = Self.files[index]
    let folder = try TemporaryFolder()
    for (number, place) in Self.places.enumerated() {
      let name = "\(number).csv"
      try folder.file(name, Self.text(file, oddRow: place))
      let origin = "\(file), odd row \(place.map(String.init) ?? "nowhere")"
      let options = file.options + ["--threads", "\(number % 3 + 1)"]
      let report = try CommandRun(
        ["analyze", name, "--no-measure", "--format", "json"] + options, in: folder.url)
      #expect(report.exitCode == 0, "\(origin): \(report.errors)")
      let types = try Self.types(report.output)
      for meaning in file.meanings {
        let expected = place == nil ? meaning.type : meaning.oddType
        #expect(types[meaning.name] == expected, "\(origin), \(meaning.name)")
      }
      let values = try CommandRun(["cat", name] + options, in: folder.url)
      #expect(values.exitCode == 0, "\(origin): \(values.errors)")
      Self.check(values.output, file, oddRow: place, origin)
    }
  }

  private static func types(_ json: String) throws -> [String: String] {
    let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let columns = try #require(document?["columns"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: columns.compactMap { column in
        guard let name = column["name"] as? String, let type = column["logical_type"] as? String
        else { return nil }
        return (name, type)
      })
  }

  /// Every value of every row, against the table.
  private static func check(_ output: String, _ file: File, oddRow: Int?, _ origin: String) {
    let lines = output.components(separatedBy: "\n")
    guard lines.count == rowCount + 2 else {
      Issue.record("\(origin): \(lines.count) lines")
      return
    }
    var wrong: Set<Int> = []
    for row in 0..<rowCount {
      let padding = lines[row + 1].range(of: "padding ")
      let cells = cells(lines[row + 1][..<(padding?.lowerBound ?? lines[row + 1].endIndex)])
      for (column, meaning) in file.meanings.enumerated() where !wrong.contains(column) {
        let values = oddRow == nil ? meaning.values : meaning.oddValues
        let place = row == oddRow ? meaning.fields.count : row % meaning.fields.count
        let value = column < cells.count ? String(cells[column]) : "nothing"
        if value == values[place] { continue }
        wrong.insert(column)
        Issue.record("\(origin), \(meaning.name), row \(row): \(value), not \(values[place])")
      }
    }
  }

  /// The cells of a line as they are written, quotes and all.
  private static func cells(_ line: Substring) -> [Substring] {
    var cells: [Substring] = []
    var start = line.startIndex
    var isQuoted = false
    for index in line.utf8.indices {
      if line.utf8[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if line.utf8[index] == UInt8(ascii: ","), !isQuoted {
        cells.append(line[start..<index])
        start = line.utf8.index(after: index)
      }
    }
    return cells + [line[start...]]
  }

  // MARK: - Records

  /// Rows of the table about records rather than fields: the line as it stands, what `analyze` notes,
  /// and how the row is read.
  static let records: [(line: String, note: String, read: String)] = [
    ("7", "is short", "7,,"),
    ("7,x,2024-01-01,more", "is long", "7,x,2024-01-01"),
    ("7,5\" pipe,2024-01-01", "has stray quotes", "7,\"5\"\" pipe\",2024-01-01"),
  ]

  @Test(arguments: records.indices)
  func record(_ index: Int) throws {
    let (line, note, read) = Self.records[index]
    let folder = try TemporaryFolder()
    let row = "1,\(Self.padding),2024-02-29"
    for (number, place) in Self.places.enumerated() {
      guard let place else { continue }
      var lines = Array(repeating: row, count: Self.rowCount)
      lines[place] = line
      let name = "\(number).csv"
      try folder.file(name, "a,b,c\n" + lines.joined(separator: "\n"))
      let threads = ["--threads", "\(number % 3 + 1)"]
      let report = try CommandRun(["analyze", name, "--no-measure"] + threads, in: folder.url)
      #expect(report.exitCode == 0, "row \(place): \(report.errors)")
      let said = report.output + report.errors
      #expect(said.contains(note), "row \(place): \(said)")
      #expect(said.contains("line \(place + 2)"), "row \(place): \(said)")
      let cat = try CommandRun(["cat", name] + threads, in: folder.url)
      let printed = cat.output.components(separatedBy: "\n")
      #expect(printed.count == Self.rowCount + 2, "row \(place)")
      #expect(printed[place + 1].hasPrefix(read), "row \(place): \(printed[place + 1])")
      let strict = try CommandRun(
        ["analyze", name, "--no-measure", "--strict"] + threads, in: folder.url)
      #expect(strict.exitCode == 1, "row \(place)")
      #expect(strict.errors.contains("line \(place + 2)"), "row \(place): \(strict.errors)")
    }
  }

  /// Bytes that are not UTF-8 are refused with their place, wherever they stand.
  @Test func invalidText() throws {
    let folder = try TemporaryFolder()
    let row = Array("1,\(Self.padding),x\n".utf8)
    for (number, place) in Self.places.enumerated() {
      guard let place else { continue }
      var bytes = Array("a,b,c\n".utf8)
      for index in 0..<Self.rowCount {
        bytes += index == place ? Array("1,caf".utf8) + [0xE9] + Array(",x\n".utf8) : row
      }
      let name = "\(number).csv"
      try folder.file(name, Data(bytes))
      let run = try CommandRun(
        ["analyze", name, "--no-measure", "--threads", "\(number % 3 + 1)"], in: folder.url)
      let offset = 6 + place * row.count + 5
      #expect(run.exitCode == 2, "row \(place)")
      #expect(run.errors.contains("byte \(offset)"), "row \(place): \(run.errors)")
      #expect(run.errors.contains("line \(place + 2)"), "row \(place): \(run.errors)")
      #expect(run.errors.contains("--encoding"), "row \(place): \(run.errors)")
    }
  }
}
