/// Whether all fields (not empty ones) are of one type other than text: evidence that a record is
/// data and not a header.
package typealias TypedEvidence = @Sendable (_ fields: [[UInt8]]) -> Bool

/// What numbers and dates look like at a glance: enough to score a delimiter by.
enum SimpleTypes {
  /// Digits with at most a sign before and one point or comma among them.
  static func isNumber(_ field: [UInt8]) -> Bool {
    var digits = field[...]
    if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      digits.removeFirst()
    }
    let parts = digits.split(
      maxSplits: 1, omittingEmptySubsequences: false,
      whereSeparator: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") })
    return parts.contains { !$0.isEmpty } && parts.allSatisfy { $0.allSatisfy(isDigit) }
  }

  /// Begins like `2024-05-17`.
  static func isDate(_ field: [UInt8]) -> Bool {
    field.count >= 10
      && field.prefix(10).enumerated().allSatisfy { index, byte in
        index == 4 || index == 7 ? byte == UInt8(ascii: "-") : isDigit(byte)
      }
  }

  /// `1.234,56`, `12.345.678,9`: a number only if points separate thousands.
  static func isGroupedByPoints(_ field: [UInt8]) -> Bool {
    let comma = UInt8(ascii: ",")
    guard field.contains(comma), field.contains(UInt8(ascii: ".")) || field.count < 8 else {
      return false
    }
    let point = UInt8(ascii: ".")
    return isGroupedByCommas(field.map { $0 == point ? comma : $0 == comma ? point : $0 })
  }

  /// `7`, `1,234`, `-12,345,678.90`: a number only if commas separate thousands.
  static func isGroupedByCommas(_ field: [UInt8]) -> Bool {
    var whole = field[...]
    if let sign = whole.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      whole.removeFirst()
    }
    let parts = whole.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == UInt8(ascii: ".") })
    guard parts.count == 1 || !parts[1].isEmpty && parts[1].allSatisfy(isDigit) else {
      return false
    }
    let groups = parts[0].split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == UInt8(ascii: ",") })
    return groups.allSatisfy { $0.allSatisfy(isDigit) } && (1...3).contains(groups[0].count)
      && groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
