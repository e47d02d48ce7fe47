/// What a plan says of how a column is handed over: all that its type in Arrow depends on, whatever
/// values it has.
package struct PlannedHandOver: Hashable, Sendable {
  package var type: LogicalType
  package var shape: ViewShape
  /// The integers that the column may have; 0 for both where it has none.
  package var integers: ClosedRange<Int128>
  /// The fewest bits that integers are to have; `nil` for as few as hold them.
  package var minimumBits: Int?
  /// Bits of a signed code, where values are codes.
  package var codeBits: Int
  /// The words of the dictionary, which come first, in this order; `nil` where the plan names none.
  package var words: [[UInt8]]?
  /// Whether other words may follow them.
  package var isOpen: Bool
  /// Whether values may be missing, as far as the plan knows.
  package var isNullable: Bool
  /// The unit of instants; `nil` for microseconds, or finer where the type is.
  package var unit: TimeUnit?
  /// Whether floats in 32 bits are handed over so.
  package var keepsFloat32: Bool

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
      !encoding.isTiedToValues || type == .null
    else { return nil }
    self.type = type
    shape = encoding.shape(of: layout)
    var range = type.domain == .integer ? layout.integerRange : 0...0
    if let digits {
      let limit = (0..<digits).reduce(Int128(1)) { power, _ in power * 10 } - 1
      range = range.clamped(to: -limit...limit)
    }
    integers = range
    minimumBits = layout.minimumBits
    self.codeBits = codeBits ?? min(32, 16 * (layout.width ?? 1))
    self.words = words
    self.isOpen = isOpen
    self.isNullable = isNullable
    self.unit = unit
    keepsFloat32 = isFloat32 || layout.mayRound
  }

  /// How many words a dictionary may have.
  package var wordLimit: Int { 1 << (codeBits - 1) }
}

extension Layout {
  /// The integers that the layout holds, those of its dictionary where it has one.
  fileprivate var integerRange: ClosedRange<Int128> {
    if let values = values?.first { return values.integerRange }
    guard let width, [1, 2, 4, 8].contains(width) else { return 0...0 }
    let count = Int128(1) << (width * 8)
    if isUnsigned == true { return Int128(base ?? 0)...Int128(base ?? 0) + count - 1 }
    return -count / 2...count / 2 - 1
  }
}

extension ArrowTyping {
  /// What a column has in a file for `target` under a plan.
  package init?(
    _ planned: PlannedHandOver, for target: TargetEngine, categories: CategoryPolicy = .text
  ) {
    // A row with a value, since no file of a plan is to have a type for itself. Floats may be odd.
    // Instants and spans are of one unit whatever their numbers.
    let isCounted: Bool
    var declared: DeclaredType?
    switch planned.type {
    case .timestamp(_, let zone):
      isCounted = true
      declared = planned.unit.map { DeclaredType(whenEmpty: .timestamp($0, zone: zone)) }
    case .duration:
      isCounted = true
      declared = planned.unit.map { DeclaredType(whenEmpty: .duration($0)) }
    default: isCounted = false
    }
    let facts = ArrowTypingFacts(
      type: planned.type, shape: planned.shape, rowCount: 1, nullCount: 0,
      dictionaryCount: planned.wordLimit, hasOddFloats: true,
      integers: isCounted ? 0...0 : planned.integers, minimumBits: planned.minimumBits,
      keepsFloat32: planned.keepsFloat32, declared: declared)
    self.init(facts, for: target, categories: categories)
    dictionary?.codeBits = planned.codeBits
  }
}
