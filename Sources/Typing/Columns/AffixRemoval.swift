import Columnar

/// Writes a chunk of such numbers as plain ones, for the syntaxes that read those.
final class AffixRemoval {
  private let reading: AffixReading
  private let context: TypingContext
  private var bytes: [UInt8] = []
  private var separators: [UInt32] = []
  /// What the last chunk showed; `nil` where it has no such numbers.
  private(set) var found: AffixFacts?

  init(_ reading: AffixReading, _ context: TypingContext) {
    self.reading = reading
    self.context = context
  }

  /// Bytes around a chunk that may be read.
  private static let margin = 64

  var isStrict: Bool { reading.isStrict }

  func forget() { found = nil }

  /// Takes up `fields`; the first row that is no such number, or of another unit, with the reason.
  func remove(from fields: FieldSlice) -> (row: Int, problem: String)? {
    found = nil
    bytes.removeAll(keepingCapacity: true)
    separators.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: repeatElement(0, count: Self.margin))
    separators.append(.max)
    var facts = AffixFacts(
      isStrict: reading.isStrict, decimal: (reading.signs ?? .point).decimal)
    var unit = reading.unit
    var hasNumbers = false
    for row in 0..<fields.rowCount {
      let field = fields[row]
      if context.nulls.index(of: field) != nil {
        if field.isQuoted, field.count == 0 {
          bytes.append(fields.quote)
          bytes.append(fields.quote)
        } else {
          bytes.append(contentsOf: field.bytes)
        }
      } else {
        guard let beside = append(field, &facts) else {
          return (row, "the value is no number, with or without a unit")
        }
        if unit == nil {
          guard reading.isStrict || Self.isCommon(beside) else { return (row, "") }
          unit = Array(beside.bytes)
        }
        guard let unit, beside.bytes.elementsEqual(unit) else {
          return (row, Self.words(unit ?? [], beside))
        }
        hasNumbers = true
      }
      separators.append(UInt32(bytes.count - Self.margin))
      bytes.append(0x2C)
    }
    bytes.append(contentsOf: repeatElement(0, count: Self.margin))
    guard hasNumbers else { return nil }
    facts.unit = unit ?? []
    found = facts
    return nil
  }

  /// Appends the number in `field` and gives its unit; `nil` where it is none.
  private func append(_ field: Field, _ facts: inout AffixFacts) -> Field? {
    let start = bytes.count
    let allowsZeros = context.options.readsZeroPaddedNumbers
    // A number that is left so may spell a null; no null begins with a space.
    if context.nulls.spellNumbers { bytes.append(0x20) }
    let place = bytes.count
    if let number = AffixedNumber(field) {
      var isRead = number.write(reading.signs ?? .point, allowsZeros: allowsZeros, to: &bytes)
      if reading.signs == nil, number.hasSigns {
        var other: [UInt8] = []
        let isOther = number.write(.comma, allowsZeros: allowsZeros, to: &other)
        if isRead, isOther { facts.differs = true }
        if isRead, !isOther { facts.needsPoint = true }
        if !isRead, isOther {
          facts.needsComma = true
          bytes.removeSubrange(place...)
          bytes += other
          isRead = true
        }
      }
      if isRead {
        if !bytes[place...].elementsEqual(field.bytes) { facts.isAffixed = true }
        return number.unit
      }
    }
    bytes.removeSubrange(start...)
    guard FloatSyntax().accepts(field, context) else { return nil }
    bytes.append(contentsOf: field.bytes)
    return Field(start: field.start, count: 0, isQuoted: false)
  }

  /// The chunk that was taken up, as plain numbers.
  func withPlainNumbers<R>(
    of fields: FieldSlice, _ body: (FieldSlice) throws(ColumnParser.Misfit) -> R
  ) throws(ColumnParser.Misfit) -> R {
    try bytes.withUnsafeBufferPointer { bytes throws(ColumnParser.Misfit) in
      try separators.withUnsafeBufferPointer { separators throws(ColumnParser.Misfit) in
        guard let bytes = bytes.baseAddress, let separators = separators.baseAddress else {
          preconditionFailure("a chunk was taken up")
        }
        return try body(
          FieldSlice(
            bytes: bytes + Self.margin, separators: separators + 1, stride: 1, column: 0,
            rowCount: fields.rowCount, trimsCR: false, mayHaveQuotes: fields.mayHaveQuotes,
            quote: fields.quote))
      }
    }
  }

  /// Whether a unit needs no word of the user's: it has a sign of money or of percent.
  private static func isCommon(_ unit: Field) -> Bool {
    String(decoding: unit.bytes, as: UTF8.self).unicodeScalars.contains {
      $0 == "%" || $0.properties.generalCategory == .currencySymbol
    }
  }

  private static func words(_ unit: [UInt8], _ other: Field) -> String {
    func quoted(_ bytes: some Collection<UInt8>) -> String {
      bytes.isEmpty ? "none" : "`\(String(decoding: bytes, as: UTF8.self))`"
    }
    return "the unit is \(quoted(other.bytes)), that of the values before is \(quoted(unit))"
  }
}
