import Wording

extension PagePicture {
  /// How often what occurs, in one small panel.
  package struct Histogram {
    package var name: String
    /// What stands below it: `1 … 12`.
    package var range: String
    package var hint: String
    package var counts: [Int]
    /// All that has no bar of its own.
    package var others: Int
    package var tone: PageTone

    package init(
      _ name: String, range: String, hint: String, counts: [Int], others: Int = 0,
      tone: PageTone = .lean
    ) {
      (self.name, self.range, self.hint) = (name, range, hint)
      (self.counts, self.others, self.tone) = (counts, others, tone)
    }
  }

  package static func histograms(_ histograms: [Histogram]) -> PagePicture {
    PagePicture(
      .small,
      panels: histograms.map { histogram in
        let others = histogram.others > 0 ? [histogram.others] : []
        let counts = histogram.counts + others
        let (largest, start) = (counts.max() ?? 1, histogram.counts.count)
        let marks: [Mark] =
          [.path(histogram.tone, path(histogram.counts, from: 0, largest: largest))]
          + others.map { .path(.none, path([$0], from: start, largest: largest)) }
        return Panel(
          histogram.name, value: histogram.range, hint: histogram.hint, height: 44,
          viewBox: "0 0 \(max(1, counts.count)) 44", marks: marks)
      })
  }

  /// Bars side by side as thick lines, each from the bottom up; what is there at all is one pixel high.
  static func path(_ counts: [Int], from start: Int, largest: Int) -> String {
    var path = ""
    var last = 0
    var drawn = 0
    for (index, count) in counts.enumerated() where count > 0 {
      let height = max(1, Int((Double(count) / Double(max(1, largest)) * 44).rounded()))
      // From the top of the bar before: down to the ground, one on.
      path += path.isEmpty ? "M\(start + index).5 44" : "m\(index - last) \(drawn)"
      path += "v-\(height)"
      (last, drawn) = (index, height)
    }
    return path
  }
}
