package import Columnar
import DelimitedText

/// Whether single fields are values of a type.
package struct FieldTest: Sendable {
  private let classes: [FieldClass]
  private let context: TypingContext

  package init(_ type: LogicalType, options: TypingOptions = TypingOptions()) {
    context = TypingContext(options: options, delimiter: UInt8(ascii: ","))
    classes =
      switch type {
      case .null: [.null]
      case .boolean: (0..<16).map { .boolean(style: $0) }
      case .integer: [.integer]
      case .decimal(let scale): [.decimal(places: scale)]
      case .float: [.float]
      case .date: [.date]
      case .time(let unit): [.time(places: unit.fractionDigits)]
      case .duration(let unit): [.duration(places: unit.fractionDigits)]
      case .timestamp(let unit, let zone):
        [.timestamp(isZoned: zone != nil, places: unit.fractionDigits)]
      case .uuid: [.uuid(isLowercase: true), .uuid(isLowercase: false)]
      case .ipv4: [.ipv4]
      case .string: []
      }
  }

  /// Whether a field with that text is a value of the type; all are text.
  package func holds(_ text: [UInt8]) -> Bool {
    if classes.isEmpty { return true }
    return text.withField { field in
      let found = FieldClass(field, context)
      return classes.contains { found.fits($0) }
    }
  }
}
