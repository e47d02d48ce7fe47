import Wording

/// A rectangle in some unit.
struct TreemapTile: Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double
}

/// Squarified treemaps (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000).
enum Treemap {
  /// A tile for each of `sizes`, which descend; its area is the size's share of the whole.
  static func tiles(_ sizes: [Double], in bounds: TreemapTile) -> [TreemapTile] {
    let total = sizes.reduce(0, +)
    guard total > 0 else { return sizes.map { _ in TreemapTile(x: 0, y: 0, width: 0, height: 0) } }
    let areas = sizes.map { $0 / total * bounds.width * bounds.height }
    var tiles: [TreemapTile] = []
    var rest = bounds
    var start = 0
    while start < areas.count {
      let side = min(rest.width, rest.height)
      var end = start + 1
      // A row takes tiles as long as its worst one does not get longer by that.
      while end < areas.count,
        worst(areas[start...end], side) <= worst(areas[start..<end], side)
      { end += 1 }
      let row = areas[start..<end]
      let depth = side > 0 ? row.reduce(0, +) / side : 0
      var place = 0.0
      for area in row {
        let length = depth > 0 ? area / depth : 0
        tiles.append(
          rest.width >= rest.height
            ? TreemapTile(x: rest.x, y: rest.y + place, width: depth, height: length)
            : TreemapTile(x: rest.x + place, y: rest.y, width: length, height: depth))
        place += length
      }
      if rest.width >= rest.height {
        (rest.x, rest.width) = (rest.x + depth, max(0, rest.width - depth))
      } else {
        (rest.y, rest.height) = (rest.y + depth, max(0, rest.height - depth))
      }
      start = end
    }
    return tiles
  }

  /// How long the longest tile of a row is for its breadth.
  private static func worst(_ row: ArraySlice<Double>, _ side: Double) -> Double {
    let sum = row.reduce(0, +)
    guard let least = row.min(), let most = row.max(), least > 0, side > 0 else { return .infinity }
    return max(side * side * most / (sum * sum), sum * sum / (side * side * least))
  }
}

extension PagePicture {
  /// Two areas, of which each tile is a column: before, and lean, each to the scale of the larger.
  ///
  /// - Parameter pairs: The largest, and what all others are together.
  package static func treemaps(_ pairs: [Pair], before: String, after: String) -> PagePicture {
    let totals = (
      before: pairs.reduce(0) { $0 + ($1.before ?? 0) },
      after: pairs.reduce(0) { $0 + ($1.after ?? 0) }
    )
    let largest = Double(max(1, totals.before, totals.after))
    func panel(_ label: String, _ tone: PageTone, _ total: Int, _ size: (Pair) -> Int) -> Panel {
      let area = Double(total) / largest
      // Narrower as well as lower, so that a tenth looks like a tenth.
      let share = area.squareRoot()
      let bounds = TreemapTile(x: 0, y: 0, width: 1000 * share, height: 300 * share)
      let sorted = pairs.filter { size($0) > 0 }.sorted { size($0) > size($1) }
      let tiles = Treemap.tiles(sorted.map { Double(size($0)) }, in: bounds)
      let marks = zip(sorted, tiles).flatMap { pair, tile in
        Self.marks(tile, name: pair.name, text: "\(pair.name): \(ByteText(size(pair)))")
      }
      let text = "\(ByteText(total)) \(label)"
      return Panel(
        text, hint: text, height: max(2, Int(bounds.height.rounded(.up))), tone: tone, marks: marks)
    }
    return PagePicture(
      .tiles,
      panels: [
        panel(before, .before, totals.before) { $0.before ?? 0 },
        panel(after, .lean, totals.after) { $0.after ?? 0 },
      ])
  }

  /// To a tenth: a third of a pixel.
  private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

  /// - Parameter tile: In tenths of a percent across.
  private static func marks(
    _ tile: TreemapTile, name: String, text: String
  ) -> [Mark] {
    let marks: [Mark] = [
      .group(text),
      .rect(
        nil, x: rounded(tile.x / 10), y: rounded(tile.y), width: rounded(tile.width / 10),
        height: rounded(tile.height)),
    ]
    // The narrowest screen, and one of usual width.
    let name = name.onOneLine
    let needed = Double(name.displayWidth) * 7.2 + 12
    let isNarrow = tile.width / 1000 * 320 >= needed
    guard tile.height >= 18, isNarrow || tile.width / 1000 * 690 >= needed else {
      return marks + [.endGroup]
    }
    return marks + [
      .label(isNarrow ? .rest : .wide, x: tile.x / 10, y: tile.y + 14, dx: 5, name), .endGroup,
    ]
  }
}
