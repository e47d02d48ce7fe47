import Columnar

extension ColumnRows {
  /// The first and the last text by their bytes; `nil` where there is none. Of a dictionary by its codes, which are in
  /// the order of the words.
  var textMinMax: (minimum: [UInt8], maximum: [UInt8])? {
    if valueCount == 0 { return nil }
    if let texts = NumberedTexts(self), texts.areOrdered {
      let ends = texts.numbers.integerMinMax
      return (texts.codec.text(of: Int64(ends.minimum)), texts.codec.text(of: Int64(ends.maximum)))
    }
    switch view {
    case .constant(let value?):
      let text = value.text(at: 0)
      return (text, text)
    case .indexed(let codes, let dictionary, let count):
      let ends = DictionaryCodes(
        codes: codes, dictionary: dictionary, dictionaryCount: count
      ).minMax(self)
      return (dictionary.text(at: ends.minimum), dictionary.text(at: ends.maximum))
    default: break
    }
    let parts = ColumnRows.parts(count)
    let ends = parallelMap(parts.count) { index -> (minimum: [UInt8], maximum: [UInt8])? in
      var ends: (minimum: [UInt8], maximum: [UInt8])?
      view.texts.forEach(parts[index]) { row, text in
        guard hasValue(row) else { return }
        guard let known = ends else {
          ends = (Array(text), Array(text))
          return
        }
        if text.lexicographicallyPrecedes(known.minimum) {
          ends = (Array(text), known.maximum)
        } else if known.maximum.lexicographicallyPrecedes(text) {
          ends = (known.minimum, Array(text))
        }
      }
      return ends
    }.compactMap { $0 }
    return ends.dropFirst().reduce(ends.first) { joined, next in
      joined.map { known in
        (
          next.minimum.lexicographicallyPrecedes(known.minimum) ? next.minimum : known.minimum,
          known.maximum.lexicographicallyPrecedes(next.maximum) ? next.maximum : known.maximum
        )
      }
    }
  }
}
