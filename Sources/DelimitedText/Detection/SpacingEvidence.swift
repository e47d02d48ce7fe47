/// What spaces at the edges of fields mean, by the start of a table.
enum SpacingEvidence {
  private static let byteCount = 1 << 16

  /// Spaces belong to their fields unless every delimiter, that of the header too, has one behind it
  /// or before it.
  static func spacing(
    of text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect
  ) -> FieldSpacing {
    let space = UInt8(ascii: " ")
    let delimiter = dialect.delimiter
    guard dialect.delimiterTail.isEmpty, dialect.escape == nil, delimiter != space,
      delimiter != 0x09
    else { return dialect.spacing }
    var isInside = false
    var isBehind = true
    var isBefore = true
    var lines = 0
    var delimiters = 0
    let end = min(text.count, byteCount) - 1
    for index in 1..<max(1, end) where isBehind || isBefore {
      let byte = text[index]
      if byte == dialect.quote { isInside.toggle() }
      if isInside { continue }
      if byte == 0x0A || byte == 0x0D { lines += 1 }
      guard byte == delimiter else { continue }
      delimiters += 1
      isBehind = isBehind && text[index + 1] == space
      isBefore = isBefore && text[index - 1] == space
    }
    guard lines > 1, delimiters > 1 else { return dialect.spacing }
    if isBefore { return .trimmed }
    return isBehind ? .initial : dialect.spacing
  }
}
