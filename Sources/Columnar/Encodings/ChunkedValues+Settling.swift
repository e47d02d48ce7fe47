extension ChunkedValues {
  /// The layout that is made where `layout` was chosen by what was foretold: tokens where blocks turn out to gain too
  /// little, and entries of a dictionary as they are where that takes fewer bytes.
  ///
  /// - Throws: where the distinct values, which are known by now, do not fit the layout.
  package mutating func settle(_ layout: Layout) throws(LayoutError) -> Layout {
    if layout.encoding == ZstdEncoding().name {
      guard let trial = ZstdEncoding.trial(self) else {
        return Layout(encoding: TokensEncoding().name)
      }
      textDictionary = trial.dictionary?.bytes
      return layout
    }
    guard let learned = layout.values?.first, learned.isForetold else { return layout }
    var plain = layout
    plain.values = [.text]
    // Entries are few: both are made, and the bytes counted.
    guard let made = try encodeDictionary(layout: layout),
      let text = try encodeDictionary(layout: plain)
    else { return layout }
    if text.footprint.total <= made.footprint.total { return plain }
    entries = made
    return layout
  }
}
