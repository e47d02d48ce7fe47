/// The numbers in texts whose other characters are the same: where they stand, how many digits they have, and
/// their ends.
struct TextNumbers: Hashable, Sendable {
  /// One number of each text.
  struct Number {
    /// How many of the other characters stand before it.
    let place: Int
    let shortest: Int
    /// The most digits that it has in a text.
    let longest: Int
    /// Whether it has more than one digit somewhere, of which the first is 0.
    let isPadded: Bool
    /// Whether its digits are not the same in all texts.
    let varies: Bool
    /// What it is in the text whose numbers are the least, the first one first.
    let least: Int64
    let greatest: Int64

    /// How many digits it has in every text; `nil` where that varies.
    var width: Int? { shortest == longest ? longest : nil }
  }

  /// Texts with more numbers, or more of other characters, are of no interest.
  static let countLimit = 4
  static let characterLimit = 64

  private(set) var count = 0
  private var places = SIMD4<UInt8>()
  private var shortest = SIMD4<UInt8>()
  private var longest = SIMD4<UInt8>()
  // A bit each.
  private var padded: UInt8 = 0
  private var varying: UInt8 = 0
  private var least = SIMD4<UInt64>()
  private var greatest = SIMD4<UInt64>()

  /// No numbers.
  init() {}

  subscript(index: Int) -> Number {
    Number(
      place: Int(places[index]), shortest: Int(shortest[index]), longest: Int(longest[index]),
      isPadded: padded >> UInt8(index) & 1 == 1,
      varies: varying >> UInt8(index) & 1 == 1 || shortest[index] != longest[index],
      least: Int64(least[index]), greatest: Int64(greatest[index]))
  }

  /// The numbers of one text, and its other characters; `nil` where it has none, or too much of anything.
  init?(_ text: UnsafeBufferPointer<UInt8>, characters: inout [UInt8]) {
    var byte = 0
    while byte < text.count {
      if text[byte] &- 0x30 > 9 {
        guard characters.count < Self.characterLimit else { return nil }
        characters.append(text[byte])
        byte += 1
        continue
      }
      let first = byte
      let number = Self.number(in: text, &byte)
      guard count < Self.countLimit, byte - first <= NumberedText.digitLimit else { return nil }
      places[count] = UInt8(characters.count)
      longest[count] = UInt8(byte - first)
      least[count] = number
      if text[first] == 0x30, byte - first > 1 { padded |= 1 << UInt8(count) }
      count += 1
    }
    guard count > 0 else { return nil }
    (shortest, greatest) = (longest, least)
  }

  /// The number of the digits from `byte` on, modulo 2^64; `byte` is then the first behind them.
  @inline(__always)
  private static func number(in text: UnsafeBufferPointer<UInt8>, _ byte: inout Int) -> UInt64 {
    var number: UInt64 = 0
    while byte < text.count, case let digit = text[byte] &- 0x30, digit <= 9 {
      number = number &* 10 &+ UInt64(digit)
      byte &+= 1
    }
    return number
  }

  /// Adds the numbers of a text; false where its other characters are not `characters`, or its numbers stand elsewhere.
  @inline(__always)
  mutating func add(_ text: UnsafeBufferPointer<UInt8>, between characters: [UInt8]) -> Bool {
    characters.withUnsafeBufferPointer { characters in
      var numbers = SIMD4<UInt64>()
      var (byte, place) = (0, 0)
      for index in 0...count {
        let end = index == count ? characters.count : Int(places[index])
        while place < end {
          guard byte < text.count, text[byte] == characters[place] else { return false }
          (byte, place) = (byte &+ 1, place &+ 1)
        }
        if index == count { break }
        let first = byte
        let number = Self.number(in: text, &byte)
        let width = byte &- first
        guard width > 0, width <= NumberedText.digitLimit else { return false }
        let length = UInt8(truncatingIfNeeded: width)
        if length < shortest[index] { shortest[index] = length }
        if length > longest[index] { longest[index] = length }
        if width > 1, text[first] == 0x30 { padded |= 1 &<< UInt8(truncatingIfNeeded: index) }
        if number != least[index] { varying |= 1 &<< UInt8(truncatingIfNeeded: index) }
        numbers[index] = number
      }
      if precedes(numbers, least) { least = numbers }
      if precedes(greatest, numbers) { greatest = numbers }
      return byte == text.count
    }
  }

  /// Adds the numbers of texts with the same other characters; false where they stand elsewhere.
  @inline(__always)
  mutating func formUnion(_ other: TextNumbers) -> Bool {
    guard count == other.count else { return false }
    for index in 0..<count where places[index] != other.places[index] { return false }
    padded |= other.padded
    varying |= other.varying
    for index in 0..<count where least[index] != other.least[index] {
      varying |= 1 &<< UInt8(truncatingIfNeeded: index)
    }
    for index in 0..<count {
      if other.shortest[index] < shortest[index] { shortest[index] = other.shortest[index] }
      if other.longest[index] > longest[index] { longest[index] = other.longest[index] }
    }
    if precedes(other.least, least) { least = other.least }
    if precedes(greatest, other.greatest) { greatest = other.greatest }
    return true
  }

  /// Whether the first number that differs is less.
  @inline(__always)
  private func precedes(_ a: SIMD4<UInt64>, _ b: SIMD4<UInt64>) -> Bool {
    for index in 0..<count where a[index] != b[index] { return a[index] < b[index] }
    return false
  }
}

extension TextNumbers {
  /// Reads numbers between so many characters.
  init(
    from reader: inout ProfileReader, between characterCount: Int
  ) throws(ProfileFault) {
    count = try reader.readCount(Self.countLimit)
    for index in 0..<count {
      let place = try reader.readCount(characterCount)
      guard index == 0 || place > places[index - 1] else { throw reader.fault("two numbers touch") }
      places[index] = UInt8(place)
      let width = try reader.readCount(NumberedText.digitLimit)
      longest[index] = UInt8(width)
      shortest[index] = UInt8(try reader.readCount(width))
      if try reader.readFlag() { padded |= 1 << UInt8(index) }
      if try reader.readFlag() { varying |= 1 << UInt8(index) }
      let limit = Int(NumberedText.power(width)) - 1
      least[index] = UInt64(try reader.readCount(limit))
      greatest[index] = UInt64(try reader.readCount(limit))
      guard self[index].varies || least[index] == greatest[index] else {
        throw reader.fault("a number has two values and does not vary")
      }
    }
    guard count > 0, !precedes(greatest, least) else {
      throw reader.fault("the least number is more than the greatest")
    }
  }

  func write(to writer: inout ProfileWriter) {
    writer.write(count: count)
    for index in 0..<count {
      let number = self[index]
      writer.write(count: number.place)
      writer.write(count: number.longest)
      writer.write(count: number.shortest)
      writer.write(number.isPadded)
      writer.write(varying >> UInt8(index) & 1 == 1)
      writer.write(count: Int(number.least))
      writer.write(count: Int(number.greatest))
    }
  }
}
