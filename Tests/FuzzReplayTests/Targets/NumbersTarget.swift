import Columnar
import Platform

@testable import Typing

/// One field as a number: each syntax against the C library, and sets of integers against `Set`.
struct NumbersTarget: FuzzTarget {
  let name = "numbers"
  let byteLimit = 400

  /// Without and with zero-padded numbers.
  private static let contexts = [false, true].map { isPadded in
    var typing = TypingOptions()
    typing.readsZeroPaddedNumbers = isPadded
    return TypingContext(options: typing, delimiter: UInt8(ascii: ","))
  }

  func check(_ input: FuzzInput) -> String? {
    var input = input
    if input.choice([false, false, false, true]) { return scaledSet(&input) }
    let context = input.choice(Self.contexts)
    let text = Array(input.rest.prefix(400)).filter { $0 != 0 && $0 != 0x0A && $0 != 0x0D }
    return OneField(text).withSlice { fields in
      integer(fields, context) ?? float(fields, context) ?? decimal(fields, context)
    } ?? scaledMantissa(text)
  }

  /// A mantissa and an exponent from ten bytes: what is said without the library is what it says.
  private func scaledMantissa(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= 10 else { return nil }
    let mantissa =
      bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> UInt64(bytes[8] & 63)
    let exponent = (Int(bytes[8]) << 8 | Int(bytes[9])) % 720 - 360
    guard let value = nearestDouble(to: mantissa, timesTenToThe: exponent) else { return nil }
    let expected = strtod("\(mantissa)e\(exponent)", nil)
    return value.bitPattern == expected.bitPattern
      ? nil : "\(mantissa)e\(exponent) is \(value), strtod says \(expected)"
  }

  private func integer(_ fields: FieldSlice, _ context: TypingContext) -> String? {
    guard let scratch = parsed(fields, IntegerSyntax(), context) else {
      let text = String(decoding: fields[0].bytes, as: UTF8.self)
      let isPlain = Int64(text).map { String($0) == text } ?? false
      return isPlain ? "no integer: \(text)" : nil
    }
    let text = Self.cString(fields[0].bytes)
    errno = 0
    let isUnsigned = scratch.report.facts.contains(.unsigned)
    let expected =
      isUnsigned
      ? Int64(bitPattern: UInt64(strtoull(text, nil, 10))) : Int64(strtoll(text, nil, 10))
    guard errno == 0, scratch.values[0] == expected else {
      return "integer \(scratch.values[0]), strtoll says \(expected) (errno \(errno))"
    }
    return nil
  }

  private func float(_ fields: FieldSlice, _ context: TypingContext) -> String? {
    guard let scratch = parsed(fields, FloatSyntax(), context) else { return nil }
    let text = Self.cString(fields[0].bytes)
    var end: UnsafeMutablePointer<CChar>?
    let expected = text.withUnsafeBufferPointer { strtod($0.baseAddress!, &end) }
    let value = Double(bitPattern: UInt64(bitPattern: scratch.values[0]))
    let isSame = value.isNaN ? expected.isNaN : value.bitPattern == expected.bitPattern
    return isSame ? nil : "float \(value), strtod says \(expected)"
  }

  private func decimal(_ fields: FieldSlice, _ context: TypingContext) -> String? {
    guard let scratch = parsed(fields, DecimalSyntax(), context) else { return nil }
    guard case .decimal(let scale) = scratch.report.kind else { return nil }
    let digits = fields[0].bytes.filter { $0 >= 0x30 && $0 <= 0x39 }
    let isNegative = fields[0].bytes.contains(UInt8(ascii: "-"))
    let magnitude = digits.reduce(Int128(0)) { $0 * 10 + Int128($1 - 0x30) }
    let fraction = fields[0].bytes.drop { $0 != UInt8(ascii: ".") }.dropFirst()
      .prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    let expected = isNegative ? -magnitude : magnitude
    return fraction == scale && Int128(scratch.values[0]) == expected
      ? nil : "decimal \(scratch.values[0]) of scale \(scale), not \(expected) of \(fraction)"
  }

