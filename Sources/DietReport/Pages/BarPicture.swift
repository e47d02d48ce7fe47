import Wording

extension PagePicture {
  /// Bytes before and after, bar by bar on one scale.
  package struct Pair {
    package var name: String
    package var before: Int?
    package var after: Int?
    /// Whether it is several together, which have no bar: it would make those of single ones small.
    package var isSum: Bool

    package init(_ name: String, before: Int?, after: Int?, isSum: Bool = false) {
      (self.name, self.before, self.after, self.isSum) = (name, before, after, isSum)
    }
  }

  /// A panel for each pair: what there was above, what there is below.
  package static func pairs(_ pairs: [Pair], before: String, after: String) -> PagePicture {
    let single = pairs.filter { !$0.isSum }
    let largest = Double(max(1, single.flatMap { [$0.before ?? 0, $0.after ?? 0] }.max() ?? 1))
    func bar(_ tone: PageTone, _ byteCount: Int?, y: Double) -> [Mark] {
      guard let byteCount, byteCount > 0 else { return [] }
      // What is there is to be seen.
      let width = max(100 * Double(byteCount) / largest, 0.15)
      return [.rect(tone, x: 0, y: y, width: width, height: 7)]
    }
    let unit = unit(of: pairs)
    let panels = pairs.map { pair in
      let bytes = [pair.before, pair.after]
      let value = bytes.compactMap { $0.map(unit.text) }.joined(separator: " → ")
      let hint = zip([before, after], bytes).compactMap { label, bytes in
        bytes.map { "\(ByteText($0)) \(label)" }
      }
      let sum = bytes.compactMap { $0.map { "\(ByteText($0))" } }.joined(separator: " → ")
      return Panel(
        pair.name, value: pair.isSum ? sum : "\(value) \(unit.symbol)",
        hint: hint.joined(separator: ", "), height: 22,
        marks: pair.isSum
          ? [] : bar(.before, pair.before, y: 3) + bar(.lean, pair.after, y: 11))
    }
    return PagePicture(.bars, legend: [(.before, before), (.lean, after)], panels: panels)
  }

  /// One unit for all, so that they can be compared down the page.
  private static func unit(of pairs: [Pair]) -> ByteUnit {
    ByteUnit(
      forColumnUpTo: pairs.filter { !$0.isSum }.flatMap { [$0.before ?? 0, $0.after ?? 0] }.max()
        ?? 0)
  }

  /// The same as a table.
  package static func table(
    of pairs: [Pair], title: String, name: String, before: String, after: String,
    rest: String? = nil
  ) -> PageTable {
    func cell(_ byteCount: Int?) -> PageTable.Cell {
      .number(byteCount.map { "\(CountText($0))" } ?? "")
    }
    return PageTable(
      title,
      [
        .text(name), .number("bytes \(before)"), .number("bytes \(after)"), .number("share"),
      ],
      rows: pairs.map { pair in
        let share =
          if let before = pair.before, let after = pair.after, before > 0 {
            ShareText(after, of: before).description
          } else {
            ""
          }
        return [.text(pair.name), cell(pair.before), cell(pair.after), .number(share)]
      }, rest: rest)
  }

  /// One bar in parts.
  package static func stack(
    _ name: String, _ parts: [(tone: PageTone, text: String, byteCount: Int)]
  ) -> PagePicture {
    let total = Double(max(1, parts.reduce(0) { $0 + $1.byteCount }))
    var start = 0.0
    var marks: [Mark] = []
    for part in parts where part.byteCount > 0 {
      let width = 100 * Double(part.byteCount) / total
      marks += [
        .group("\(part.text): \(ByteText(part.byteCount))"),
        .rect(part.tone, x: start, y: 0, width: width, height: 26), .endGroup,
      ]
      start += width
    }
    let words = parts.map { "\($0.text) \(ByteText($0.byteCount))" }
    return PagePicture(
      .whole, legend: parts.map { ($0.tone, "\($0.text) \(ByteText($0.byteCount))") },
      panels: [
        Panel("", hint: "\(name): \(words.joined(separator: ", "))", height: 26, marks: marks)
      ])
  }
}
