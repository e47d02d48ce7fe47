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
    case .arrays:
      Dictionary(uniqueKeysWithValues: rows.map { ($0, FoundRow(row: $0.row + 1)) })
    }
  }
}

extension CSVTableSource {
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
