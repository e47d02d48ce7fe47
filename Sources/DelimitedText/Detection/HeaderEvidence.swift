/// What the first records say about the header.
struct HeaderEvidence {
  /// Whether the first record names the columns.
  let hasHeader: Bool
  /// Whether some column has a name on top of typed fields.
  let hasNamesOverTypes: Bool
  /// Whether every typed column, and there is one, has a name of its own, or numbers are the names:
  /// no record above these is needed to read the table.
  let isProven: Bool
  /// How many records the header takes.
  let headerRecordCount: Int
  /// Whether the header has a name less than records have fields: the first column has none.
  let lacksFirstName: Bool
  /// How many records the header may take: without those below the first, columns would have types.
  let possibleRecordCount: Int
  /// Whether the record of units below the names could be names as well.
  let mayUnitsBeNames: Bool
  /// Whether names are numbers, so that the first record could be one of data.
  let hasNumbersAsNames: Bool
  /// A name that may as well be a value of its column, where nothing proves the header; else empty.
  let doubtfulName: [UInt8]

  /// How many records, and fields in all, tell about the header.
  static let recordCount = 100
  private static let fieldCount = 20_000

  /// The first record is a header unless some column's fields, the first among them, are of one
  /// type, and no column has a name on top of typed fields; where no column has a type, unless the
  /// first of some column has the pattern of those below. Numbers that count up side by side are
  /// names, and so are fields in quotes above values without.
  init(_ sample: SampleRecords, looksTyped: TypedEvidence) {
    guard var first = sample.first else {
      hasHeader = true
      hasNamesOverTypes = false
      isProven = false
      headerRecordCount = 1
      lacksFirstName = false
      hasNumbersAsNames = false
      doubtfulName = []
      possibleRecordCount = 1
      mayUnitsBeNames = false
      return
    }
    let limit = max(2, min(Self.recordCount, Self.fieldCount / max(1, first.count)))
    // A header that stands again is none of the data.
    var records = [first] + sample.prefix(limit).dropFirst().filter { $0 != first }
    lacksFirstName = Self.lacksFirstName(records, looksTyped)
    if lacksFirstName {
      first.insert([], at: 0)
      records[0] = first
    }
    let count = HeaderRecords.count(in: records, looksTyped)
    let below = records.dropFirst(count)
    let names = count > 1 ? HeaderNames.joined(Array(records.prefix(count))) : first
    let numbers = NumberHeader(first)
    let named = numbers.columns(over: records.dropFirst(), in: first)
    var isData = false
    var isHeader = false
    var isEachNamed = true
    var typedCount = 0
    var othersOnTop: [[UInt8]] = []
    for (column, top) in first.enumerated() {
      let fields = Self.fields(of: column, in: below)
      let isTyped = looksTyped(fields)
      typedCount += isTyped ? 1 : 0
      if named.contains(column) { continue }
      if top.isEmpty {
        // Labels of rows need no name where others have several.
        if isTyped, names[column].isEmpty, count == 1 || column > 0 { isEachNamed = false }
        if count > 1, isTyped, !names[column].isEmpty { isHeader = true }
      } else if isTyped, !lacksFirstName, sample.quotedNames.contains(column) {
        isHeader = true
      } else if looksTyped([top] + fields)
        || isTyped && HeaderRecords.isDigits(top)
          && fields.contains(where: { $0.count == top.count })
      {
        isData = true
        isEachNamed = false
      } else if isTyped {
        isHeader = true
        // Days above numbers are names, where there are several.
        if looksTyped([top]), !numbers.ascending.contains(column) { othersOnTop.append(top) }
      }
    }
    if (1..<3).contains(othersOnTop.count) { isEachNamed = false }
    let isNumbered = !named.isEmpty
    let isOpen = !isHeader && !isData && !isNumbered && count == 1
    let patterns = isOpen ? HeaderPatterns(first, below: below) : HeaderPatterns()
    isData = isData || patterns.showData
    doubtfulName = isOpen && !isData ? patterns.doubtfulName : []
    hasNamesOverTypes = isHeader || count > 1
    hasNumbersAsNames = isNumbered && !isHeader && (!numbers.isYears || named.lowerBound == 0)
    hasHeader = hasNamesOverTypes || isNumbered || !isData
    headerRecordCount = count
    let isUnique = Set(names).count == names.count
    mayUnitsBeNames = count == 2 && UnitWords.mayBeNames(records[1])
    let mayGoOn = hasHeader && !isHeader && count == 1 && !isNumbered
    possibleRecordCount = mayGoOn ? HeaderRecords.possibleCount(in: records, looksTyped) : count
    isProven = isUnique && typedCount > 0 && (isEachNamed && isHeader || isNumbered && !isData)
  }

