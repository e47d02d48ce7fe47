import Platform

/// A pattern of SQL's `LIKE`: `%` stands for any text, even none, and `_` for one character, a Unicode
/// scalar. All else stands for itself; so does what follows the escape.
struct LikePattern: Sendable {
  /// What stands between two `%`, as bytes, and characters of any kind.
  private struct Piece: Sendable {
    /// Bytes; `anyCharacter` is a whole character.
    var elements: [UInt16] = []
    /// The bytes, where there are only such.
    var literal: [UInt8]? = []

    mutating func append(_ element: UInt16) {
      elements.append(element)
      if let byte = UInt8(exactly: element) { literal?.append(byte) } else { literal = nil }
    }
  }

  private static let anyCharacter: UInt16 = 256
  private var pieces = [Piece()]

  /// `nil` where the pattern ends with the escape, which then stands before nothing.
  init?(_ pattern: [UInt8], escape: [UInt8]? = nil) {
    var rest = pattern[...]
    while let byte = rest.first {
      if let escape, !escape.isEmpty, rest.starts(with: escape) {
        rest = rest.dropFirst(escape.count)
        guard let next = rest.first else { return nil }
        pieces[pieces.count - 1].append(UInt16(next))
      } else if byte == UInt8(ascii: "%") {
        pieces.append(Piece())
      } else {
        let isAny = byte == UInt8(ascii: "_")
        pieces[pieces.count - 1].append(isAny ? Self.anyCharacter : UInt16(byte))
      }
      rest = rest.dropFirst()
    }
  }

  /// Whether the pattern stands for the whole text. Takes time of the text times the longest piece at
  /// worst, of the text alone as a rule.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard var place = end(of: pieces[0], in: text, at: 0) else { return false }
    guard let last = pieces.dropFirst().last else { return place == text.count }
    // The first place is as good as any: what follows has the most room.
    for piece in pieces.dropFirst().dropLast() {
      guard let end = firstEnd(of: piece, in: text, from: place) else { return false }
      place = end
    }
    if let literal = last.literal {
      let start = text.count - literal.count
      return start >= place && end(of: last, in: text, at: start) != nil
    }
    return (place...text.count).contains { start in
      isStart(start, in: text) && end(of: last, in: text, at: start) == text.count
    }
  }

  private func firstEnd(
    of piece: Piece, in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    guard let first = piece.literal?.first, let base = text.baseAddress else {
      for start in start...text.count where isStart(start, in: text) {
        if let end = end(of: piece, in: text, at: start) { return end }
      }
      return nil
    }
    var place = start
    while place < text.count, let found = memchr(base + place, Int32(first), text.count - place) {
      place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if let end = end(of: piece, in: text, at: place) { return end }
      place += 1
    }
    return nil
  }

  /// Where the piece ends if it stands at `start`.
  private func end(of piece: Piece, in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
    if let literal = piece.literal {
      guard text.count - start >= literal.count else { return nil }
      if literal.isEmpty { return start }
      guard let base = text.baseAddress, memcmp(base + start, literal, literal.count) == 0 else {
        return nil
      }
      return start + literal.count
    }
    var place = start
    for element in piece.elements {
      guard place < text.count else { return nil }
      if element == Self.anyCharacter {
        place += 1
        while !isStart(place, in: text) { place += 1 }
      } else {
        guard UInt16(text[place]) == element else { return nil }
        place += 1
      }
    }
    return place
  }

  /// Whether no character of more bytes than one goes on there.
  private func isStart(_ place: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    place == text.count || text[place] & 0xC0 != 0x80
  }
}
