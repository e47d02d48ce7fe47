/// The place of a row in its run of another column, counted from a first one:
///
///     order [ 7 | 7 | 7 | 9 ]      line = [ 1 | 2 | 3 | 1 ]
struct PlaceRule: DerivationRule {
  private let source: Column
  private let starts: RowSet
  /// The place of the first row of a run.
  private let first: Int64

  /// `nil` where the source is not held in runs.
  init?(in source: Column, first: Int64) {
    guard let starts = Self.starts(of: source) else { return nil }
    (self.source, self.starts, self.first) = (source, starts, first)
  }

  private static func starts(of column: Column) -> RowSet? {
    guard column.derivation == nil, case .decoded(let view) = column.view,
      case .integers(let decoder as RunsDecoder) = view.decoder
    else { return nil }
    return decoder.starts
  }

  var sources: [Column] { [source] }
  var footprint: Footprint { Footprint() }
  var words: String { "the place in a run of `\(source.name)`, from \(first) on" }

  func write<Word: FixedWidthInteger>(_ rows: Range<Int>, to target: UnsafeMutablePointer<Word>) {
    var start = starts.last(through: rows.lowerBound) ?? rows.lowerBound
    var row = rows.lowerBound
    func fill(to end: Int) {
      while row < end {
        target[row - rows.lowerBound] = Word(truncatingIfNeeded: first &+ Int64(row - start))
        row += 1
      }
    }
    starts.forEach(in: rows) { next in
      fill(to: next)
      start = next
    }
    fill(to: rows.upperBound)
  }
}
