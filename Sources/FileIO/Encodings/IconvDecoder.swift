import Platform

/// Text in an encoding that the C library's `iconv` knows, as UTF-8.
final class IconvDecoder {
  enum Fault: Error {
    /// The bytes at this offset stand for no character.
    case invalid(Int)
    /// Those from this offset on are only the beginning of one, or of a shift.
    case incomplete(Int)
  }

  private let descriptor: iconv_t

  /// `nil` for an encoding that it does not know: a program that is linked statically finds only what
  /// is installed beside a C library of its own version.
  init?(_ name: String) {
    guard let descriptor = Self.open(name) else { return nil }
    self.descriptor = descriptor
  }

  deinit { iconv_close(descriptor) }

  static func knows(_ name: String) -> Bool {
    guard let descriptor = open(name) else { return false }
    iconv_close(descriptor)
    return true
  }

  private static func open(_ name: String) -> iconv_t? {
    // A slash begins a suffix, and no name stands for the encoding of the locale.
    let isName = name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || "-_.:+()".utf8.contains($0)
    }
    guard isName, !name.isEmpty, name.utf8.count <= 60 else { return nil }
    // These it has built in.
    let builtIn = ["utf-32le": "UCS-4LE", "utf-32be": "UCS-4BE"]
    let opened = iconv_open("UTF-8", builtIn[name] ?? name.uppercased())
    return opened == iconv_t(bitPattern: -1) ? nil : opened
  }

  /// Appends what `bytes` stand for to `output`; how many of them were taken.
  ///
  /// - Parameter isLast: Whether nothing follows.
  func decode(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, to output: inout [UInt8]
  ) throws(Fault) -> Int {
    var rest = bytes.baseAddress.map {
      UnsafeMutablePointer(mutating: $0.assumingMemoryBound(to: CChar.self))
    }
    var restCount = bytes.count
    while restCount > 0 {
      let code = convert(&rest, &restCount, capacity: 4 * restCount + 64, to: &output)
      switch code {
      case 0, E2BIG: continue
      case EINVAL:
        guard !isLast else { throw .incomplete(bytes.count - restCount) }
        return bytes.count - restCount
      default: throw .invalid(bytes.count - restCount)
      }
    }
    if isLast {
      // What is still held back, by encodings in which two bytes may be one character or two.
      var none: UnsafeMutablePointer<CChar>?
      var noCount = 0
      _ = convert(&none, &noCount, capacity: 64, to: &output)
    }
    return bytes.count
  }

  /// One call of `iconv`; 0, or what it says is in the way.
  private func convert(
    _ input: inout UnsafeMutablePointer<CChar>?, _ inputCount: inout Int, capacity: Int,
    to output: inout [UInt8]
  ) -> Int32 {
    var code: Int32 = 0
    output += [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      var target =
        UnsafeMutableRawPointer(buffer.baseAddress!).bindMemory(
          to: CChar.self, capacity: capacity) as UnsafeMutablePointer<CChar>?
      var room = capacity
      if iconv(descriptor, &input, &inputCount, &target, &room) == -1 { code = errno }
      count = capacity - room
    }
    return code
  }
}
