@testable import Typing

/// One column of a chunk as the reader lays it out: bytes with room around them, and separators.
final class FieldColumn {
  private let memory: UnsafeMutableBufferPointer<UInt8>
  private let places: UnsafeMutableBufferPointer<UInt32>
  let slice: FieldSlice
  let fields: [[UInt8]]

  /// - Parameters:
  ///   - noise: What stands in the columns beside it.
  ///   - hasCRLF: Whether this is the last column of records that end in CRLF.
  init(
    _ fields: [[UInt8]], stride: Int = 1, column: Int = 0, noise: [UInt8] = [], quote: UInt8? = nil,
    hasCRLF: Bool = false
  ) {
    self.fields = fields
    var bytes = [UInt8](repeating: 0xFF, count: 64)
    var separators: [UInt32] = [.max]
    for field in fields {
      for index in 0..<stride {
        bytes += index == column ? field : noise
        let isLast = index == stride - 1
        if isLast, hasCRLF { bytes.append(0x0D) }
        separators.append(UInt32(bytes.count - 64))
        bytes.append(isLast ? 0x0A : 0x2C)
      }
    }
    bytes += [UInt8](repeating: 0xFF, count: 64)
    memory = .allocate(capacity: bytes.count)
    _ = memory.initialize(from: bytes)
    places = .allocate(capacity: separators.count)
    _ = places.initialize(from: separators)
    slice = FieldSlice(
      bytes: memory.baseAddress! + 64, separators: places.baseAddress! + 1, stride: stride,
      column: column, rowCount: fields.count, trimsCR: hasCRLF, mayHaveQuotes: quote != nil,
      quote: quote ?? 0)
  }

  deinit {
    memory.deallocate()
    places.deallocate()
  }

  /// The column in every way that a chunk can have it.
  static func everyWay(_ fields: [[UInt8]]) -> [(name: String, column: FieldColumn)] {
    let quoted = fields.map { [0x22] + $0 + [0x22] }
    let mixed = fields.indices.map { $0 % 3 == 0 ? quoted[$0] : fields[$0] }
    return [
      ("alone", FieldColumn(fields)),
      ("among three", FieldColumn(fields, stride: 3, column: 1, noise: Array("x7".utf8))),
      ("last, CRLF", FieldColumn(fields, stride: 2, column: 1, hasCRLF: true)),
      ("may be quoted", FieldColumn(fields, stride: 2, column: 0, quote: 0x22)),
      ("quoted", FieldColumn(quoted, quote: 0x22)),
      ("partly quoted, CRLF", FieldColumn(mixed, stride: 2, column: 1, quote: 0x22, hasCRLF: true)),
    ]
  }
}
