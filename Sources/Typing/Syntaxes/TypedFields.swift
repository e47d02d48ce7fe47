import Columnar
import DelimitedText
import FileIO

/// The evidence by which a header is told from data: the syntaxes themselves.
package enum TypedFields {
  // The delimiter is not settled yet: a decimal comma is a number here, as it is beside `;`.
  private static let context = TypingContext(
    options: TypingOptions(), delimiter: UInt8(ascii: ";"))

  /// Whether all fields (not empty ones) are of one type other than text.
  @Sendable package static func looksTyped(_ fields: [[UInt8]]) -> Bool {
    // Fields need readable bytes around them, as in a chunk.
    let margin = [UInt8](repeating: 0, count: 64)
    let padded = fields.map { margin + $0 + margin }
    return FieldSyntaxes.all.contains { syntax in
      !fields.isEmpty
        && padded.allSatisfy { bytes in
          bytes.withUnsafeBufferPointer {
            let field = Field(
              start: $0.baseAddress! + 64, count: bytes.count - 128, isQuoted: false)
            return syntax.accepts(field, context)
          }
        }
    }
  }
}
