import Columnar
import Platform

extension ComparisonCount {
  /// How many rows hold `text`.
  func count(_ rows: ColumnRows, equalTo text: [UInt8]) -> Int {
    if let texts = NumberedTexts(rows) {
      return texts.number(of: text).map { count(texts.numbers, $0) } ?? 0
    }
    switch rows.view {
    case .plain(.utf8(let bytes, let offsets)):
      return countStrings(text, bytes, offsets, rows)
    case .plain(.fixed(let bytes, let width, let form)):
      return countFixed(text, bytes, width: width, form, rows)
    case .indexed(let codes, let dictionary, let count):
      let codes = DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count)
      return codes.count(in: codes.codes(equalTo: text), rows)
    case .constant(let value): return value?.text(at: 0) == text ? rows.valueCount : 0
    case .decoded(let view):
      guard case .texts(let tokens as TokenDecoder) = view.decoder else {
        return countEach(text, rows)
      }
      let first = view.firstRow
      let count = tokens.count(first..<first + rows.count, equalTo: tokens.tokens(of: text))
      return text.isEmpty ? count - rows.nullCount : count  // Null rows are empty.
    default: return countEach(text, rows)
    }
  }
}

private func countEach(_ text: [UInt8], _ rows: ColumnRows) -> Int {
  var count = 0
  rows.view.texts.forEach(0..<rows.count) { row, other in
    if other.count == text.count, rows.hasValue(row), other.elementsEqual(text) { count += 1 }
  }
  return count
}

/// Lengths are compared before bytes, so that most rows cost no look at the text.
private func countStrings(
  _ text: [UInt8], _ bytes: UnsafePointer<UInt8>, _ offsets: UnsafePointer<UInt32>,
  _ rows: ColumnRows
) -> Int {
  let length = UInt32(text.count)
  var count = 0
  var row = 0
  if length == 0 {
    while row < rows.count {
      count &+= offsets[row &+ 1] == offsets[row] ? 1 : 0
      row &+= 1
    }
    return count - rows.nullCount  // Null rows are empty.
  }
  let end = offsets[rows.count]
  return withWords(of: text) { key in
    let mask = length >= 8 ? ~0 : (UInt64(1) << UInt64(length * 8)) - 1
    let first = load8(key) & mask
    // Eight bytes are loaded from where there are so many; the rows after that are compared by bytes.
    while row < rows.count, offsets[row &+ 1] &+ 8 <= end {
      let start = offsets[row]
      let isLike = offsets[row &+ 1] &- start == length && load8(bytes + Int(start)) & mask == first
      if length <= 8 {
        count &+= isLike ? 1 : 0
      } else if isLike, equalBytes(bytes + Int(start), key, text.count) {
        count &+= 1
      }
      row &+= 1
    }
    while row < rows.count {
      let start = offsets[row]
      if offsets[row &+ 1] &- start == length, memcmp(bytes + Int(start), key, text.count) == 0 {
        count &+= 1
      }
      row &+= 1
    }
    return count
  }
}

private func countFixed(
  _ text: [UInt8], _ bytes: UnsafePointer<UInt8>, width: Int, _ form: FixedForm,
  _ rows: ColumnRows
) -> Int {
  var key = [UInt8](repeating: 0, count: width)
  let isStorable = text.withUnsafeBufferPointer { text in
    !text.isEmpty && form.store(text, width: width, to: &key)
  }
  guard isStorable else { return 0 }
  let count = key.withUnsafeBufferPointer { key -> Int in
    switch width {
    case 1: return countWords(UInt8.self, bytes, key, rows)
    case 2: return countWords(UInt16.self, bytes, key, rows)
    case 4: return countWords(UInt32.self, bytes, key, rows)
    case 8: return countWords(UInt64.self, bytes, key, rows)
    default: return countBytes(bytes, key, rows)
    }
  }
  // Null rows hold zeros, which text may be, too.
  return key.allSatisfy { $0 == 0 } ? count - rows.nullCount : count
}

/// Rows that are words are counted as numbers are, null ones with them.
private func countWords<T: LoopInteger>(
  _ type: T.Type, _ bytes: UnsafePointer<UInt8>, _ key: UnsafeBufferPointer<UInt8>,
  _ rows: ColumnRows
) -> Int {
  let constant = UnsafeRawBufferPointer(key).loadUnaligned(as: T.self)
  let values = UnsafeRawPointer(bytes).assumingMemoryBound(to: T.self)
  return T.loops.counts[Comparison.equal.rawValue](values, rows.count, constant)
}

private func countBytes(
  _ bytes: UnsafePointer<UInt8>, _ key: UnsafeBufferPointer<UInt8>, _ rows: ColumnRows
) -> Int {
  let width = key.count
  var count = 0
  // The first bytes settle most rows, as one word where a row has so many or more rows follow.
  let wordRows = width >= 8 ? rows.count : max(0, rows.count - 8 / width)
  var row = 0
  var place = bytes
  withWords(of: Array(key)) { key in
    let mask = width >= 8 ? ~0 : (UInt64(1) << UInt64(width * 8)) - 1
    let first = load8(key) & mask
    while row < wordRows {
      if load8(place) & mask == first, width <= 8 || memcmp(place, key, width) == 0 { count &+= 1 }
      place += width
      row &+= 1
    }
    while row < rows.count {
      if memcmp(place, key, width) == 0 { count &+= 1 }
      place += width
      row &+= 1
    }
  }
  return count
}

/// Calls `body` with the bytes, followed by eight that may be read.
private func withWords<R>(of bytes: [UInt8], _ body: (UnsafePointer<UInt8>) -> R) -> R {
  (bytes + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer { body($0.baseAddress!) }
}
