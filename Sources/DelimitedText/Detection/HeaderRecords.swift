/// How many records a header takes.
enum HeaderRecords {
  /// 1 where nothing proves that it takes more.
  ///
  /// Proof is: no typed column has a typed field or none at all in the last of them; and the first
  /// ones are no header alone, having names twice or not at all, or the last has units in brackets;
  /// or those behind the first are units, by their words, or the ids that a survey is exported with.
  /// Labels of rows need no name, and theirs may stand below those of the others.
  static func count(in records: [[[UInt8]]], _ looksTyped: TypedEvidence) -> Int {
    if let ids = records.prefix(3).firstIndex(where: UnitWords.areImportIds), ids > 0,
      records.prefix(ids).allSatisfy({ $0.count == records[ids].count })
    {
      return ids + 1
    }
    let units = unitCount(in: records, looksTyped)
    if units > 0 { return 1 + units }
    let counts = records.count > 2 && isLabelName(records[2]) ? [3, 2] : [2, 3]
    for count in counts where records.count >= count + 3 {
      let header = records.prefix(count)
      guard let typed = typedColumns(of: records, below: count, looksTyped), let last = header.last
      else { continue }
      // Rows have labels where nothing stands above them, but for a name below that of the others.
      let hasLabelName = count > 2 && isLabelName(last)
      let areLabels = header.dropLast(hasLabelName ? 1 : 0).allSatisfy { $0[0].isEmpty }
      let hasUnits =
        typed.contains { UnitWords.isBracketed(last[$0]) }
        && last.allSatisfy { $0.isEmpty || UnitWords.isBracketed($0) }
      let isUntyped = header.enumerated().allSatisfy { index, record in
        if index + 1 == count, hasLabelName { return true }
        return typed.allSatisfy { column in
          let field = record[column]
          if column == 0, areLabels { return true }
          if index + 1 < count ? field.isEmpty || isYear(field) : field.isEmpty && hasUnits {
            return true
          }
          return !field.isEmpty && !looksTyped([field]) && !isNullWord(field) && !isDigits(field)
        }
      }
      guard isUntyped else { continue }
      let isPoorAlone = header.dropLast(hasLabelName ? 2 : 1).allSatisfy { record in
        record.contains { $0.isEmpty } || Set(record).count < record.count
      }
      let names = HeaderNames.joined(Array(header))
      if areLabels || hasLabelName, Set(names).count < names.count { continue }
      if hasUnits || isPoorAlone, !names.dropFirst(areLabels ? 1 : 0).contains([]) { return count }
    }
    return 1
  }

  private static func isLabelName(_ record: [[UInt8]]) -> Bool {
    record.count > 1 && !record[0].isEmpty && record.dropFirst().allSatisfy { $0.isEmpty }
  }

  /// Up to which record words, none of them twice, stand above columns that are typed below; 1 where
  /// the first is the last of them.
  static func possibleCount(in records: [[[UInt8]]], _ looksTyped: TypedEvidence) -> Int {
    for count in 2...6 {
      guard let typed = typedColumns(of: records, below: count, looksTyped) else { continue }
      let last = records[count - 1]
      if last.allSatisfy({ !$0.isEmpty }), Set(last).count == last.count,
        typed.allSatisfy({ isWord(last[$0]) && !looksTyped([last[$0]]) && !isNullWord(last[$0]) })
      {
        return count
      }
    }
    return 1
  }

  /// How many records of units, or of how values were gathered, stand below a record of names.
  private static func unitCount(in records: [[[UInt8]]], _ looksTyped: TypedEvidence) -> Int {
    guard let names = records.first, names.allSatisfy({ !$0.isEmpty }),
      Set(names).count == names.count
    else { return 0 }
    var count = 0
    while count < 3, count + 1 < records.count, UnitWords.areUnits(records[count + 1]) {
      count += 1
    }
    while count > 0 {
      // Brackets say enough above two rows, too.
      let areBracketed = records[1...count].joined().allSatisfy {
        $0.isEmpty || UnitWords.isBracketed($0)
      }
      if let typed = typedColumns(
        of: records, below: count + 1, rowCount: areBracketed ? 2 : 3, looksTyped),
        records[1...count].allSatisfy({ record in
          typed.allSatisfy { record[$0].isEmpty || !looksTyped([record[$0]]) }
        })
      {
        return count
      }
      count -= 1
    }
    return 0
  }

  /// The columns that have a type below the first `count` records, in `rowCount` rows or more, where
  /// they are half of them or more and nearly all records are as wide as those.
  private static func typedColumns(
    of records: [[[UInt8]]], below count: Int, rowCount: Int = 3, _ looksTyped: TypedEvidence
  ) -> [Int]? {
    guard records.count >= count + rowCount else { return nil }
    let width = records[count - 1].count
    let below = records.dropFirst(count)
    guard width > 1, records.prefix(count).allSatisfy({ $0.count == width }),
      below.count(where: { $0.count == width }) * 10 >= below.count * 9
    else { return nil }
    let typed = (0..<width).filter { column in
      let fields = HeaderEvidence.fields(of: column, in: below)
      return fields.count >= rowCount && looksTyped(fields)
    }
    return typed.count >= max(1, width / 2) ? typed : nil
  }

  static func isNullWord(_ field: [UInt8]) -> Bool {
    let words = ["na", "n/a", "#n/a", "null", "none", "nan", "-", "--", ".", "?", "missing"]
    return words.contains(String(decoding: field, as: UTF8.self).lowercased())
  }

  /// Whether a field may be a name: it has letters, and is no value of a kind that no type has, such as `1-Jan-2024`.
  private static func isWord(_ field: [UInt8]) -> Bool {
    Prose.hasLetter(field[...]) && !FieldPattern(field).isOfValues
  }

  /// Whether a field is digits that are no number for a zero or a sign before them: `02477`, `0049 30 1234`,
  /// `+49-30-1234`.
  static func isDigits(_ field: [UInt8]) -> Bool {
    guard let first = field.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "+") else {
      return false
    }
    let isDigit = { (byte: UInt8) in UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    return field.contains(where: isDigit)
      && field.dropFirst().allSatisfy { isDigit($0) || " -/.()".utf8.contains($0) }
  }

  private static func isYear(_ field: [UInt8]) -> Bool {
    guard field.count == 4, let year = Int(String(decoding: field, as: UTF8.self)) else {
      return false
    }
    return 1800..<2200 ~= year
  }
}
