import Typing

@testable import DelimitedText
@testable import FileIO

/// A CSV input read through the whole way, as the records that a parser would see.
struct ReadTable: Equatable {
  var names: [String] = []
  /// Fields as text; `nil` is an empty field without quotes. All rows are equally wide.
  var rows: [[String?]] = []

  init(_ text: String, _ options: CSVReadingOptions = CSVReadingOptions()) throws {
    try self.init([.bytes(Array(text.utf8), name: "test.csv")], options)
  }

  init(
    _ inputs: [CSVInput], _ options: CSVReadingOptions = CSVReadingOptions(),
    recordByteLimit: Int = CSVChunkReader.recordByteLimit
  ) throws {
    try self.init(
      CSVChunkReader(inputs: inputs, options: options, recordByteLimit: recordByteLimit))
  }

  init(_ reader: CSVChunkReader) throws {
    names = reader.table.columnNames
    let scanner = ChunkScanner(table: reader.table)
    let raw = RawChunk()
    while try reader.next(into: raw) {
      rows += Self.rows(of: try scanner.scan(raw), quote: reader.table.dialect.ofChunks.quote)
    }
    let width = rows.map(\.count).max() ?? 0
    for index in rows.indices {
      rows[index] += Array(repeating: nil, count: width - rows[index].count)
    }
  }

  private static func rows(of chunk: RegularChunk, quote: UInt8?) -> [[String?]] {
    var start = 0
    return (0..<chunk.rows).map { row in
      (0..<chunk.columns).map { column in
        var end = Int(chunk.separators[row * chunk.columns + column])
        var first = start
        start = end + 1
        if chunk.trimsCR, column + 1 == chunk.columns, end > first,
          chunk.bytes[end] == UInt8(ascii: "\n"), chunk.bytes[end - 1] == UInt8(ascii: "\r")
        {
          end -= 1
        }
        if first == end { return nil }
        var isQuoted = false
        if chunk.mayHaveQuotes, let quote, chunk.bytes[first] == quote {
          isQuoted = true
          first += 1
          end -= 1
        }
        // Bytes, not characters: a combining mark would hide the quote before it.
        var bytes: [UInt8] = []
        while first < end {
          bytes.append(chunk.bytes[first])
          let isDoubled =
            isQuoted && first + 1 < end && chunk.bytes[first] == quote
            && chunk.bytes[first + 1] == quote
          first += isDoubled ? 2 : 1
        }
        return String(decoding: bytes, as: UTF8.self)
      }
    }
  }
}

/// What reading gives, errors included: the same for both engines and every chunk size.
enum Outcome: Equatable {
  case table(ReadTable)
  case failure(String)

  init(_ bytes: [UInt8], _ options: CSVReadingOptions) {
    var dialect: CSVDialect?
    self.init(bytes, options, dialect: &dialect)
  }

  /// - Parameter dialect: takes the dialect, where one was found.
  init(_ bytes: [UInt8], _ options: CSVReadingOptions, dialect: inout CSVDialect?) {
    do {
      let reader = try CSVChunkReader(
        inputs: [.bytes(bytes, name: "test.csv")], options: options)
      dialect = reader.table.dialect
      self = .table(try ReadTable(reader))
    } catch {
      self = .failure("\(error)")
    }
  }
}

/// The text of the error that reading throws; "" when it throws none.
func errorText(
  _ inputs: [CSVInput], _ options: CSVReadingOptions = CSVReadingOptions(),
  recordByteLimit: Int = CSVChunkReader.recordByteLimit
) -> String {
  do {
    _ = try ReadTable(inputs, options, recordByteLimit: recordByteLimit)
    return ""
  } catch let error as ReadingError {
    return "\(error.sentence)"
  } catch {
    return "\(error)"
  }
}

func errorText(_ text: String, _ options: CSVReadingOptions = CSVReadingOptions()) -> String {
  errorText([.bytes(Array(text.utf8), name: "test.csv")], options)
}
