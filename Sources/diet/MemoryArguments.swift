import ArgumentParser
import Columnar

/// How much memory a run may take. Once it is checked it holds: every verb that has these arguments is under it.
struct MemoryArguments: ParsableArguments {
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

/// A number of bytes as it is written: `268435456`, `256MB`, `1.5 GiB`.
struct ByteSize {
  let byteCount: Int

  private static let units: [(String, Int)] = [
    ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("tib", 1 << 40), ("kb", 1000),
    ("mb", 1_000_000), ("gb", 1_000_000_000), ("tb", 1_000_000_000_000), ("k", 1 << 10),
    ("m", 1 << 20), ("g", 1 << 30), ("t", 1 << 40), ("b", 1), ("", 1),
  ]

  /// Throws for what is no size, naming the option.
  static func checked(_ text: String, option: String) throws(ValidationError) -> ByteSize {
    guard let size = ByteSize(text) else {
      throw ValidationError(
        "--\(option): '\(text)' is no size; write bytes, or a number with kB, MB, GB, KiB, MiB or GiB"
      )
    }
    return size
  }

  /// `nil` for what is no size above 0 that 63 bits hold.
  init?(_ text: String) {
    let word = text.lowercased()
    guard let (suffix, factor) = Self.units.first(where: { word.hasSuffix($0.0) }) else {
      return nil
    }
    var digits = word.dropLast(suffix.utf8.count)
    while digits.last == " " { digits.removeLast() }
    guard let first = digits.utf8.first, first &- 0x30 <= 9,
      digits.allSatisfy({ $0.isNumber || $0 == "." }), let number = Double(digits)
    else { return nil }
    let byteCount = (number * Double(factor)).rounded()
    guard byteCount >= 1, byteCount < 0x1p62 else { return nil }
    self.byteCount = Int(byteCount)
  }
}
