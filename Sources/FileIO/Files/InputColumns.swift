/// What the columns of a table are in one of its inputs: fields of its own, or the same text in all of
/// its rows.
package struct InputColumns: Sendable {
  /// Where a column's values come from.
  package enum Origin: Hashable, Sendable {
    /// The input's field of that number, from 0.
    case field(Int)
    /// The same text in every row: a key of the path, or the file's name; `nil` where it is missing.
    case constant([UInt8]?)
  }

  package let origins: [Origin]
  /// How many fields the input has. What longer records have beyond that stands behind all columns.
  package let fieldCount: Int

  /// The texts that are the same in every row, as records have them.
  package let constants: [ConstantField?]

  init(origins: [Origin], fieldCount: Int) {
    self.origins = origins
    self.fieldCount = fieldCount
    constants = origins.map {
      if case .constant(let text) = $0 { ConstantField(text) } else { nil }
    }
  }
}

/// One text as a chunk of records has a field, the same in every row.
///
/// Unchecked: never written once it is made.
package final class ConstantField: @unchecked Sendable {
  private static let margin = 64
  private let memory: UnsafeMutablePointer<UInt8>
  private let ends: UnsafeMutablePointer<UInt32>
  /// Whether the text stands in quotes, so that it is there and empty.
  package let isQuoted: Bool

  /// Missing, and not the empty text, where there is none.
  init(_ text: [UInt8]?) {
    // Nothing at all would be missing.
    isQuoted = text?.isEmpty == true
    let field = isQuoted ? [Self.quote, Self.quote] : text ?? []
    let byteCount = field.count + 1 + 2 * Self.margin
    memory = .allocate(capacity: byteCount)
    memory.initialize(repeating: 0, count: byteCount)
    for (index, byte) in field.enumerated() { memory[Self.margin + index] = byte }
    memory[Self.margin + field.count] = UInt8(ascii: "\n")
    ends = .allocate(capacity: 2)
    ends[0] = .max
    ends[1] = UInt32(field.count)
  }

  deinit {
    memory.deallocate()
    ends.deallocate()
  }

  package static let quote = UInt8(ascii: "\"")

  /// The text, with as many readable bytes around it as a chunk has.
  package var bytes: UnsafePointer<UInt8> { UnsafePointer(memory + Self.margin) }

  /// The separator behind the text; that before it stands in element −1.
  package var separators: UnsafePointer<UInt32> { UnsafePointer(ends + 1) }
}
