import ArgumentParser
import Columnar

/// How much memory a run may take. Once it is checked it holds: every verb that has these arguments is under it.
struct MemoryArguments: ParsableArguments {
  @OptionGroup var terminal: TerminalArguments

  @Option(
    help: ArgumentHelp(
      "Most memory to have resident, as 256MB or 2GiB (default: nine tenths of the control group's or machine's).",
      valueName: "size"))
  var maxMemory: String?

  func validate() throws {
    guard let maxMemory else {
      MemoryLimit.setFromSystem()
      return
    }
    let byteCount = try ByteSize.checked(maxMemory, option: "max-memory").byteCount
    guard byteCount >= MemoryLimit.least else {
      throw ValidationError(
        "--max-memory: a run takes \(MemoryLimit.least >> 20)MiB at least, not \(maxMemory)")
    }
    MemoryLimit.set(byteCount: byteCount)
  }
}

/// A number of bytes as it is written: `268435456`, `2e9`, `256MB`, `1.5 GiB`, in letters of either case.
struct ByteSize {
  let byteCount: Int

  /// What a unit stands for; letters alone are powers of 1024, as for other tools.
  private static let units: [(String, Double)] = [
    ("kib", 0x1p10), ("mib", 0x1p20), ("gib", 0x1p30), ("tib", 0x1p40), ("pib", 0x1p50),
    ("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("tb", 1e12), ("pb", 1e15),
    ("k", 0x1p10), ("m", 0x1p20), ("g", 0x1p30), ("t", 0x1p40), ("p", 0x1p50), ("b", 1), ("", 1),
  ]

  /// Throws for what is no size above 0 that 63 bits hold, naming the option.
  static func checked(_ text: String, option: String) throws(ValidationError) -> ByteSize {
    guard let number = number(text) else {
      throw ValidationError(
        "--\(option): '\(text)' is no size; write bytes, as 2000000000 or 2e9, or a number with kB, MB, GB, TB, PB, "
          + "or with KiB, MiB, GiB, TiB, PiB, also K, M, G, T, P")
    }
    guard number >= 1 else {
      throw ValidationError("--\(option): \(text) is no memory at all; a size is one byte at least")
    }
    guard let size = ByteSize(text) else {
      throw ValidationError(
        "--\(option): \(text) is more than \(Int.max) bytes, the most that are counted")
    }
    return size
  }

  /// `nil` for what is no size above 0 that 63 bits hold.
  init?(_ text: String) {
    // All digits of a plain number count, of which binary64 rounds the last.
    if let byteCount = Int(text), byteCount >= 1 {
      self.byteCount = byteCount
      return
    }
    guard let number = Self.number(text), number >= 1, number < 0x1p63 else { return nil }
    byteCount = Int(number)
  }

  /// The bytes that are meant, in whole numbers, of any size.
  private static func number(_ text: String) -> Double? {
    let word = text.lowercased()
    guard let (suffix, factor) = units.first(where: { word.hasSuffix($0.0) }) else { return nil }
    var digits = word.dropLast(suffix.utf8.count)
    while digits.last == " " { digits.removeLast() }
    guard let first = digits.utf8.first, first &- 0x30 <= 9,
      digits.utf8.allSatisfy({ $0 &- 0x30 <= 9 || ".e+-".utf8.contains($0) }),
      let number = Double(digits)
    else { return nil }
    return (number * factor).rounded()
  }
}
