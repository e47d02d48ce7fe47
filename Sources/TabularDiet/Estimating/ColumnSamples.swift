import Columnar
import Pipeline
import Typing

/// What samples say of one column.
struct ColumnSamples: Sendable {
  /// As all samples together are read.
  var all: ColumnProfile
  /// Every other sample, and the rest.
  var alternate: [ColumnProfile]
  /// The first half of the samples, and the rest.
  var contiguous: [ColumnProfile]
  /// The samples one by one, in the order of the files.
  var each: [ColumnProfile]
  /// The fields of all samples as text.
  var text: ColumnProfile

  /// Of each column.
  ///
  /// - Throws: `PartError` where samples are not of one table, which they are.
  static func columns(of table: SampledTable, threads: Int) throws -> [Self] {
    let typing = table.typing
    let parts = table.samples.map(\.profile)
    let middle = parts.count / 2
    let alternate = [0, 1].map { half in
      parts.indices.filter { $0 % 2 == half }.map { parts[$0] }
    }
    let halves = try (alternate.map { $0[...] } + [parts[..<middle], parts[middle...]]).map(union)
    let all = try union(halves[2...])
    let count = all.columns.count
    let known = [all] + halves + parts
    let settled = parallelMap(known.count, threads: threads) { index in
      profiles(of: known[index], count: count, typing: typing)
    }
    let texts = parallelMap(count, threads: threads) { index in
      let name = all.columnNames[index]
      let column = all.columns[index].asText(name, options: typing.options(for: name))
      return column.map {
        TypedColumn($0, rowCount: all.rowCount, note: nil, keepsValues: false).profile
      } ?? settled[0][index]
    }
    return (0..<count).map { index in
      ColumnSamples(
        all: settled[0][index], alternate: settled[1...2].map { $0[index] },
        contiguous: settled[3...4].map { $0[index] }, each: settled[5...].map { $0[index] },
        text: texts[index])
    }
  }

  /// Joined in pairs: what is known grows, and each join takes as long as that.
  private static func union(_ parts: ArraySlice<PartProfile>) throws -> PartProfile {
    if parts.count == 1 { return parts[parts.startIndex] }
    let middle = parts.startIndex + parts.count / 2
    var all = try union(parts[..<middle])
    try all.formUnion(union(parts[middle...]))
    return all
  }

  /// Those of a part; of columns that its records do not reach there is nothing but nulls.
  private static func profiles(
    of part: PartProfile, count: Int, typing: TypingOptions
  ) -> [ColumnProfile] {
    let source = ProfileTableSource(part, threads: 1)
    let known = LoadedTable(part, source: source, typing: typing).columns.map(\.profile)
    return (0..<count).map { index in
      if index < known.count { return known[index] }
      var missing = ColumnProfile(
        name: "", type: .null, rowCount: part.rowCount, nullCount: part.rowCount)
      missing.source.emptyCount = part.rowCount
      return missing
    }
  }
}
