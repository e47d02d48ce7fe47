import Testing

@testable import DietReport

/// What pictures draw, as numbers.
@Suite struct PictureTests {
  @Test func tilesFillTheirArea() {
    for seed in 1...100 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 1...80, using: &random)
      let sizes = (0..<count).map { _ in Double.random(in: 0.001...1000, using: &random) }
        .sorted(by: >)
      let bounds = TreemapTile(x: 3, y: 4, width: 1000, height: 300)
      let tiles = Treemap.tiles(sizes, in: bounds)
      #expect(tiles.count == count)
      let total = sizes.reduce(0, +)
      for (size, tile) in zip(sizes, tiles) {
        let share = tile.width * tile.height / (bounds.width * bounds.height)
        #expect(abs(share - size / total) < 1e-9, "seed \(seed)")
        #expect(tile.x >= bounds.x - 1e-6 && tile.y >= bounds.y - 1e-6, "seed \(seed)")
        #expect(tile.x + tile.width <= bounds.x + bounds.width + 1e-6, "seed \(seed)")
        #expect(tile.y + tile.height <= bounds.y + bounds.height + 1e-6, "seed \(seed)")
      }
      for (index, tile) in tiles.enumerated() {
        for other in tiles[..<index] {
          let width =
            min(tile.x + tile.width, other.x + other.width) - max(tile.x, other.x)
          let height =
            min(tile.y + tile.height, other.y + other.height) - max(tile.y, other.y)
          #expect(min(width, height) < 1e-6, "seed \(seed): tiles lie on one another")
        }
      }
    }
    let none = TreemapTile(x: 0, y: 0, width: 0, height: 0)
    #expect(
      Treemap.tiles([0, 0], in: .init(x: 0, y: 0, width: 9, height: 9)) == [none, none])
  }

  /// The example of the paper.
  @Test func tilesAreAsSquareAsThePaperHasThem() {
    let tiles = Treemap.tiles(
      [6, 6, 4, 3, 2, 2, 1], in: TreemapTile(x: 0, y: 0, width: 6, height: 4))
    #expect(tiles[0] == TreemapTile(x: 0, y: 0, width: 3, height: 2))
    #expect(tiles[1] == TreemapTile(x: 0, y: 2, width: 3, height: 2))
    #expect(tiles.allSatisfy { max($0.width / $0.height, $0.height / $0.width) < 3 })
  }

  @Test func theAxisHasAllOfIt() {
    for values in [[], [1], [0.06, 180], [0.99, 1.01], [1e-12, 1e12], [0, .infinity, .nan]] {
      let axis = LogarithmicAxis(values)
      #expect(axis.ticks.contains(1), "\(values)")
      #expect((1...40).contains(axis.ticks.count), "\(values): \(axis.ticks)")
      for value in values + axis.ticks where !value.isNaN {
        #expect((0...100).contains(axis.place(of: value)), "\(values): \(value)")
      }
      let places = axis.ticks.map(axis.place)
      #expect(zip(places, places.dropFirst()).allSatisfy(<), "\(values)")
    }
    let axis = LogarithmicAxis([0.1, 10])
    let distance = axis.place(of: 10) - axis.place(of: 1)
    #expect(abs(axis.place(of: 1) - axis.place(of: 0.1) - distance) < 1e-9)
    #expect(
      [0.1, 0.05, 0.001, 1, 20, 1000].map(LogarithmicAxis.text)
        == ["0.1×", "0.05×", "0.001×", "1×", "20×", "1,000×"])
  }

  @Test func places() {
    let texts = [0, 12.5, -0.04, 100, 3.14159, .infinity, .nan, 1e9].map(coordinate)
    #expect(texts == ["0", "12.5", "-0.04", "100", "3.14", "0", "0", "1000000"])
  }

  @Test func histogramsShowWhatIsThere() {
    #expect(
      PagePicture.path([0, 1, 1000, 0, 500], from: 0, largest: 1000)
        == "M1.5 44v-1m1 1v-44m2 44v-22")
    #expect(PagePicture.path([], from: 0, largest: 0).isEmpty)
  }
}
