import Columnar
import DietReport

/// A column's profile as that of the whole table may be: the likely one, those at the ends of the interval, and those
/// for which a single value would do that no sample has.
///
/// Profiles are all that byte formulas ask for. So what is estimated is a profile, and formulas do the rest.
struct ColumnGrowth {
  typealias Level = KeyPath<EstimateReport.Figure, Int> & Sendable
  private let column: ColumnSamples
  private let rows: EstimateReport.Figure
  private let sums: [(path: WritableKeyPath<ColumnProfile, Int>, figure: EstimateReport.Figure)]
  /// Different values; `nil` where they were not counted.
  let distinct: EstimateReport.Figure?
  /// The first value and the step, where every sample says the same.
  private let sequence: IntegerProfile.Sequence?

  init(_ column: ColumnSamples, rows: EstimateReport.Figure, scale: SampleScale) {
    (self.column, self.rows) = (column, rows)
    let each = column.each.map { $0.asPart(of: column.all) }
    sums = Self.additive.map { path in (path, scale.total(each.map { $0[keyPath: path] })) }
    let growth = max(1, Double(rows.high) / Double(max(1, column.all.rowCount)))
    if let seen = column.all.distinctCount, let alternate = Self.halves(column.alternate),
      let contiguous = Self.halves(column.contiguous)
    {
      distinct =
        DistinctGrowth(seen: seen, alternate: alternate, contiguous: contiguous, growth: growth)
        .figure
    } else {
      distinct = nil
    }
    sequence = Self.sequence(column.each, rows: rows)
  }

  private static func halves(_ profiles: [ColumnProfile]) -> DistinctGrowth.Halves? {
    let counts = profiles.compactMap(\.distinctCount)
    return counts.count < 2 ? nil : DistinctGrowth.Halves(first: counts[0], second: counts[1])
  }

  /// Rows without a value.
  var nulls: EstimateReport.Figure { sums[0].figure }

  /// What rows add to, nulls first.
  private static let additive: [WritableKeyPath<ColumnProfile, Int> & Sendable] = [
    \.nullCount, \.textByteCount, \.source.fieldCount, \.source.emptyCount,
    \.source.quotedEmptyCount, \.source.byteCount, \.source.longByteCount,
    \.source.pythonIntegerByteCount, \.source.words.common.count, \.source.words.common.byteCount,
    \.source.words.none.count, \.source.words.none.byteCount, \.source.words.pandasOnly.count,
    \.source.words.pandasOnly.byteCount, \.source.words.codes.count,
    \.source.words.codes.byteCount, \.source.words.lowercaseNaN.count,
    \.source.words.lowercaseNaN.byteCount, \.source.words.nan.count,
    \.source.words.nan.byteCount,
  ]

  // MARK: - The profiles

  /// As the samples suggest it.
  var likely: ColumnProfile { grown(column.all, \.estimate) }

  /// At the ends of the interval, types being what the samples show.
  var ends: [ColumnProfile] {
    var high = grown(column.all, \.high)
    high.integers = column.all.integers.map { stretched($0) }
    high.floats?.isConstant = false
    // To pandas a null makes objects of booleans: that is for the fallbacks.
    if high.type != .boolean { high.takeNull() }
    return [grown(column.all, \.low), high]
  }

  /// What a single value that no sample has would make of the column.
  var fallbacks: [ColumnProfile] {
    guard let high = ends.last else { return [] }
    var all: [ColumnProfile] = []
    var withNull = high
    withNull.takeNull()
    all.append(withNull)
    if let integers = high.integers {
      var wide = high
      let far = Int128(1) << 40
      wide.integers = IntegerProfile(
        minimum: min(integers.minimum, -far), maximum: max(integers.maximum, far))
      all.append(wide)
    }
    if high.floats?.fitsFloat32 == true {
      var wide = high
      wide.floats?.fitsFloat32 = false
      wide.floats?.float32Error = .infinity
      all.append(wide)
    }
    all.append(asText)
    if high.valueCount == 0 || column.all.valueCount == 0 { all.append(asFloat) }
    return all
  }

  /// As text of any form.
  private var asText: ColumnProfile {
    var text = column.text
    text.source = column.all.source
    text = grown(text, \.high)
    text.type = .string
    text.takeNull()
    if column.all.type.domain != .bytes {
      text.source.shapes = .text
      text.text?.byteCount = text.source.byteCount
    }
    text.text?.forms = []
    text.text?.digits.giveUp()
    if let length = text.text?.minimumLength { text.text?.minimumLength = max(0, length - 1) }
    if text.text == nil { text.text = TextProfile() }
    return text
  }

  /// A column without a value in any sample may have some.
  private var asFloat: ColumnProfile {
    var floats = ColumnProfile(
      name: column.all.name, type: .float, rowCount: rows.high, nullCount: max(1, rows.high / 2))
    floats.floats = FloatProfile(
      minimum: 0, maximum: 1, nanCount: 0, fitsFloat32: false, isConstant: false)
    floats.distinctCount = nil
    floats.source.shapes = .float
    floats.source.emptyCount = floats.nullCount
    return floats
  }

