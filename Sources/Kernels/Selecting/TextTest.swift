import Columnar
import Platform

/// A condition on text: where a text lies beside those that satisfy it, in byte order.
struct TextTest {
  private enum Kind {
    case equal([UInt8])
    case prefix([UInt8])
    /// Bounds, and whether they belong to it; `nil` is no bound.
    case range(low: [UInt8]?, lowIsIn: Bool, high: [UInt8]?, highIsIn: Bool)
    case members([[UInt8]])
    case pattern(LikePattern)
  }

  private let kind: Kind

  init(_ condition: Condition, _ rows: ColumnRows) throws(ReductionError) {
    guard let test = TextTest(condition) else {
      let asksForNulls = condition == .isNull || condition == .isNotNull
      throw ReductionError(
        asksForNulls ? .unsupportedType : .unfitConstant, rows, reduction: condition.name)
    }
    self = test
  }

  /// The same whatever the column; `notEqual` is asked as `equal`. `nil` where a constant is no text, and
  /// for what is asked of nulls.
  init?(_ condition: Condition) {
    func text(_ value: Scalar) -> [UInt8]? {
      if case .text(let bytes) = value { bytes } else { nil }
    }
    switch condition {
    case .equal(let value), .notEqual(let value):
      guard let text = text(value) else { return nil }
      kind = .equal(text)
    case .less(let value), .atMost(let value):
      guard let high = text(value) else { return nil }
      let isIn = if case .atMost = condition { true } else { false }
      kind = .range(low: nil, lowIsIn: true, high: high, highIsIn: isIn)
    case .greater(let value), .atLeast(let value):
      guard let low = text(value) else { return nil }
      let isIn = if case .atLeast = condition { true } else { false }
      kind = .range(low: low, lowIsIn: isIn, high: nil, highIsIn: true)
    case .between(let low, let high):
      guard let low = text(low), let high = text(high) else { return nil }
      kind = .range(low: low, lowIsIn: true, high: high, highIsIn: true)
    case .isIn(let values):
      let texts = values.compactMap(text)
      guard texts.count == values.count else { return nil }
      kind = .members(texts)
    case .hasPrefix(let prefix): kind = .prefix(Array(prefix.utf8))
    case .isNull, .isNotNull: return nil
    }
  }

  /// Whether the pattern stands for the text.
  init(like pattern: LikePattern) { kind = .pattern(pattern) }