  /// The scratch of a syntax that read the one row as a value.
  private func parsed(
    _ fields: FieldSlice, _ syntax: some FieldSyntax, _ context: TypingContext
  ) -> ColumnScratch? {
    let scratch = ColumnScratch()
    scratch.begin(rowCount: 1)
    guard syntax.parse(fields, into: scratch, hint: nil, context: context) == nil,
      scratch.report.nullCount == 0
    else { return nil }
    return scratch
  }

  /// Without the outer spaces and tabs that a number may have.
  private static func cString(_ bytes: UnsafeBufferPointer<UInt8>) -> [CChar] {
    bytes.map { CChar(bitPattern: $0) } + [0]
  }

  /// Integers of 8 bytes each, brought to another scale.
  private func scaledSet(_ input: inout FuzzInput) -> String? {
    let factor = input.choice([Int64](arrayLiteral: 1, 10, 100, 1000, 1_000_000, 1 << 40, .max))
    let purpose = input.choice([IntegerSet.Purpose.layout, .report])
    let narrow = input.choice([0, 32, 48, 56])
    let mayBeLarge = input.choice([false, false, false, false, false, false, false, true])
    let bytes = Array(input.rest.prefix(8 * 48))
    let values = stride(from: 0, to: bytes.count - 7, by: 8).map { start in
      bytes[start..<start + 8].reduce(Int64(0)) { $0 << 8 | Int64($1) } >> narrow
    }
    // Bitmaps of megabytes take their time.
    let (first, last) = (Int128(values.min() ?? 0), Int128(values.max() ?? 0))
    let range = (last - first) * Int128(factor)
    if range > 1 << 18, range < 1 << 27, !mayBeLarge { return nil }
    var set = IntegerSet(purpose: purpose)
    for half in [values[..<(values.count / 2)], values[(values.count / 2)...]] {
      guard let low = half.min(), let high = half.max() else { continue }
      var part = IntegerSet(purpose: purpose)
      Array(half).withUnsafeBufferPointer {
        part.insert(
          $0.baseAddress!, count: $0.count, validity: nil, low: low,
          range: UInt64(bitPattern: high &- low))
      }
      set.formUnion(part)
    }
    if set.count?.value != Set(values).count { return "\(values): counted \(set.count as Any)" }
    if Set(set.unsortedValues) != Set(values) { return "\(values): holds \(set.unsortedValues)" }
    let products = values.map { Int128($0) * Int128(factor) }
    let fits = products.allSatisfy { Int64(exactly: $0) != nil }
    guard let scaled = set.scaled(by: factor) else {
      return fits ? "\(values) times \(factor) is said not to fit" : nil
    }
    let expected = Set(products.map { Int64(truncatingIfNeeded: $0) })
    guard fits, Set(scaled.unsortedValues) == expected, scaled.count?.value == expected.count else {
      return "\(values) times \(factor): \(scaled.unsortedValues)"
    }
    return nil
  }
}

/// One field with the readable bytes around it that a chunk has.
struct OneField {
  private let bytes: [UInt8]
  private let count: Int

  /// What lies around the field is made of digits, to be mistaken for its own.
  init(_ text: [UInt8]) {
    bytes =
      [UInt8](repeating: 0x37, count: 64) + text + [0x2C] + [UInt8](repeating: 0x37, count: 63)
    count = text.count
  }

  func withSlice<Result>(_ body: (FieldSlice) -> Result) -> Result {
    let separators: [UInt32] = [.max, UInt32(count)]
    return bytes.withUnsafeBufferPointer { bytes in
      separators.withUnsafeBufferPointer { separators in
        body(
          FieldSlice(
            bytes: bytes.baseAddress! + 64, separators: separators.baseAddress! + 1, stride: 1,
            column: 0, rowCount: 1, trimsCR: false, mayHaveQuotes: false, quote: 0x22))
      }
    }
  }
}
