import Columnar
import Foundation

/// The table of meanings in its plainest form: what each field could be, and what all of them are.
///
/// Slow on purpose. It reads no bytes, keeps no chunks and shares nothing with the engine: types are
/// tried from the narrowest to the widest on a list of strings.
struct TypingReference {
  struct Answer: Equatable {
    var type: LogicalType
    var fidelity: Fidelity
    var values: [String?]
  }

  let typing: TypingOptions
  let delimiter: UInt8

  private static let words = ["NA", "N/A", "n/a", "#N/A", "NULL", "null", "None"]

  func answer(_ fields: [FieldText]) -> Answer {
    let isNull = fields.map {
      $0 == .empty || (!$0.isQuotedEmpty && typing.nullTokens.contains($0.text))
    }
    let isNullUnlessText = zip(fields, isNull).map {
      $1 || $0.isQuotedEmpty || Self.words.contains($0.text)
    }
    let rows = fields.indices.filter { !isNullUnlessText[$0] }
    let spellings = Set(fields.indices.filter { isNullUnlessText[$0] }.map { fields[$0] })
    let texts = rows.map { fields[$0].text }
    if !rows.isEmpty, !Self.areVersions(texts) {
      let readings = [booleans, integers, decimals, floats, dates, timestamps, times, spans]
      for reading in readings {
        guard let column = reading(texts) else { continue }
        var values = [String?](repeating: nil, count: fields.count)
        for (row, value) in zip(rows, column.values) { values[row] = value }
        var fidelity = column.rendered == texts && spellings.count <= 1 ? Fidelity.text : .value
        if column.isRounded { fidelity = .rounded }
        return Answer(type: column.type, fidelity: fidelity, values: values)
      }
    }
    let nulls = Set(fields.indices.filter { isNull[$0] }.map { fields[$0] })
    let values = fields.indices.map { isNull[$0] ? nil : fields[$0].text }
    let isAllNull = isNull.allSatisfy { $0 }
    return Answer(
      type: isAllNull ? .null : .string, fidelity: nulls.count > 1 ? .value : .text, values: values)
  }

  /// A column of one type: its values written out, and its fields as they can be had back.
  struct Reading {
    var type: LogicalType
    var values: [String]
    var rendered: [String]
    var isRounded = false
  }

  private func booleans(_ texts: [String]) -> Reading? {
    var pairs = [["true", "false"], ["True", "False"], ["TRUE", "FALSE"]]
    if let told = typing.booleanWords { pairs.insert([told.true, told.false], at: 0) }
    guard let pair = pairs.first(where: { texts.allSatisfy($0.contains) }) else { return nil }
    return Reading(
      type: .boolean, values: texts.map { $0 == pair[0] ? "true" : "false" }, rendered: texts)
  }

  // MARK: - Numbers

  /// Every number but words, and whether decimal signs agree.
  private func numbers(_ texts: [String]) -> [SlowNumber]? {
    let numbers = texts.map { SlowNumber($0, typing, delimiter: delimiter) }
    guard numbers.allSatisfy({ $0 != nil }) else { return nil }
    let all = numbers.map { $0! }
    let phones = all.filter { $0.sign == "+" && $0.isWhole && $0.writtenWholeCount >= 7 }
    if phones.count == all.count || Set(all.compactMap(\.point)).count > 1 { return nil }
    // Before three digits throughout, commas may be those of thousands.
    let isTold = typing.decimalSeparator != nil || typing.thousandsSeparator == UInt8(ascii: ".")
    let commas = all.filter { $0.point == "," }
    if !isTold, !commas.isEmpty, commas.allSatisfy(\.mayBeGrouped) { return nil }
    return all
  }

  private func integers(_ texts: [String]) -> Reading? {
    guard let all = numbers(texts),
      all.allSatisfy({ $0.exponent == nil && ["", "0"].contains($0.fraction) }),
      !all.contains(where: \.isMinusZero)
    else { return nil }
    // Whole floats, as pandas writes integers that had a missing value among them.
    let inTenths = all.filter { $0.fraction == "0" }
    let values = all.map { $0.fraction == "0" ? $0.mantissa / 10 : $0.mantissa }
    if !inTenths.isEmpty {
      let limit = Int128(Int64.max) / 10
      guard values.allSatisfy({ -limit - 1 <= $0 && $0 <= limit }) else { return nil }
    }
    let isSigned = values.allSatisfy { Int64(exactly: $0) != nil }
    let isUnsigned = values.allSatisfy { UInt64(exactly: $0) != nil }
    // A point without digits beside integers past 2^63 − 1 is floating point.
    guard isSigned || (isUnsigned && all.allSatisfy { $0.point == nil }) else { return nil }
    let written = values.map { String($0) }
    let tail = inTenths.first.map { ($0.point ?? ".") + "0" } ?? ""
    return Reading(type: .integer, values: written, rendered: written.map { $0 + tail })
  }

