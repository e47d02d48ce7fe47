import Columnar
import Foundation

@testable import Typing

/// A number taken apart with strings.
struct SlowNumber {
  var sign = ""
  var whole = ""
  /// Digits before the point as they are written, zeros in front too.
  var writtenWholeCount = 0
  var point: String?
  var fraction = ""
  /// With its sign.
  var exponent: String?

  var digits: String { whole + fraction }
  var isWhole: Bool { point == nil && exponent == nil }
  var exponentIsSigned: Bool { exponent.map { $0.hasPrefix("+") || $0.hasPrefix("-") } ?? false }
  var isBareExponent: Bool { exponent != nil && point == nil && !exponentIsSigned }
  var isMinusZero: Bool { sign == "-" && digits.allSatisfy { $0 == "0" } && exponent == nil }
  var mayBeGrouped: Bool {
    exponent == nil && fraction.count == 3 && (1...3).contains(writtenWholeCount)
      && !whole.hasPrefix("0") && writtenWholeCount == whole.count
  }
  /// Of all digits; at most 38 of them are looked at.
  var mantissa: Int128 { (Int128(digits.prefix(38)) ?? 0) * (sign == "-" ? -1 : 1) }

  /// As every parser of floating point reads it.
  var plain: String {
    let body = (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
    return (sign == "-" ? "-" : "") + body + (exponent.map { "e" + $0 } ?? "")
  }

  init?(_ field: String, _ typing: TypingOptions, delimiter: UInt8) {
    var text = Substring(TypingReference.trimmed(field))
    if let first = text.first, "+-".contains(first) { sign = String(text.removeFirst()) }
    let thousands = typing.thousandsSeparator.map { String(UnicodeScalar($0)) }
    var points = ["."]
    if let told = typing.decimalSeparator { points = [String(UnicodeScalar(told))] }
    if typing.decimalSeparator == nil, delimiter == UInt8(ascii: ";") { points.append(",") }
    points.removeAll { $0 == thousands }
    if thousands == ".", typing.decimalSeparator == nil { points = [","] }
    if let mark = text.firstIndex(where: { "eE".contains($0) }) {
      exponent = String(text[text.index(after: mark)...])
      text = text[..<mark]
      let digits = exponentIsSigned ? exponent!.dropFirst() : exponent![...]
      guard Self.areDigits(digits), !digits.isEmpty else { return nil }
    }
    if let place = text.firstIndex(where: { points.contains(String($0)) }) {
      point = String(text[place])
      fraction = String(text[text.index(after: place)...])
      text = text[..<place]
    }
    whole = String(text)
    if let thousands {
      let groups = whole.components(separatedBy: thousands)
      if groups.count > 1 {
        guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return nil }
        whole = groups.joined()
      }
    }
    guard Self.areDigits(whole[...]), Self.areDigits(fraction[...]), !digits.isEmpty else {
      return nil
    }
    writtenWholeCount = whole.count
    if whole.count > 1, whole.hasPrefix("0") {
      guard typing.readsZeroPaddedNumbers else { return nil }
      whole = String(whole.drop { $0 == "0" })
      if whole.isEmpty { whole = "0" }
    }
  }

  private static func areDigits(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Whether the digits can be had back from the nearest binary64, printed shortest or with as many.
  func isKept(by value: Double) -> Bool {
    let significant = digits.drop { $0 == "0" }
    let trimmed = String(significant.reversed().drop { $0 == "0" }.reversed())
    if trimmed.isEmpty { return true }
    if trimmed.count <= 15, value.isNormal { return true }
    if trimmed.count > 17 {
      return "\(value)" == TypingReference.trimmed(plain) || "\(value)" == plain + ".0"
    }
    return String(format: "%.\(trimmed.count - 1)e", abs(value)).prefix { $0 != "e" }
      .filter { $0 != "." } == trimmed
  }
}
