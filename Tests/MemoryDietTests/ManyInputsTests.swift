import DelimitedText
import FileIO
import Foundation
import TabularDiet
import Testing

/// Files that have their own columns, keys in their paths and names: read as one table, they are what
/// one file with all of that would be.
@Suite struct ManyInputsTests {
  /// Rows that were dealt out to files, each of some of the columns in some order.
  private struct Parts {
    struct File {
      var path: String
      var columns: [String]
      var rows: [[String: String]]
      var delimiter: Character
      /// Year and place, as the whole table has them.
      var keys: [String]
    }

    var files: [File] = []

    init(seed: UInt64) {
      var generator = SeededGenerator(seed: seed)
      let kinds: [(name: String, value: (inout SeededGenerator) -> String)] = [
        ("id", { "\(Int.random(in: 0..<70_000, using: &$0))" }),
        (
          "price",
          { "\(Int.random(in: 0..<90, using: &$0)).\(Int.random(in: 10..<100, using: &$0))" }
        ),
        ("day", { "2024-0\(Int.random(in: 1..<10, using: &$0))-17" }),
        ("word", { ["Oslo", "Rome", "a,b", "say \"x\"", "c;d"].randomElement(using: &$0)! }),
        ("share", { "\(Double(Int.random(in: 0..<999, using: &$0)) / 1024)" }),
      ]
      let places = ["a b", "NA", "x/y", "Ö=1"]
      for number in 0..<Int.random(in: 1...5, using: &generator) {
        let chosen = Array(
          kinds.shuffled(using: &generator).prefix(Int.random(in: 2...5, using: &generator)))
        let rows = (0..<Int.random(in: 3...40, using: &generator)).map { _ in
          Dictionary(
            uniqueKeysWithValues: chosen.map { kind in
              // The first column is never missing: a record of nothing but nulls is blank.
              let isMissing =
                kind.name != chosen[0].name && Int.random(in: 0..<6, using: &generator) == 0
              return (kind.name, isMissing ? "" : kind.value(&generator))
            })
        }
        let year = ["2023", "2024", ""].randomElement(using: &generator)!
        let place = places.randomElement(using: &generator)!
        let folder =
          "year=\(year.isEmpty ? "__HIVE_DEFAULT_PARTITION__" : year)/place=\(Self.encoded(place))"
        files.append(
          File(
            path: "\(folder)/part-\(number).csv", columns: chosen.map(\.name), rows: rows,
            delimiter: [",", ";", "\t", "|"].randomElement(using: &generator)!,
            keys: [year, place]))
      }
      files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private static func encoded(_ text: String) -> String {
      text.utf8.map { byte in
        byte < 0x80 && byte != 0x2F && byte != 0x3D
          ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16)
      }.joined()
    }

    static func line(_ fields: [String], _ delimiter: Character) -> String {
      fields.map { field in
        field.contains { $0 == "\"" || ",;\t|".contains($0) }
          ? "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : field
      }.joined(separator: String(delimiter)) + "\n"
    }

    func write(to folder: URL) throws {
      for file in files {
        let url = folder.appendingPathComponent(file.path)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        var text = Self.line(file.columns, file.delimiter)
        for row in file.rows {
          text += Self.line(file.columns.map { row[$0]! }, file.delimiter)
        }
        try Data(text.utf8).write(to: url)
      }
    }

    /// The table in one file, what each file is called last.
    func whole(_ name: (File) -> String) -> String {
      var columns: [String] = []
      for name in files.flatMap(\.columns) where !columns.contains(name) { columns.append(name) }
      var text = Self.line(columns + ["year", "place", "file"], ",")
      for file in files {
        for row in file.rows {
          text += Self.line(columns.map { row[$0] ?? "" } + file.keys + [name(file)], ",")
        }
      }
      return text
    }
  }

  private static func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("diet-many-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try body(folder)
  }

  private static var files: FileOptions {
    var files = FileOptions()
    files.unionsByName = true
    files.fileNameColumn = "file"
    return files
  }

  private static func whole(_ parts: Parts, _ folder: URL, _ ending: String) throws -> DataFrame {
    let text = parts.whole { "\(folder.path)/data/" + $0.path.dropLast(3) + ending }
    let url = folder.appendingPathComponent("whole.csv")
    try Data(text.utf8).write(to: url)
    return try DataFrame(
      contentsOfCSVFile: url.path,
      options: CSVReadingOptions(delimiter: UInt8(ascii: ","), hasHeader: true))
  }

  @Test(arguments: 0..<20)
  func textIsOneTable(_ seed: UInt64) throws {
    let parts = Parts(seed: seed)
    try Self.withFolder { folder in
      try parts.write(to: folder.appendingPathComponent("data"))
      let whole = try Self.whole(parts, folder, "csv")
      for (chunkByteCount, threads) in [(1 << 19, 1), (40, 3)] {
        var options = CSVReadingOptions(
          hasHeader: true, threads: threads, chunkByteCount: chunkByteCount)
        options.files = Self.files
        let frame = try DataFrame(
          contentsOfCSVFiles: [folder.appendingPathComponent("data").path], options: options)
        #expect(frame.columns.map(\.name) == whole.columns.map(\.name))
        for (column, expected) in zip(frame.columns, whole.columns) {
          #expect(column.type == expected.type, "\(expected.name)")
          #expect(column.digest == expected.digest, "\(expected.name)")
        }
      }
    }
  }

  private func read(
    _ paths: [String], _ ending: String, _ files: FileOptions = FileOptions()
  ) throws -> DataFrame {
    try ending == "arrow"
      ? DataFrame(contentsOfArrowFiles: paths, files: files)
      : DataFrame(contentsOfParquetFiles: paths, files: files)
  }

  @Test(arguments: 100..<105, ["arrow", "parquet"])
  func typedFilesAreOneTable(_ seed: UInt64, _ ending: String) throws {
    let parts = Parts(seed: seed)
    try Self.withFolder { folder in
      let data = folder.appendingPathComponent("data")
      try parts.write(to: data)
      for file in parts.files {
        let url = data.appendingPathComponent(file.path)
        let frame = try DataFrame(
          contentsOfCSVFile: url.path,
          options: CSVReadingOptions(delimiter: file.delimiter.asciiValue, hasHeader: true))
        let path = String(url.path.dropLast(3)) + ending
        try ending == "arrow" ? frame.write(toArrowFile: path) : frame.write(toParquetFile: path)
        try FileManager.default.removeItem(at: url)
      }
      // What a typed file of all rows gives: engines get decimals as floats.
      let path = folder.appendingPathComponent("whole.\(ending)").path
      let text = try Self.whole(parts, folder, ending)
      try ending == "arrow" ? text.write(toArrowFile: path) : text.write(toParquetFile: path)
      let whole = try read([path], ending)
      let frame = try read([data.path], ending, Self.files)
      #expect(frame.columns.map(\.name) == whole.columns.map(\.name))
      for (column, expected) in zip(frame.columns, whole.columns) {
        #expect(column.type == expected.type, "\(expected.name)")
        let (own, texts) = (ValueText(column), ValueText(expected))
        let differing = (0..<whole.rowCount).first { own.text(row: $0) != texts.text(row: $0) }
        #expect(differing == nil, "\(expected.name)")
      }
    }
  }
}
