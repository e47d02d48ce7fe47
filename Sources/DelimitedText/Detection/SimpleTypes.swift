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

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
