/// What the first records say about the header.
struct HeaderEvidence {
  /// Whether the first record names the columns.
  let hasHeader: Bool
  /// Whether some column has a name on top of typed fields.
  let hasNamesOverTypes: Bool
  /// How many records the header takes.
  let headerRecordCount: Int

  /// How many records, and fields in all, tell about the header.
  static let recordCount = 100
  private static let fieldCount = 20_000

  /// The first record is a header unless some column's fields, the first among them, are of one
  /// type, and no column has a name on top of typed fields. Years side by side are names.
  init(_ sample: SampleRecords, looksTyped: TypedEvidence) {
    guard let first = sample.first else {
      hasHeader = true
      hasNamesOverTypes = false
      headerRecordCount = 1
      return
    }
    let limit = max(2, min(Self.recordCount, Self.fieldCount / max(1, first.count)))
    let records = Array(sample.prefix(limit))
    var isData = false
    var isHeader = false
    let years = Self.yearColumns(first)
    for (column, top) in first.enumerated() where !top.isEmpty && !years.contains(column) {
      let below = Self.fields(of: column, in: records.dropFirst())
      if looksTyped([top] + below) {
        isData = true
      } else if looksTyped(below) {
        isHeader = true
        break
      }
    }
    let count = Self.severalRecords(records, looksTyped)
    hasNamesOverTypes = isHeader || count > 1
    hasHeader = hasNamesOverTypes || !isData
    headerRecordCount = count
  }

  private static func fields(
    of column: Int, in records: ArraySlice<[[UInt8]]>
  ) -> [[UInt8]] {
    records.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
  }

  /// How many records a header takes that takes several; 1 where nothing proves that it does.
  ///
  /// Proof is: no typed column has a typed field or none at all in the last of them; and the first
  /// ones are no header alone, having names twice or not at all, or the last has units in brackets.
  private static func severalRecords(
    _ records: [[[UInt8]]], _ looksTyped: TypedEvidence
  ) -> Int {
    for count in 2...3 where records.count >= count + 3 {
      let header = records.prefix(count)
      let width = header.last!.count
      let below = records.dropFirst(count)
      guard width > 1, header.allSatisfy({ $0.count == width }),
        below.count(where: { $0.count == width }) * 10 >= below.count * 9
      else { continue }
      let typed = (0..<width).filter { column in
        let fields = fields(of: column, in: below)
        return fields.count >= 3 && looksTyped(fields)
      }
      guard typed.count >= max(1, width / 2) else { continue }
      let last = header.last!
      let hasUnits =
        typed.contains { isBracketed(last[$0]) }
        && last.allSatisfy { $0.isEmpty || isBracketed($0) }
      let isUntyped = header.enumerated().allSatisfy { index, record in
        typed.allSatisfy { column in
          let field = record[column]
          if index + 1 < count ? field.isEmpty || isYear(field) : field.isEmpty && hasUnits {
            return true
          }
          return !field.isEmpty && !looksTyped([field]) && !isNullWord(field)
        }
      }
      guard isUntyped else { continue }
      let isPoorAlone = header.dropLast().allSatisfy { record in
        record.contains { $0.isEmpty } || Set(record).count < width
      }
      let names = HeaderNames.joined(Array(header))
      if hasUnits || isPoorAlone, !names.contains([]) { return count }
    }
    return 1
  }

  private static func isBracketed(_ field: [UInt8]) -> Bool {
    guard field.count > 2, let first = field.first, let last = field.last else { return false }
    return first == UInt8(ascii: "(") && last == UInt8(ascii: ")")
      || first == UInt8(ascii: "[") && last == UInt8(ascii: "]")
  }

  private static func isNullWord(_ field: [UInt8]) -> Bool {
    let words = ["na", "n/a", "#n/a", "null", "none", "nan", "-", "--", ".", "?", "missing"]
    return words.contains(String(decoding: field, as: UTF8.self).lowercased())
  }

  private static func isYear(_ field: [UInt8]) -> Bool {
    guard field.count == 4, let year = Int(String(decoding: field, as: UTF8.self)) else {
      return false
    }
    return 1800..<2200 ~= year
  }

  /// The columns of `country,2019,2020`: two years or more, each one more than the one before.
  private static func yearColumns(_ fields: [[UInt8]]) -> Range<Int> {
    let years = fields.map { isYear($0) ? Int(String(decoding: $0, as: UTF8.self)) ?? 0 : 0 }
    guard let start = years.firstIndex(where: { $0 > 0 }), start > 0 else { return 0..<0 }
    var end = start + 1
    while end < years.count && years[end] == years[end - 1] + 1 { end += 1 }
    return end - start > 1 ? start..<end : 0..<0
  }
}
