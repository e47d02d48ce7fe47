/// Whether all texts of a column are the same but for their digits, and what numbers these are.
///
///     INV-2024-000042/7      characters `INV--/`      numbers 2024 (4 digits), 42 (6 digits), 7 (1 digit)
///
/// What is known of two parts is joined to what is known of both: it is the same whatever stands first, and
/// wherever the column was cut. At the first text that is unlike another it is given up.
package struct DigitRuns: Hashable, Sendable {
  private enum State: UInt8 { case none, alike, unlike }

  private var state = State.none
  /// The characters of each text that are no digits, one behind the other.
  private var characters: [UInt8] = []
  private var numbers = TextNumbers()

  /// No text.
  package init() {}

  /// Adds a text.
  package mutating func note(_ text: UnsafeBufferPointer<UInt8>) {
    switch state {
    case .unlike: return
    case .none:
      guard let numbers = TextNumbers(text, characters: &characters) else { return giveUp() }
      (state, self.numbers) = (.alike, numbers)
    case .alike:
      if !numbers.add(text, between: characters) { giveUp() }
    }
  }

  /// Adds the texts of another part.
  package mutating func formUnion(_ other: DigitRuns) {
    switch (state, other.state) {
    case (_, .none), (.unlike, _): return
    case (.none, _): self = other
    case (.alike, _):
      guard other.state == .alike, characters == other.characters, numbers.formUnion(other.numbers)
      else { return giveUp() }
    }
  }

  /// As if two texts had been unlike.
  package mutating func giveUp() {
    (state, characters, numbers) = (.unlike, [], TextNumbers())
  }

  /// The form of all texts, and their least and greatest number; `nil` where the texts are unlike or all the same,
  /// where another number varies than one, or two around a point, and where digits do not follow from the number.
  package var form: (text: NumberedText, numbers: ClosedRange<Int64>)? {
    guard state == .alike else { return nil }
    let varying = (0..<numbers.count).filter { numbers[$0].varies }
    guard let first = varying.first, let last = varying.last, last - first == varying.count - 1,
      varying.count <= 2
    else { return nil }
    let (whole, behind) = (numbers[first], numbers[last])
    var text = NumberedText(digits: whole.width)
    guard whole.width != nil || !whole.isPadded else { return nil }
    if last > first {
      guard let decimals = behind.width else { return nil }
      text.decimals = decimals
    }
    guard whole.longest + text.decimals <= NumberedText.digitLimit,
      let prefix = self.text(of: 0...first), let suffix = self.text(of: last + 1...numbers.count),
      let point = last > first ? self.text(of: last...last) : ""
    else { return nil }
    (text.prefix, text.point, text.suffix) = (prefix, point, suffix)
    let unit = NumberedText.power(text.decimals)
    let least = whole.least * unit + (last > first ? behind.least : 0)
    let greatest = whole.greatest * unit + (last > first ? behind.greatest : 0)
    return (text, least...greatest)
  }

  /// The characters of some pieces and the numbers between them, none of which varies; `nil` where they are no UTF-8.
  /// Piece `i` stands before number `i`.
  private func text(of pieces: ClosedRange<Int>) -> String? {
    var bytes: [UInt8] = []
    for piece in pieces {
      if piece > pieces.lowerBound {
        let number = numbers[piece - 1]
        let codec = NumberedTextCodec(NumberedText(digits: number.longest))
        bytes += codec.text(of: number.least)
      }
      let start = piece == 0 ? 0 : numbers[piece - 1].place
      let end = piece == numbers.count ? characters.count : numbers[piece].place
      bytes += characters[start..<end]
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension DigitRuns: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    guard let state = State(rawValue: UInt8(try reader.readCount(2))) else { return }
    self.state = state
    guard state == .alike else { return }
    characters = Array(try reader.readBytes())
    guard characters.count <= TextNumbers.characterLimit else {
      throw reader.fault("there are too many characters")
    }
    numbers = try TextNumbers(from: &reader, between: characters.count)
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(count: Int(state.rawValue))
    guard state == .alike else { return }
    writer.write(characters)
    numbers.write(to: &writer)
  }
}
