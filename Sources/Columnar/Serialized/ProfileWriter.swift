/// Writes what is known of a table in few bytes: values one behind the other, in an order that reader and
/// writer know.
///
/// Integers are LEB128, those with a sign zigzag, as in Protocol Buffers and in Thrift's compact form. The same
/// facts are the same bytes.
package struct ProfileWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// A count, which is not below zero.
  package mutating func write(count: Int) { write(UInt64(count)) }

  package mutating func write(_ value: Int64) {
    write(UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  package mutating func write(_ value: Int128) {
    var rest = UInt128(bitPattern: value << 1 ^ value >> 127)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// The bits of a binary64; −0 is written as 0, since which of both came first depends on the order of rows.
  package mutating func write(_ value: Double) {
    withUnsafeBytes(of: (value + 0).bitPattern.littleEndian) { bytes += $0 }
  }

  package mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  /// Bytes of any number.
  package mutating func write(_ text: some Collection<UInt8>) {
    write(count: text.count)
    bytes += text
  }

  package mutating func write(_ part: some ProfilePart) { part.write(to: &self) }

  package mutating func write(_ parts: [some ProfilePart]) {
    write(count: parts.count)
    for part in parts { part.write(to: &self) }
  }

  /// A part, or that there is none.
  package mutating func write(_ part: (some ProfilePart)?) {
    write(part != nil)
    part?.write(to: &self)
  }
}

/// What profiles are made of.
package protocol ProfilePart {
  /// Reads what `write(to:)` has written.
  ///
  /// - Throws: `ProfileFault` where the bytes are those of no such part.
  init(from reader: inout ProfileReader) throws(ProfileFault)

  /// Writes it: the same facts are the same bytes.
  func write(to writer: inout ProfileWriter)
}

/// Bytes that no profile has.
package struct ProfileFault: Error, Hashable, Sendable {
  /// Where, in bytes of what was read.
  package let offset: Int
  /// What is wrong, in words.
  package let reason: String

  @usableFromInline
  init(offset: Int, reason: String) { (self.offset, self.reason) = (offset, reason) }
}
