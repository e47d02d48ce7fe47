extension PlannedHandOver {
  /// `nil` where the layout is made for the values of one table, whose types follow from them.
  ///
  /// - Parameters:
  ///   - digits: How many digits decimals have at the most.
  ///   - codeBits: Bits of a signed code; `nil` for those that hold each code of the layout.
  package init?(
    type: LogicalType, layout: Layout, digits: Int? = nil, codeBits: Int? = nil,
    words: [[UInt8]]? = nil, isOpen: Bool = true, isNullable: Bool = true,
    unit: TimeUnit? = nil, isFloat32: Bool = false
  ) {
    guard let encoding = Encodings.named[layout.encoding],
      !encoding.isTiedToValues || type == .null, layout.isSound(for: type)
    else { return nil }
    self.type = type
    shape = encoding.shape(of: layout)
    var range = type.domain == .integer ? layout.integerRange : 0...0
    if let digits {
      let limit = (0..<max(0, min(digits, 38))).reduce(Int128(1)) { power, _ in power * 10 } - 1
      range = range.clamped(to: -limit...limit)
    }
    integers = range
    minimumBits = layout.minimumBits
    self.codeBits = codeBits ?? min(32, 16 * layout.codeWidth)
    self.words = words
    self.isOpen = isOpen
    self.isNullable = isNullable
    self.unit = unit
    keepsFloat32 = isFloat32 || layout.mayRound
  }
}

extension Layout {
  /// The whole bytes that hold each code of the layout; 1 where there are none.
  fileprivate var codeWidth: Int {
    guard bits != nil, let capacity = entryCapacity else { return width ?? 1 }
    return capacity <= 1 << 8 ? 1 : capacity <= 1 << 16 ? 2 : 4
  }

  /// The integers that the layout holds, those of its dictionary where it has one.
  fileprivate var integerRange: ClosedRange<Int128> {
    if let values = values?.first { return values.integerRange }
    guard let width, [1, 2, 4, 8].contains(width) else { return 0...0 }
    let count = Int128(1) << (width * 8)
    if isUnsigned == true { return Int128(base ?? 0)...Int128(base ?? 0) + count - 1 }
    return -count / 2...count / 2 - 1
  }
}
