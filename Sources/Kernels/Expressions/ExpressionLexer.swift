/// The words of an expression's text.
struct ExpressionLexer {
  enum Token: Equatable {
    case name(String)
    /// A name in backticks: a column, whatever it is called.
    case quotedName(String)
    case number(String)
    case text([UInt8])
    case symbol(String)
    case end
  }

  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  private static let symbols = [
    "**", "==", "!=", "<=", ">=", "<>", "&&", "||", "<", ">", "=", "+", "-", "*", "/", "%", "(",
    ")", ",", "&", "|", "~", "!",
  ].map { (text: $0, bytes: Array($0.utf8)) }

  mutating func next() throws(ExpressionError) -> (token: Token, place: Range<Int>) {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
    let start = position
    guard position < bytes.count else { return (.end, start..<start) }
    let byte = bytes[position]
    if Self.isDigit(byte)
      || (byte == UInt8(ascii: ".") && position + 1 < bytes.count
        && Self.isDigit(bytes[position + 1]))
    {
      readNumber()
      return (.number(string(start)), start..<position)
    }
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
      return (.text(try quoted(byte)), start..<position)
    }
    if byte == UInt8(ascii: "`") {
      return (.quotedName(String(decoding: try quoted(byte), as: UTF8.self)), start..<position)
    }
    if Self.isLetter(byte) {
      while position < bytes.count, Self.isLetter(bytes[position]) || Self.isDigit(bytes[position])
      {
        position += 1
      }
      return (.name(string(start)), start..<position)
    }
    for symbol in Self.symbols where bytes[position...].starts(with: symbol.bytes) {
      position += symbol.bytes.count
      return (.symbol(symbol.text), start..<position)
    }
    throw ExpressionError(
      .syntax, "'\(Character(Unicode.Scalar(byte)))' has no meaning here",
      at: start..<start + 1)
  }

  private func string(_ start: Int) -> String {
    String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func readNumber() {
    skipDigits()
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      skipDigits()
    }
    guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else { return }
    var end = position + 1
    if end < bytes.count, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+") {
      end += 1
    }
    guard end < bytes.count, Self.isDigit(bytes[end]) else { return }
    position = end
    skipDigits()
  }

  private mutating func skipDigits() {
    while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
  }

  /// Text up to the same quote; a doubled one stands for itself.
  private mutating func quoted(_ quote: UInt8) throws(ExpressionError) -> [UInt8] {
    let start = position
    var text: [UInt8] = []
    position += 1
    while position < bytes.count {
      if bytes[position] == quote {
        position += 1
        guard position < bytes.count, bytes[position] == quote else { return text }
      }
      text.append(bytes[position])
      position += 1
    }
    throw ExpressionError(.syntax, "the quote is not closed", at: start..<bytes.count)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }

  /// Letters, underscores, and all that is not ASCII.
  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") <= 25 || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  /// A number as it is written: exact without an exponent and with up to 18 digits, or as whole number
  /// of 128 bits, so that one beyond a column's end is equal to none of its values. With up to 38 digits it is
  /// compared exactly; with an exponent it is binary64.
  ///
  /// - Throws: `NumberFault` for more digits, and for a number that binary64 has only as infinity.
  static func number(_ text: String) throws(NumberFault) -> ColumnExpression.Node {
    guard let nearest = Double(text) else { throw .noNumber }
    guard nearest.isFinite else { throw .beyondBinary64 }
    if text.contains(where: { $0 == "e" || $0 == "E" }) { return .float(nearest) }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : ""
    let places = fraction.contains { $0 != "0" } ? fraction : ""
    let scale = places.count
    guard scale <= 38, let digits = Int128(String(parts[0] + places)),
      digits.magnitude < powerOfTen(38)
    else {
      throw .tooLong
    }
    if scale == 0 || digits.magnitude < powerOfTen(18), scale <= 18 {
      return .number(digits: digits, scale: scale)
    }
    return .longNumber(digits: digits, scale: scale, nearest: nearest)
  }

  enum NumberFault: Error {
    case noNumber, tooLong, beyondBinary64

    var message: String {
      switch self {
      case .noNumber: "a number is expected here"
      case .tooLong:
        "a number has at most 38 digits, and 38 after the point; with an exponent, as 1.5e0, it is a float"
      case .beyondBinary64: "the number is beyond the largest float, 1.8e308"
      }
    }
  }
}