  /// What is to be known about its names.
  func form(
    of sample: SampleRecords, recordCount: Int, below above: UnsafeBufferPointer<UInt8>
  ) -> HeaderForm {
    var form = HeaderForm()
    form.lacksFirstName = lacksFirstName
    form.hasNumbers = hasNumbersAsNames
    form.hasQuestionsBelow =
      recordCount > 1 && UnitWords.areImportIds(sample[min(recordCount, sample.count) - 1])
    form.hasUnitsBelow = HeaderNames.haveUnitsBelow(Array(sample.prefix(recordCount)))
    form.possibleRecordCount = recordCount == 1 ? possibleRecordCount : recordCount
    form.doubtfulName = recordCount == 1 ? doubtfulName : []
    form.sign = Self.sign(of: sample[0][0], below: above, isProven: isProven)
    return form
  }

  /// `#` before the first name, and spaces behind it, where it begins all lines above as well, or a
  /// space follows it and nothing but names can be meant.
  private static func sign(
    of name: [UInt8], below above: UnsafeBufferPointer<UInt8>, isProven: Bool
  ) -> [UInt8] {
    let hash = UInt8(ascii: "#")
    let sign = Array(name.prefix { $0 == hash } + name.drop { $0 == hash }.prefix { $0 == 0x20 })
    guard name.first == hash, sign.count < name.count else { return [] }
    let lines = above.split { $0 == 0x0A || $0 == 0x0D }
    let isAlike = !lines.isEmpty && lines.allSatisfy { $0.first == hash }
    return isAlike || isProven && sign.last == 0x20 ? sign : []
  }

  static func fields(
    of column: Int, in records: ArraySlice<[[UInt8]]>
  ) -> [[UInt8]] {
    records.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
  }

  /// All records have one field more than the first, which is words or numbers that count: rows
  /// with names of their own, as R writes them.
  private static func lacksFirstName(
    _ records: [[[UInt8]]], _ looksTyped: TypedEvidence
  ) -> Bool {
    let first = records[0]
    let rest = records.dropFirst()
    guard rest.count > 1, first.count > 1, rest.allSatisfy({ $0.count == first.count + 1 }),
      first.allSatisfy({ !$0.isEmpty }), Set(first).count == first.count,
      // What ends each record is a delimiter then.
      rest.contains(where: { !$0[first.count].isEmpty }),
      rest.allSatisfy({ !$0[0].isEmpty }), !cutsDecimals(rest)
    else { return false }
    if first.allSatisfy({ !looksTyped([$0]) }) { return true }
    return !NumberHeader([[]] + first).columns(over: rest, in: [[]] + first).isEmpty
  }

  /// Whether the delimiter cuts decimals in two: below points that group digits, or with a zero first,
  /// all fields of the next column are two digits.
  private static func cutsDecimals(_ records: ArraySlice<[[UInt8]]>) -> Bool {
    guard records.count > 1, let width = records.first?.count else { return false }
    func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    return (1..<width).contains { column in
      var isTold = false
      return records.allSatisfy { record in
        let (whole, cents) = (record[column - 1], record[column])
        let groups = whole.drop { $0 == UInt8(ascii: "-") }.split(
          separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        isTold = isTold || groups.count > 1 || cents.first == UInt8(ascii: "0")
        return cents.count == 2 && cents.allSatisfy(isDigit)
          && groups.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
          && groups.dropFirst().allSatisfy { $0.count == 3 } && groups[0].count <= 9
      } && isTold
    }
  }
}
