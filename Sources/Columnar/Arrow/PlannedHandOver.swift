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

  /// How many words a dictionary may have.
  package var wordLimit: Int { 1 << (codeBits - 1) }
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