  private func grown(_ base: ColumnProfile, _ level: Level) -> ColumnProfile {
    var profile = base
    profile.rowCount = rows[keyPath: level]
    for (path, figure) in sums { profile[keyPath: path] = figure[keyPath: level] }
    let isEmpty = column.all.valueCount == 0
    profile.nullCount =
      isEmpty ? profile.rowCount : min(profile.nullCount, max(0, profile.rowCount - 1))
    // Blocks of pandas without a null have no bitmap; which have one is not known.
    profile.source.pandasBitmapByteCount = level == \.low ? 0 : nil
    setDistinct(&profile, seen: base, level)
    if let integers = base.integers {
      profile.integers = IntegerProfile(
        minimum: integers.minimum, maximum: integers.maximum,
        sequence: level == \.high ? nil : sequence)
    }
    return profile
  }

  private func setDistinct(_ profile: inout ColumnProfile, seen: ColumnProfile, _ level: Level) {
    guard let distinct, let known = seen.distinctCount else {
      (profile.distinctCount, profile.dictionaryCount) = (nil, nil)
      return
    }
    let count = min(distinct[keyPath: level], max(1, profile.valueCount))
    profile.distinctCount = known == 0 ? 0 : count
    profile.isDistinctExact = false
    let isUsable = seen.dictionaryCount != nil && count <= 1 << 20
    profile.dictionaryCount = isUsable ? profile.distinctCount : nil
    guard known > 0 else { return }
    func grow(_ byteCount: Int?) -> Int? {
      byteCount.map { Int((Double($0) / Double(known) * Double(count)).rounded(.up)) }
    }
    profile.text?.distinctByteCount = isUsable ? grow(seen.text?.distinctByteCount) : nil
    profile.text?.distinctLongByteCount = isUsable ? grow(seen.text?.distinctLongByteCount) : nil
  }

  // MARK: - Integers

  /// Beyond the extremes that were seen: the more, the more those of two halves of the samples differ.
  private func stretched(_ range: IntegerProfile) -> IntegerProfile {
    let span = Double(range.maximum) - Double(range.minimum)
    let halves = column.alternate.compactMap(\.integers)
    var difference = 0.0
    if halves.count == 2, span > 0 {
      difference =
        (abs(Double(halves[0].maximum) - Double(halves[1].maximum))
          + abs(Double(halves[0].minimum) - Double(halves[1].minimum))) / span
    }
    var doublings = 1.0
    var growth = Double(rows.high) / Double(max(1, column.all.rowCount))
    while growth > 2 { (doublings, growth) = (doublings + 1, growth / 2) }
    let more = min(span * (0.1 + 2 * difference * doublings) + 1, 0x1p64)
    var low = Double(range.minimum) - more
    // What is counted, and what is paid, is not below nothing.
    if range.minimum >= 0 { low = max(low, 0) }
    let high = Double(range.maximum) + more
    return IntegerProfile(
      minimum: min(range.minimum, Int128(max(low, -0x1p63))),
      maximum: max(range.maximum, Int128(min(high, 0x1p63 - 1025))))
  }

  /// Where every sample rises by the same step, and as far from the first to the last as there are rows.
  private static func sequence(
    _ samples: [ColumnProfile], rows: EstimateReport.Figure
  ) -> IntegerProfile.Sequence? {
    let ranges = samples.filter { $0.rowCount > 1 }.compactMap(\.integers)
    guard let first = ranges.first?.sequence, ranges.count > 1,
      ranges.count == samples.count(where: { $0.rowCount > 1 }),
      ranges.allSatisfy({ $0.sequence?.step == first.step })
    else { return nil }
    let rises = zip(ranges, ranges.dropFirst()).allSatisfy { a, b in
      first.step > 0 ? a.maximum < b.minimum : a.minimum > b.maximum
    }
    let values = ranges.map(\.minimum).min()!...ranges.map(\.maximum).max()!
    let count = (values.upperBound - values.lowerBound) / Int128(first.step.magnitude) + 1
    let isWithin = (Int128(rows.low)...Int128(rows.high)).contains(count)
    return rises && isWithin ? first : nil
  }
}

extension ColumnProfile {
  /// The bytes of all values as text; nothing where they are none.
  fileprivate var textByteCount: Int {
    get { text?.byteCount ?? 0 }
    set { text?.byteCount = newValue }
  }

  /// What samples of numbers are where others make the column text: their fields as they are written.
  fileprivate func asPart(of column: ColumnProfile) -> ColumnProfile {
    guard column.type.domain == .bytes, text == nil, valueCount > 0 else { return self }
    var part = self
    part.text = TextProfile()
    part.text?.byteCount = source.byteCount
    return part
  }

  /// A row of it has no value.
  fileprivate mutating func takeNull() {
    guard nullCount == 0, rowCount > 1 else { return }
    nullCount = 1
    if source.emptyCount == 0 { source.emptyCount = 1 }
  }
}
