import Columnar

extension PlannedHandOver {
  /// What tells polars the type of a column of a plan, by the plan alone: an Enum of closed
  /// categories where the file is for polars, else the width of a Categorical's codes.
  ///
  /// All parts share a table of categories in polars. Open ones may be more together than in any
  /// part, and a table that overflows its width is a panic: so it is twice as wide.
  func polarsHint(for field: ArrowField, read engine: TargetEngine) -> ArrowMetadata? {
    guard field.dictionary != nil, field.type == .utf8, let words else { return nil }
    let enumText = words.flatMap { Array("\($0.count);".utf8) + $0 }
    if engine == .polars, !isOpen, words.count < 1 << 16, enumText.count <= 1 << 16 {
      return ArrowMetadata(
        key: "_PL_ENUM_VALUES2", value: String(decoding: enumText, as: UTF8.self))
    }
    let bits = isOpen ? codeBits * 2 : codeBits
    guard bits < 32 else { return nil }
    // FNV-1a, 64 bits, over the words' bytes, each followed by one that is in no UTF-8.
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in words.joined(separator: [0xFF]) {
      digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    let name = field.name
    let namespace = "diet-plan-" + String(digest, radix: 16)
    return ArrowMetadata(
      key: "_PL_CATEGORICAL2",
      value: "\(name.utf8.count);\(name)\(namespace.utf8.count);\(namespace)u\(bits);")
  }
}
