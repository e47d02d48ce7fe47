import Columnar

/// What the chunks of one kind were, all together: to settle a type, no more is asked of them.
package struct KindEvidence: Hashable, Sendable {
  package let kind: FieldKind
  package internal(set) var rowCount = 0
  package internal(set) var nullCount = 0
  package internal(set) var facts: FieldFacts = []
  /// The smallest and the largest integer, in the kind's unit.
  package internal(set) var minimum = Int128.max
  package internal(set) var maximum = Int128.min
  /// The fewest and most digits after the decimal point or within a second.
  var minimumDigits = Int.max
  var maximumDigits = 0
  /// Whether some chunk has values without such digits, whose number is not told.
  var hasUntoldDigits = false
  /// How booleans and times are spelled, a style for each chunk.
  var styles: Set<Int> = []
  /// Bit `i` is set where all fields of some chunk are in the user's format `i`.
  var someFormats: UInt64 = 0
  /// And where all fields of all chunks are.
  var allFormats = ~0 as UInt64
  /// Whether some chunk was read by words or formats that the user named, and some was not.
  var hasTold = false
  var hasUntold = false
  /// Bit `i` is set where null word `i` occurred; see `NullWords`.
  var nullWords: UInt64 = 0

  init(_ kind: FieldKind) { self.kind = kind }

  /// Adds a chunk of this kind.
  mutating func add(_ report: ChunkReport) {
    rowCount += report.rowCount
    nullCount += report.nullCount
    facts.formUnion(report.facts)
    minimum = min(minimum, report.minimumValue)
    maximum = max(maximum, report.maximumValue)
    minimumDigits = min(minimumDigits, report.minimumDigits)
    maximumDigits = max(maximumDigits, report.maximumDigits)
    hasUntoldDigits = hasUntoldDigits || report.minimumDigits > report.maximumDigits
    styles.insert(report.style)
    someFormats |= report.fittingFormats
    allFormats &= report.fittingFormats
    if report.isAsTold { hasTold = true } else { hasUntold = true }
    nullWords |= report.nullWords
  }

  /// Adds the chunks of another part of the column.
  mutating func formUnion(_ other: KindEvidence) {
    rowCount += other.rowCount
    nullCount += other.nullCount
    facts.formUnion(other.facts)
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    minimumDigits = min(minimumDigits, other.minimumDigits)
    maximumDigits = max(maximumDigits, other.maximumDigits)
    hasUntoldDigits = hasUntoldDigits || other.hasUntoldDigits
    styles.formUnion(other.styles)
    someFormats |= other.someFormats
    allFormats &= other.allFormats
    hasTold = hasTold || other.hasTold
    hasUntold = hasUntold || other.hasUntold
    nullWords |= other.nullWords
  }

  var valueCount: Int { rowCount - nullCount }

  /// Whether all integers have 64 bits with a sign when counted as `kind` says.
  package func fits(_ kind: FieldKind) -> Bool {
    guard let factor = self.kind.factor(to: kind).map({ Int128($0) }) else { return false }
    return minimum * factor >= Int128(Int64.min) && maximum * factor <= Int128(Int64.max)
  }
}

extension [KindEvidence] {
  /// The range of all integers, in units of `kind`; `nil` where there is none.
  func range(as kind: FieldKind) -> ClosedRange<Int128>? {
    let used = lazy.filter { $0.valueCount > 0 }
    let factor = { (part: KindEvidence) in Int128(part.kind.factor(to: kind) ?? 1) }
    guard let minimum = used.map({ $0.minimum * factor($0) }).min(),
      let maximum = used.map({ $0.maximum * factor($0) }).max()
    else { return nil }
    return minimum...maximum
  }
}
