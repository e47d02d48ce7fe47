/// How numbers of the sample are written.
enum NumberEvidence {
  private static let point = UInt8(ascii: ".")

  static func add(_ records: SampleRecords, to finding: inout DialectFinding) {
    let data = records.dropFirst(finding.dialect.hasHeader ? finding.dialect.headerRecordCount : 0)
    let width = data.map(\.count).max() ?? 0
    for column in 0..<width {
      let fields = data.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
      guard !fields.isEmpty else { continue }
      if fields.allSatisfy(isGroupedByPoints), fields.contains(where: { $0.contains(point) }) {
        finding.pointColumns.append(column)
      } else if fields.allSatisfy(isGrouped),
        fields.contains(where: { $0.contains(UInt8(ascii: ",")) })
      {
        finding.thousandsColumns.append(column)
      } else if fields.allSatisfy(SimpleTypes.isNumber) {
        let hasComma = fields.contains { $0.contains(UInt8(ascii: ",")) }
        let hasPoint = fields.contains { $0.contains(UInt8(ascii: ".")) }
        if hasPoint {
          finding.decimalSeparator = UInt8(ascii: ".")
        } else if hasComma, finding.decimalSeparator == nil,
          finding.dialect.delimiter == UInt8(ascii: ";")
        {
          finding.decimalSeparator = UInt8(ascii: ",")
        }
      }
    }
    if finding.decimalSeparator == UInt8(ascii: ",") { finding.thousandsColumns = [] }
  }

  /// `1.234,56`, `12.345.678,9`: a number only if points separate thousands.
  private static func isGroupedByPoints(_ field: [UInt8]) -> Bool {
    let comma = UInt8(ascii: ",")
    guard field.contains(comma), field.contains(point) || field.count < 8 else { return false }
    return isGrouped(field.map { $0 == point ? comma : $0 == comma ? point : $0 })
  }

  /// `7`, `1,234`, `-12,345,678.90`: a number only if commas separate thousands.
  private static func isGrouped(_ field: [UInt8]) -> Bool {
    var whole = field[...]
    if let sign = whole.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      whole.removeFirst()
    }
    let parts = whole.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == UInt8(ascii: ".") })
    let isDigit = { (byte: UInt8) in UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    guard parts.count == 1 || !parts[1].isEmpty && parts[1].allSatisfy(isDigit) else {
      return false
    }
    let groups = parts[0].split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == UInt8(ascii: ",") })
    return groups.allSatisfy { $0.allSatisfy(isDigit) } && (1...3).contains(groups[0].count)
      && groups.dropFirst().allSatisfy { $0.count == 3 }
  }
}
