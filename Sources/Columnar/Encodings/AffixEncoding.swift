/// Text that is a number between two texts, the same in every row: the numbers, as integers in the fewest bits.
///
///     `INV-`, 6 digits      numbers 7 + [ 35 | 0 | 110 ] uint7      INV-000042, INV-000007, INV-000117
///
/// A row without a value holds 0.
struct AffixEncoding: Encoding {
  let name = "affix"
  let isIndirect = true
  let isTiedToValues = true

  /// The encodings that may hold the numbers.
  private static let numberEncodings: [any Encoding] = [
    IntegerEncoding(), FrameOfReferenceEncoding(), PackedEncoding(),
  ]

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard policy.storage.isDense, profile.type == .string,
      let (text, range) = profile.text?.digits.form, text.isSound
    else { return [] }
    var numbers = ColumnProfile(
      name: profile.name, type: .integer, rowCount: profile.rowCount, nullCount: profile.nullCount)
    numbers.integers = IntegerProfile(
      minimum: Int128(range.lowerBound), maximum: Int128(range.upperBound))
    var snug = policy
    snug.room = .none
    return Self.numberEncodings.flatMap { $0.layouts(for: numbers, policy: snug) }
      .map { $0.affixed(text) }
  }

  func leastStorage(of layout: Layout) -> StoragePolicy { .packed }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    guard type == .string, layout.affix?.isSound == true else { return false }
    return layout.numberEncoding.isSound(layout.ofNumbers, for: .integer)
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    layout.numberEncoding.footprint(of: layout.ofNumbers, for: profile)
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    let (name, description) = (chunks.name, layout.description)
    guard let affix = layout.affix, affix.isSound else {
      throw LayoutError(column: name, row: nil, layout: description)
    }
    let codec = NumberedTextCodec(affix)
    var numbers = chunks
    (numbers.type, numbers.distinctText, numbers.unitedText) = (.integer, nil, nil)
    var made: [ColumnChunk] = []
    var slabs = SlabWriter(initialCapacity: 4096)
    numbers.replaceChunks([])
    try chunks.consume { (firstRow, chunk) throws(LayoutError) in
      let (chunk, misfit) = chunk.numbers(codec, &slabs)
      if let misfit {
        throw LayoutError(column: name, row: firstRow + misfit, layout: description)
      }
      made.append(chunk)
    }
    numbers.replaceChunks(made)
    do {
      let held = try layout.numberEncoding.encode(&numbers, layout: layout.ofNumbers)
      return held.affixed(affix, type: chunks.type)
    } catch {
      throw LayoutError(column: name, row: error.row, layout: description)
    }
  }

  func view(of column: Column) -> ColumnView {
    guard let affix = column.layout.affix, let numbers = column.numbers else {
      fatalError("the column holds numbers of text")
    }
    return .decoded(DecodedView(.texts(AffixDecoder(numbers, affix))))
  }

  func shape(of layout: Layout) -> ViewShape { .utf8 }

  func describe(_ layout: Layout) -> String { "affix<\(layout.ofNumbers)>" }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    guard let range = profile.text?.digits.form?.numbers else { return "text around a number" }
    return "text around the numbers \(range.lowerBound) to \(range.upperBound)"
  }
}

extension ColumnChunk {
  /// The numbers of its texts, or the first row whose text is of another form.
  fileprivate func numbers(
    _ codec: NumberedTextCodec, _ slabs: inout SlabWriter
  ) -> (chunk: ColumnChunk, misfit: Int?) {
    if nullCount == rowCount { return (self, nil) }
    let slice = slabs.allocate(rowCount * 8)
    let target = slice.pointer(as: Int64.self)
    for row in 0..<rowCount {
      guard let text = text(at: row) else {
        target[row] = 0
        continue
      }
      guard let number = codec.number(of: text) else { return (self, row) }
      target[row] = number
    }
    var chunk = self
    chunk.values = .integers(IntegerChunk(base: 0, width: 8, offsets: slice))
    return (chunk, nil)
  }
}

extension Layout {
  /// How the numbers of text are held.
  fileprivate var numberEncoding: any Encoding {
    if bits != nil { return PackedEncoding() }
    return base == nil ? IntegerEncoding() as any Encoding : FrameOfReferenceEncoding()
  }

  /// The layout of the numbers of text in this one.
  fileprivate var ofNumbers: Layout {
    var layout = self
    (layout.encoding, layout.affix) = (numberEncoding.name, nil)
    return layout
  }

  /// The layout of text whose numbers are held in this one.
  fileprivate func affixed(_ affix: NumberedText) -> Layout {
    var layout = self
    (layout.encoding, layout.affix) = (AffixEncoding().name, affix)
    return layout
  }
}

extension Column {
  /// The numbers of text that is held as numbers; `nil` where it is not.
  package var numbers: Column? {
    guard layout.affix != nil else { return nil }
    return Column(
      name: name, type: .integer, layout: layout.ofNumbers, count: count, nullCount: nullCount,
      sharing: validity, values: values)
  }

  /// The texts of that form with these numbers.
  ///
  /// - Precondition: The column's layout is one that numbers of text are held in.
  package func affixed(_ affix: NumberedText, type: LogicalType) -> Column {
    Column(
      name: name, type: type, layout: layout.affixed(affix), count: count, nullCount: nullCount,
      sharing: validity, values: values)
  }
}
