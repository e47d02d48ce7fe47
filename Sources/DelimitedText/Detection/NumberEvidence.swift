/// How numbers of the sample are written.
enum NumberEvidence {
  private static let point = UInt8(ascii: ".")

  static func add(_ records: SampleRecords, to finding: inout DialectFinding) {
    let data = records.dropFirst(finding.dialect.hasHeader ? finding.dialect.headerRecordCount : 0)
    let width = data.map(\.count).max() ?? 0
    for column in 0..<width {
      let fields = data.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
      guard !fields.isEmpty else { continue }
      if fields.allSatisfy(SimpleTypes.isGroupedByPoints),
        fields.contains(where: { $0.contains(point) })
      {
        finding.pointColumns.append(column)
      } else if fields.allSatisfy(SimpleTypes.isGroupedByCommas),
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
}
