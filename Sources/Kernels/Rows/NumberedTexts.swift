import Columnar

/// Rows of text that are held as the numbers in it: what is asked of the texts is asked of these.
struct NumberedTexts {
  let numbers: ColumnRows
  let codec: NumberedTextCodec
  /// What numbers are less than; `nil` where their order is not that of the texts.
  private let limit: Int64?

  /// `nil` where the rows are held otherwise.
  init?(_ rows: ColumnRows) {
    guard case .decoded(let view) = rows.view, case .texts(let decoder) = view.decoder,
      let texts = decoder as? AffixDecoder
    else { return nil }
    numbers = rows.numbered(by: texts.numbers.view.advanced(by: view.firstRow))
    codec = texts.codec
    limit = texts.affix.isOrdered ? texts.affix.numberLimit : nil
  }

  /// Whether numbers are in the order of the texts.
  var areOrdered: Bool { limit != nil }

  /// The number of a text; `nil` where no row can have it.
  func number(of text: [UInt8]) -> Int128? {
    text.withUnsafeBufferPointer { codec.number(of: $0) }.map { Int128($0) }
  }

  /// The first number for whose text `precedes` does not hold, which holds for those of lesser numbers alone; `nil`
  /// where their order is another.
  func partition(_ precedes: (UnsafeBufferPointer<UInt8>) -> Bool) -> Int128? {
    guard var end = limit else { return nil }
    var start: Int64 = 0
    while start < end {
      let middle = (start + end) / 2
      if codec.text(of: middle).withUnsafeBufferPointer(precedes) {
        start = middle + 1
      } else {
        end = middle
      }
    }
    return Int128(start)
  }
}
