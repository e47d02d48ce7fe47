package import Columnar
import FileIO

/// Names of columns, made from a header.
package enum HeaderNames {
  /// One name per field, no two alike: of duplicates the first keeps its name and later ones take
  /// the first free of `_2`, `_3`, …; a name that stands in the file keeps its owner; an empty one
  /// becomes `column_N`, N being the column's number from 1.
  package static func unique(_ fields: [[UInt8]]) -> [String] {
    let texts = fields.map { String(decoding: $0, as: UTF8.self) }
    var taken = Set(texts)
    var owned: Set<String> = []
    // Where the search for a free suffix goes on, so that 5,000 equal names stay linear.
    var nextSuffix: [String: Int] = [:]
    return texts.enumerated().map { index, text in
      if !text.isEmpty && owned.insert(text).inserted { return text }
      let base = text.isEmpty ? "column_\(index + 1)" : text
      if text.isEmpty && taken.insert(base).inserted { return base }
      var suffix = nextSuffix[base] ?? 2
      while !taken.insert("\(base)_\(suffix)").inserted { suffix += 1 }
      nextSuffix[base] = suffix + 1
      return "\(base)_\(suffix)"
    }
  }

  /// A note about the names that are not those of the fields; `nil` where all are.
  package static func note(_ names: [String], for fields: [[UInt8]]) -> Note? {
    let limit = 3
    var changes: [String] = []
    var count = 0
    for (index, (name, field)) in zip(names, fields).enumerated() {
      let text = String(decoding: field, as: UTF8.self)
      if text == name { continue }
      count += 1
      guard count <= limit else { continue }
      let what = field.isEmpty ? "which has no name" : "`\(ReadingError.printable(field))`"
      changes.append("column \(index + 1), \(what), is `\(name)`")
    }
    if count == 0 { return nil }
    if count > limit { changes.append("and \(count - limit) more") }
    return Note(.columnsRenamed, "renamed: \(changes.joined(separator: "; "))")
  }

  /// One header made of several: what stands in a column, from top to bottom, with spaces between;
  /// the names alone where those below are units that nothing sets in brackets.
  static func joined(_ records: [[[UInt8]]]) -> [[UInt8]] {
    records.count < 2 || haveUnitsBelow(records) ? records.first ?? [] : united(records)
  }

  private static func united(_ records: [[[UInt8]]]) -> [[UInt8]] {
    let names = stacked(records)
    if Set(names).count == names.count { return names }
    // A name over several columns stands above the first of them.
    let spread = stacked(records.dropLast().map(spread) + records.suffix(1))
    return Set(spread).count == spread.count ? spread : names
  }

  private static func stacked(_ records: [[[UInt8]]]) -> [[UInt8]] {
    (0..<(records.map(\.count).max() ?? 0)).map { column in
      let parts = records.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
      return Array(parts.joined(separator: [UInt8(ascii: " ")]))
    }
  }

  /// A record whose empty fields have what stands to the left of them.
  private static func spread(_ record: [[UInt8]]) -> [[UInt8]] {
    var last: [UInt8] = []
    return record.map { field in
      if !field.isEmpty { last = field }
      return last
    }
  }

  /// The names of a header, one for each column; an empty one for a column that has none.
  static func names(in records: [[[UInt8]]], _ form: HeaderForm) -> [[UInt8]] {
    var names = form.hasUnitsBelow ? records.first ?? [] : united(records)
    if let first = names.first, first.starts(with: form.sign) {
      names[0] = Array(first.dropFirst(form.sign.count))
    }
    if form.lacksFirstName { names.insert([], at: 0) }
    return names
  }

  /// Whether the first record names every column, and the others say in what units it is, or what it
  /// was asked by.
  static func haveUnitsBelow(_ records: [[[UInt8]]]) -> Bool {
    guard let names = records.first, records.count > 1, !names.contains([]),
      Set(names).count == names.count
    else { return false }
    let units = records.dropFirst()
    if UnitWords.areImportIds(records[records.count - 1]) { return true }
    return units.allSatisfy(UnitWords.areUnits)
      && !units.joined().allSatisfy { $0.isEmpty || UnitWords.isBracketed($0) }
  }

  /// `column_1`, `column_2`, ….
  package static func numbered(_ count: Int) -> [String] {
    (0..<count).map { "column_\($0 + 1)" }
  }

  /// `names` and, for columns that only longer records have, `column_N` up to `count`.
  package static func extended(_ names: [String], to count: Int) -> [String] {
    if count <= names.count { return names }
    let fields = names.map { Array($0.utf8) } + Array(repeating: [], count: count - names.count)
    return unique(fields)
  }
}