  private func decimals(_ texts: [String]) -> Reading? {
    guard let all = numbers(texts), all.allSatisfy({ $0.exponent == nil }),
      !all.contains(where: \.isMinusZero)
    else { return nil }
    let scale = all.map(\.fraction.count).max()!
    guard scale > 0, scale <= 18 else { return nil }
    var values: [String] = []
    var isLong = false
    for number in all {
      guard number.digits.count < 30 else { return nil }
      let factor = (number.fraction.count..<scale).reduce(Int128(1)) { product, _ in product * 10 }
      let (scaled, overflow) = number.mantissa.multipliedReportingOverflow(by: factor)
      guard !overflow, let mantissa = Int64(exactly: scaled) else { return nil }
      values.append(SlowText.decimal(Int128(mantissa), scale: scale))
      isLong = isLong || mantissa.magnitude >= 1_000_000_000_000_000
    }
    // Floats that were written out, as numpy, R and JSON print them.
    if isLong, texts.allSatisfy(Self.isPrintedFloat) { return nil }
    // A decimal comma is had back, too.
    let rendered = zip(values, all).map { value, number in
      number.point == "," ? value.replacingOccurrences(of: ".", with: ",") : value
    }
    return Reading(type: .decimal(scale: scale), values: values, rendered: rendered)
  }

  private func floats(_ texts: [String]) -> Reading? {
    let named: [Double?] = texts.map { text in
      let text = Self.trimmed(text).lowercased()
      let word = text.hasPrefix("+") || text.hasPrefix("-") ? String(text.dropFirst()) : text
      guard ["nan", "inf", "infinity"].contains(word) else { return nil }
      return word == "nan" ? .nan : text.hasPrefix("-") ? -.infinity : .infinity
    }
    let spelled = zip(texts, named).filter { $1 == nil }.map(\.0)
    var all: [SlowNumber] = []
    if !spelled.isEmpty {
      let hasWords = spelled.count < texts.count
      guard let read = numbers(spelled + (hasWords ? ["0"] : [])) else { return nil }
      all = hasWords ? read.dropLast() : read
    }
    let hasEvidence = all.contains { $0.point != nil || $0.exponentIsSigned }
    if all.contains(where: \.isBareExponent), !hasEvidence { return nil }
    guard spelled.count < texts.count || hasEvidence || all.contains(where: \.isMinusZero) else {
      return nil
    }
    var reading = Reading(type: .float, values: [], rendered: [])
    var next = all.makeIterator()
    for index in texts.indices {
      let value: Double
      if let word = named[index] {
        value = word
      } else {
        let number = next.next()!
        guard let read = Double(number.plain), read.isFinite else { return nil }
        value = read
        if number.isWhole {
          guard number.digits.count < 30, number.mantissa <= Int128(UInt64.max),
            number.mantissa >= Int128(Int64.min), Int128(exactly: value) == number.mantissa
          else { return nil }
        } else if !number.isKept(by: value) {
          reading.isRounded = true
        }
      }
      reading.values.append("\(value)")
      let text = "\(value)"
      reading.rendered.append(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }
    return reading.isRounded && typing.keepsExactDigits ? nil : reading
  }

  /// Versions, of which two would be one number.
  private static func areVersions(_ texts: [String]) -> Bool {
    var minors: [String: Set<Int>] = [:]
    for text in texts {
      guard let match = text.wholeMatch(of: /(0|[1-9][0-9]{0,3})\.([0-9]|[1-9][0-9]{1,2})/),
        let minor = Int(match.2)
      else { return false }
      minors[String(match.1), default: []].insert(minor)
    }
    return minors.values.contains { counted in
      counted.max()! <= 10 * counted.count
        && counted.contains { $0 > 0 && counted.contains($0 * 10) }
    }
  }

  private static func isPrintedFloat(_ text: String) -> Bool {
    guard let value = Double(text) else { return false }
    return text == "\(value)" || text + ".0" == "\(value)"
  }

  static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: CharacterSet(charactersIn: " \t"))
  }
}
