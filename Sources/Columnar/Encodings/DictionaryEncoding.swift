/// Codes of 1, 2 or 4 bytes, or of some bits, that point into the column's distinct values, which are sorted, so that
/// codes compare as values do and are the same for any number of threads.
///
///     values [ 2 | 0 | 0 | 1 ]  uint8      dictionary [ EWR | JFK | LGA ]
struct DictionaryEncoding: Encoding {
  let name = "dictionary"
  let isIndirect = true
  let sharesValues = true

  /// The encodings that may hold a dictionary's values.
  private static let valueEncodings: [any Encoding] = [
    IntegerEncoding(), FrameOfReferenceEncoding(), FloatEncoding(), FixedWidthEncoding(),
    UTF8Encoding(),
  ]
  /// Those that may hold its texts in fewer bytes, which only encoding tells. An entry is looked up by itself: none
  /// that reads a block for it.
  private static let learnedEncodings: [any Encoding] = [TokensEncoding(), FrontEncoding()]
  /// With fewer bytes of entries, what tokens stand for takes about what they save.
  private static let leastLearnedByteCount = 1 << 15

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    profile.dictionaryProfile.map { layouts(for: profile, distinct: $0, policy: policy) } ?? []
  }

  private func layouts(
    for profile: ColumnProfile, distinct: ColumnProfile, policy: LayoutPolicy
  ) -> [Layout] {
    guard let count = profile.dictionaryCount, count > 0, profile.type != .boolean else {
      return []
    }
    let width = count <= 1 << 8 ? 1 : count <= 1 << 16 ? 2 : 4
    let entries =
      Self.valueLayouts(for: distinct, policy: policy)
      + Self.learnedLayouts(for: distinct, policy: policy)
    return entries.flatMap { values in
      let packed = policy.storage.isDense ? Layout.packedDictionary(of: values, count: count) : nil
      let groups =
        policy.storage == .smallest
        ? RadixGroups.best(radix: UInt64(count), rowCount: profile.rowCount) : nil
      let grouped = groups.map {
        Layout(
          encoding: name, isUnsigned: true, step: Int64($0.radix), bits: $0.bits, values: values)
      }
      // Blocks are whole: of few rows, words take less.
      return [Layout(encoding: name, width: width, isUnsigned: true, values: values)]
        + [packed, grouped].compactMap { $0 }
    }
  }

  func costs(for profile: ColumnProfile, policy: LayoutPolicy) -> [LayoutCost] {
    guard let distinct = profile.dictionaryProfile else { return [] }
    return layouts(for: profile, distinct: distinct, policy: policy).map { layout in
      let codes = Self.codeFootprint(of: layout, for: profile)
      return LayoutCost(
        layout: layout, footprint: codes + Self.footprint(ofValuesIn: layout, for: distinct))
    }
  }

  func leastStorage(of layout: Layout) -> StoragePolicy {
    let codes: StoragePolicy =
      layout.bits == nil ? .fast : layout.step == nil ? .packed : .smallest
    return max(codes, layout.values?.first?.storage ?? .fast)
  }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    guard layout.isUnsigned == true, let values = layout.values else { return false }
    switch (layout.width, layout.bits, layout.step) {
    case (let width?, nil, nil): guard [1, 2, 4].contains(width) else { return false }
    case (nil, let bits?, nil):
      guard PackedBlocks.holds(bits: bits), bits < 32 else { return false }
    case (nil, _?, let radix?):
      guard radix < 1 << 31, layout.groups != nil, layout.base == nil else { return false }
    default: return false
    }
    return Self.areSound(values, for: type)
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    Self.codeFootprint(of: layout, for: profile)
      + Self.dictionaryFootprint(of: layout, for: profile)
  }

  private static func codeFootprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    if let groups = layout.groups { return profile.footprintGrouped(groups) }
    if let bits = layout.bits { return profile.footprintPacked(bits: bits) }
    return IntegerEncoding().footprint(of: layout, for: profile)
  }

  /// Whether these are the layouts of a dictionary's values: exactly one.
  static func areSound(_ values: [Layout], for type: LogicalType) -> Bool {
    guard values.count == 1, values[0].values == nil else { return false }
    return encoding(of: values[0])?.isSound(values[0], for: type) ?? false
  }

  private static func encoding(of values: Layout) -> (any Encoding)? {
    (valueEncodings + learnedEncodings).first { $0.name == values.encoding }
  }

  /// The layouts in which distinct values of this profile can be held.
  static func valueLayouts(for distinct: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    valueEncodings.flatMap { $0.layouts(for: distinct, policy: policy) }
  }

  /// Those of them whose bytes only encoding tells.
  private static func learnedLayouts(
    for distinct: ColumnProfile, policy: LayoutPolicy
  ) -> [Layout] {
    guard let text = distinct.text, text.byteCount >= leastLearnedByteCount else { return [] }
    return learnedEncodings.flatMap { $0.layouts(for: distinct, policy: policy) }
  }

  static func dictionaryFootprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    guard let distinct = profile.dictionaryProfile else { return Footprint() }
    return footprint(ofValuesIn: layout, for: distinct)
  }

  static func footprint(ofValuesIn layout: Layout, for distinct: ColumnProfile) -> Footprint {
    guard let values = layout.values?.first, let encoding = encoding(of: values) else {
      return Footprint()
    }
    return encoding.footprint(of: values, for: distinct).asDictionary
  }

  func tables(
    for chunks: ChunkedValues, layout: Layout
  ) throws(LayoutError) -> EncodingTables {
    let name = chunks.name
    guard let dictionary = try chunks.encodeDictionary(layout: layout) else {
      throw LayoutError(column: name, row: nil, layout: layout.description)
    }
    let limit = layout.codeLimit
    guard dictionary.count <= limit else {
      throw LayoutError(
        column: name, row: chunks.firstRow(pastDistinct: limit), layout: layout.description)
    }
    return EncodingTables(dictionary: dictionary, ranks: RankFinder(chunks))
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    guard let finder = tables.ranks else { fatalError("a dictionary has ranks") }
    if let groups = layout.groups {
      return try chunks.encodeGroups(groups, layout: layout, dictionary: tables.dictionary) {
        finder.write($0, to: $1)
        return nil
      }
    }
    if let bits = layout.bits {
      let codes = PackedCodes(layout: layout, dictionary: tables.dictionary, finder: finder)
      return try PackedBlocks.accept(codes, bits: bits, &chunks)
    }
    let width = layout.width ?? 4
    let validity = chunks.makeValidity()
    let codes = chunks.makeBuffer(chunks.rowCount * width)
    chunks.consume { firstRow, chunk in
      switch width {
      case 1: finder.write(chunk, to: codes.pointer(as: UInt8.self) + firstRow)
      case 2: finder.write(chunk, to: codes.pointer(as: UInt16.self) + firstRow)
      default: finder.write(chunk, to: codes.pointer(as: UInt32.self) + firstRow)
      }
    }
    return Column(
      name: chunks.name, type: chunks.type, layout: layout, count: chunks.rowCount,
      nullCount: chunks.nullCount, validity: validity, values: codes,
      dictionary: tables.dictionary)
  }

  /// A column whose rows are codes already, each of an entry of `dictionary`.
  static func encode(
    codes: inout ChunkedValues, layout: Layout, dictionary: Column
  ) throws(LayoutError) -> Column {
    if let groups = layout.groups {
      return try codes.encodeGroups(groups, layout: layout, dictionary: dictionary) {
        transferIntegers($0, base: 0, to: $1)
      }
    }
    if let bits = layout.bits {
      let codesInBits = CodesInBits(layout: layout, dictionary: dictionary)
      return try PackedBlocks.accept(codesInBits, bits: bits, &codes)
    }
    let words = try codes.encodeIntegers(layout: layout, base: 0)
    return Column(
      name: words.name, type: words.type, layout: layout, count: words.count,
      nullCount: words.nullCount, sharing: words.validity, values: words.values,
      dictionary: dictionary)
  }

  private struct CodesInBits: PackedVisitor {
    let layout: Layout
    let dictionary: Column

    func visit<Word: PackedWord>(
      _ words: Word.Type, _ chunks: inout ChunkedValues
    ) throws(LayoutError) -> Column {
      try chunks.encodePacked(layout: layout, dictionary: dictionary, as: words) {
        transferIntegers($0, base: 0, to: $1)
      }
    }
  }

  private struct PackedCodes: PackedVisitor {
    let layout: Layout
    let dictionary: Column?
    let finder: RankFinder

    func visit<Word: PackedWord>(
      _ words: Word.Type, _ chunks: inout ChunkedValues
    ) throws(LayoutError) -> Column {
      try chunks.encodePacked(layout: layout, dictionary: dictionary, as: words) {
        finder.write($0, to: $1)
        return nil
      }
    }
  }

  func view(of column: Column) -> ColumnView {
    .indexed(
      codes: column.codes, dictionary: column.dictionary[0].view,
      dictionaryCount: column.dictionary[0].count)
  }

  func shape(of layout: Layout) -> ViewShape {
    .indexed(layout.values?.first?.shape ?? .utf8)
  }

  func describe(_ layout: Layout) -> String {
    // How plain values are held is of no interest to anybody.
    let entries = layout.values?.first.flatMap { $0.isForetold ? ", \($0)" : nil } ?? ""
    return layout.step.map { "dictionary<radix\($0)\(entries)>" }
      ?? "dictionary<uint\(layout.codeBits)\(entries)>"
  }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    let reason = "\(profile.dictionaryCount ?? 0) distinct values in \(profile.valueCount) rows"
    guard let entries = layout.values?.first, entries.isForetold else { return reason }
    return reason + ", whose " + entries.reason(for: profile)
  }

  func headroom(of layout: Layout, profile: ColumnProfile) -> Double? {
    guard let count = profile.dictionaryCount else { return nil }
    return 1 - Double(count) / Double(layout.codeLimit)
  }
}

