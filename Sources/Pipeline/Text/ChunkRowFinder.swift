import DelimitedText
package import Typing

/// Where a row stands.
package struct FoundRow: Hashable, Sendable {
  /// The file, where the table has several.
  package var file: String?
  /// The physical line, from 1; `nil` where the table has no lines.
  package var line: Int?
  /// The row, from 1, where it has none.
  package var row: Int?
}

extension TableSource {
  /// Where rows stand.
  ///
  /// - Throws: `ReadingError`.
  package func find(_ rows: Set<ChunkRow>) throws -> [ChunkRow: FoundRow] {
    switch self {
    case .csv(let source): try source.find(rows)
    case .arrays, .profile:
      Dictionary(uniqueKeysWithValues: rows.map { ($0, FoundRow(row: $0.row + 1)) })
    }
  }
}

extension TableSource {
  /// Where rows of the table stand, by their numbers from 0. Files are read once more as far as the last of
  /// them.
  ///
  /// - Throws: `ReadingError`, where an input cannot be read again.
  package func find(rows: Set<Int>) throws -> [Int: FoundRow] {
    switch self {
    case .csv(let source): try source.find(rows: rows)
    case .arrays, .profile:
      Dictionary(uniqueKeysWithValues: rows.map { ($0, FoundRow(row: $0 + 1)) })
    }
  }
}

extension CSVTableSource {
  /// The chunks are scanned once more, as many as have the rows.
  fileprivate func find(rows: Set<Int>) throws -> [Int: FoundRow] {
    let reader = try CSVChunkReader(inputs: inputs, options: options)
    let scanner = ChunkScanner(table: reader.table)
    let raw = RawChunk()
    var found: [Int: FoundRow] = [:]
    var rest = rows.sorted()[...]
    var firstRow = 0
    while !rest.isEmpty, try reader.next(into: raw) {
      let count = try scanner.scan(raw).rows
      while let row = rest.first, row < firstRow + count {
        found[row] = FoundRow(
          file: inputs.count > 1 ? raw.fileName : nil,
          line: position(ofRow: row - firstRow, in: raw).line, row: row + 1)
        rest.removeFirst()
      }
      firstRow += count
    }
    return found
  }

  /// The chunks up to the last of the rows are cut once more, and their lines counted.
  fileprivate func find(_ rows: Set<ChunkRow>) throws -> [ChunkRow: FoundRow] {
    guard let last = rows.max()?.ordinal else { return [:] }
    let sought = Dictionary(grouping: rows, by: \.ordinal)
    let reader = try CSVChunkReader(inputs: inputs, options: options)
    let raw = RawChunk()
    var found: [ChunkRow: FoundRow] = [:]
    var line = 1
    var next: (fileIndex: Int, byteOffset: Int)?
    while try reader.next(into: raw), raw.ordinal <= last {
      if next.map({ $0 != (raw.fileIndex, raw.byteOffset) }) ?? true {
        // A file begins, or lines were left out between two chunks.
        line = reader.table.position(ofByte: 0, in: raw).line ?? line
      }
      for row in sought[raw.ordinal] ?? [] {
        let before = UnsafeBufferPointer(
          rebasing: raw.bytes.prefix(reader.table.offset(ofRow: row.row, in: raw)))
        found[row] = FoundRow(
          file: inputs.count > 1 ? raw.fileName : nil,
          line: (raw.firstLine ?? line) + LineEnds.count(in: before))
      }
      line += LineEnds.count(in: raw.bytes)
      next = (raw.fileIndex, raw.byteOffset + raw.byteCount)
    }
    return found
  }
}