  func answer(_ rows: ColumnRows) -> RowTest.Answer {
    if let answer = NumberedTexts(rows).flatMap(answer) { return answer }
    switch rows.view {
    case .constant(let value):
      return (value?.text(at: 0) ?? []).withUnsafeBufferPointer(holds) ? .all : .none
    case .indexed(let codes, let dictionary, let count):
      return answer(
        DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count))
    case .plain(.utf8(let bytes, let offsets)):
      return .each { row in
        let start = Int(offsets[row])
        return holds(
          UnsafeBufferPointer(start: bytes + start, count: Int(offsets[row + 1]) - start))
      }
    case .plain(.fixed(let bytes, let width, let form)):
      if case .equal(let text) = kind { return equal(text, bytes, width: width, form) }
      if form == .text {
        return .each { holds(UnsafeBufferPointer(start: bytes + $0 * width, count: width)) }
      }
      return .each(path: .decoded) { row in
        var text: [UInt8] = []
        form.render(bytes + row * width, width: width, to: &text)
        return text.withUnsafeBufferPointer(holds)
      }
    case .decoded(let view):
      if case .texts(let tokens as TokenDecoder) = view.decoder,
        let write = write(tokens, firstRow: view.firstRow)
      {
        return .rows(write)
      }
      return decoded(rows)
    default: return decoded(rows)
    }
  }

  /// Each text is asked as it is decoded.
  private func decoded(_ rows: ColumnRows) -> RowTest.Answer {
    let texts = StoredTexts(rows)
    return .rows(path: .decoded) { range, out in
      out.update(repeating: 0, count: (range.count + 63) / 64)
      texts.forEach(range) { row, text in
        let place = row - range.lowerBound
        if holds(text) { out[place >> 6] |= 1 << UInt64(place & 63) }
      }
    }
  }

  /// What asks tokens as they lie; `nil` where they do not tell.
  private func write(_ tokens: TokenDecoder, firstRow: Int) -> RowTest.Write? {
    func shifted(_ range: Range<Int>) -> Range<Int> {
      range.lowerBound + firstRow..<range.upperBound + firstRow
    }
    switch kind {
    case .equal(let text):
      let key = tokens.tokens(of: text)
      return { tokens.writeRows(shifted($0), equalTo: key, $1) }
    case .prefix(let prefix):
      let write = tokens.rows(beginningWith: prefix)
      return { write(shifted($0), $1) }
    case .members(let members) where (1...8).contains(members.count):
      let keys = members.map { tokens.tokens(of: $0) }
      return { range, out in
        union(range, out, keys.count) {
          tokens.writeRows(shifted(range), equalTo: keys[$0], $1)
        }
      }
    case .members, .range, .pattern: return nil
    }
  }

  /// Numbers are asked for those whose texts satisfy the condition; `nil` where these are not next to each other.
  private func answer(_ texts: NumberedTexts) -> RowTest.Answer? {
    let numbers: IntegerTest
    switch kind {
    case .equal(let text): numbers = IntegerTest(members: [text].compactMap(texts.number))
    case .members(let members): numbers = IntegerTest(members: members.compactMap(texts.number))
    case .pattern: return nil
    case .prefix, .range:
      guard let start = texts.partition(isBelow),
        let end = texts.partition({ isBelow($0) || holds($0) })
      else { return nil }
      numbers = IntegerTest(from: start, upTo: end)
    }
    return numbers.answer(texts.numbers)
  }

  /// Each text of the dictionary is asked at most once; of sorted ones only a few.
  private func answer(_ codes: DictionaryCodes) -> RowTest.Answer {
    func text<R>(_ code: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
      codes.dictionary.text(at: code).withUnsafeBufferPointer(body)
    }
    if case .members(let members) = kind {
      let found = members.flatMap { codes.codes(equalTo: $0) }
      return .codes(codes.codes, members: Set(found).sorted(), of: codes.dictionaryCount)
    }
    if case .pattern = kind {
      let texts = codes.dictionary.texts
      let found = (0..<codes.dictionaryCount).filter { texts.withText(at: $0, holds) }
      return .codes(codes.codes, members: found, of: codes.dictionaryCount)
    }
    let start = codes.partition { text($0, isBelow) }
    let end = codes.partition { code in text(code) { isBelow($0) || holds($0) } }
    return .codes(codes.codes, in: start..<max(start, end), of: codes.dictionaryCount)
  }

  func holds(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch kind {
    case .pattern(let pattern): return pattern.matches(text)
    case .equal(let key): return key.count == text.count && Self.order(text, key) == 0
    case .prefix(let prefix):
      return text.count >= prefix.count
        && Self.order(UnsafeBufferPointer(rebasing: text[..<prefix.count]), prefix) == 0
    case .members(let members):
      return members.contains { $0.count == text.count && Self.order(text, $0) == 0 }
    case .range(let low, let lowIsIn, let high, let highIsIn):
      if let low {
        let order = Self.order(text, low)
        if order < 0 || (order == 0 && !lowIsIn) { return false }
      }
      if let high {
        let order = Self.order(text, high)
        if order > 0 || (order == 0 && !highIsIn) { return false }
      }
      return true
    }
  }

  /// Whether the text precedes all that satisfy the condition.
  private func isBelow(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch kind {
    case .equal(let key), .prefix(let key): return Self.order(text, key) < 0
    case .members, .pattern: return false
    case .range(let low?, let lowIsIn, _, _):
      let order = Self.order(text, low)
      return order < 0 || (order == 0 && !lowIsIn)
    case .range(nil, _, _, _): return false
    }
  }

  /// Below, at or above 0 as `a` comes before, with or after `b` in byte order.
  private static func order(_ a: UnsafeBufferPointer<UInt8>, _ b: [UInt8]) -> Int {
    let shared = min(a.count, b.count)
    if shared > 0 {
      let order = memcmp(a.baseAddress!, b, shared)
      if order != 0 { return Int(order) }
    }
    return a.count - b.count
  }

  /// Stored bytes are compared, as numbers where the width is one of theirs.
  private func equal(
    _ text: [UInt8], _ bytes: UnsafePointer<UInt8>, width: Int, _ form: FixedForm
  ) -> RowTest.Answer {
    var stored = [UInt8](repeating: 0, count: width)
    let isStorable = text.withUnsafeBufferPointer { text in
      !text.isEmpty && form.store(text, width: width, to: &stored)
    }
    guard isStorable else { return .none }
    let key = stored
    func words<T: LoopInteger>(_ type: T.Type) -> RowTest.Answer {
      let word = key.withUnsafeBytes { $0.loadUnaligned(as: T.self) }
      return .between(UnsafeRawPointer(bytes).assumingMemoryBound(to: T.self), word, word)
    }
    switch width {
    case 1: return words(UInt8.self)
    case 2: return words(UInt16.self)
    case 4: return words(UInt32.self)
    case 8: return words(UInt64.self)
    default: return .each { memcmp(bytes + $0 * width, key, width) == 0 }
    }
  }
}