extension Layout {
  /// Codes of `count` values in the fewest bits; `nil` where these are whole words.
  package static func packedDictionary(of values: Layout, count: Int) -> Layout? {
    let bits = PackedBlocks.bits(upTo: UInt64(max(count - 1, 0)))
    guard PackedBlocks.holds(bits: bits) else { return nil }
    return Layout(
      encoding: DictionaryEncoding().name, isUnsigned: true, bits: bits, values: values)
  }

  /// The bits of a code of a dictionary.
  fileprivate var codeBits: Int { bits ?? (width ?? 4) &* 8 }

  /// How many different values codes of a dictionary lead to.
  var codeLimit: Int { step.map { Int($0) } ?? 1 << codeBits }
}

extension Column {
  /// The codes of a dictionary's rows.
  fileprivate var codes: PlainValues {
    if let radixDecoder {
      return .decoded(DecodedNumbers(radixDecoder, upTo: radixDecoder.groups.radix - 1))
    }
    return layout.bits == nil ? integerValues : .packed(packedValues)
  }
}

extension ColumnProfile {
  /// The profile of the column's distinct values, `nil` where they are not known.
  var dictionaryProfile: ColumnProfile? {
    guard let count = dictionaryCount else { return nil }
    var profile = ColumnProfile(name: name, type: type, rowCount: count, nullCount: 0)
    profile.integers = integers.map { IntegerProfile(minimum: $0.minimum, maximum: $0.maximum) }
    profile.floats = floats
    if var text {
      guard let bytes = text.distinctByteCount else { return nil }
      text.byteCount = bytes
      profile.text = text
    }
    return profile
  }
}
