/// Reads what a `ProfileWriter` has written. Nothing is trusted: whatever the bytes are, they are read or
/// refused.
package struct ProfileReader {
  @usableFromInline let bytes: [UInt8]
  @usableFromInline package internal(set) var position = 0

  @inlinable package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isAtEnd: Bool { position == bytes.count }

  /// How many bytes are still to be read.
  package var restCount: Int { bytes.count - position }

  @inlinable package func fault(_ reason: String) -> ProfileFault {
    ProfileFault(offset: position, reason: reason)
  }

  @inlinable @inline(__always)
  mutating func readByte() throws(ProfileFault) -> UInt8 {
    guard position < bytes.count else { throw fault("the file ends too early") }
    position += 1
    return bytes[position - 1]
  }

  @inlinable package mutating func readWord() throws(ProfileFault) -> UInt64 {
    var (value, shift) = (0 as UInt64, 0 as UInt64)
    while true {
      let byte = try readByte()
      guard shift < 63 || byte <= 1 else { throw fault("a number has more than 64 bits") }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// A count that can be added to others without end.
  @inlinable package mutating func readCount(_ limit: Int = 1 << 48) throws(ProfileFault) -> Int {
    let word = try readWord()
    guard word <= UInt64(limit) else { throw fault("\(word) is more than there can be") }
    return Int(word)
  }

  @inlinable package mutating func readInt64() throws(ProfileFault) -> Int64 {
    let word = try readWord()
    return Int64(bitPattern: word >> 1 ^ (0 &- (word & 1)))
  }

  package mutating func readInt128() throws(ProfileFault) -> Int128 {
    var (value, shift) = (0 as UInt128, 0 as UInt128)
    while true {
      let byte = try readByte()
      guard shift < 126 || byte <= 3 else { throw fault("a number has more than 128 bits") }
      value |= UInt128(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return Int128(bitPattern: value >> 1 ^ (0 &- (value & 1)))
  }

  package mutating func readDouble() throws(ProfileFault) -> Double {
    guard bytes.count - position >= 8 else { throw fault("the file ends too early") }
    position += 8
    let bits = bytes[(position - 8)..<position].withUnsafeBytes {
      $0.loadUnaligned(as: UInt64.self)
    }
    return Double(bitPattern: UInt64(littleEndian: bits))
  }

  @inlinable package mutating func readFlag() throws(ProfileFault) -> Bool {
    let byte = try readByte()
    guard byte <= 1 else { throw fault("\(byte) is neither true nor false") }
    return byte == 1
  }

  /// Where the bytes stand that are read.
  mutating func readByteRange() throws(ProfileFault) -> Range<Int> {
    let count = try readCount()
    guard count <= bytes.count - position else { throw fault("the file ends too early") }
    position += count
    return position - count..<position
  }

  package mutating func readBytes() throws(ProfileFault) -> ArraySlice<UInt8> {
    bytes[try readByteRange()]
  }

  package mutating func readText() throws(ProfileFault) -> String {
    guard let text = String(validating: try readBytes(), as: UTF8.self) else {
      throw fault("a name is not in UTF-8")
    }
    return text
  }

  @inlinable package mutating func read<Part: ProfilePart>(
    _ type: Part.Type = Part.self
  ) throws(ProfileFault) -> Part {
    try Part(from: &self)
  }

  @inlinable package mutating func readArray<Part: ProfilePart>(
    of type: Part.Type = Part.self
  ) throws(ProfileFault) -> [Part] {
    // Each takes a byte at least.
    let count = try readCount(bytes.count - position)
    var parts: [Part] = []
    parts.reserveCapacity(count)
    for _ in 0..<count { parts.append(try Part(from: &self)) }
    return parts
  }

  @inlinable package mutating func readOptional<Part: ProfilePart>(
    _ type: Part.Type = Part.self
  ) throws(ProfileFault) -> Part? {
    try readFlag() ? try Part(from: &self) : nil
  }
}
