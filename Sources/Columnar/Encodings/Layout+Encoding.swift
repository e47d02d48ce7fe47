/// What only the encoding that a layout names can say of it.
extension Layout {
  /// Whether a column of `type` may be stored so. Columns of nulls alone take any layout that is one.
  package func isSound(for type: LogicalType) -> Bool {
    guard let encoding = Encodings.named[encoding],
      minimumBits.map(IntegerRoom.widths.contains) ?? true
    else { return false }
    let types: [LogicalType] =
      type == .null ? [.null, .boolean, .integer, .float, .string, .uuid, .ipv4] : [type]
    return types.contains { encoding.isSound(self, for: $0) }
  }

  /// Whether each row holds its own integer in whole bytes, so that engines take them as they lie.
  package var isPlainInteger: Bool { Encodings.named[encoding]?.isPlainInteger ?? false }

  /// Whether only a column that is made tells what it takes.
  package var isForetold: Bool {
    Encodings.named[encoding]?.isForetold == true || values?.first?.isForetold == true
  }

  /// Whether a column is made on all threads that there are for it.
  package var takesThreads: Bool { Encodings.named[encoding]?.takesThreads ?? false }

  /// Whether each row holds its own text, whatever that is.
  package var isPlainText: Bool { Encodings.named[encoding]?.isPlainText ?? false }

  /// How many different values codes of that layout lead to; `nil` where there are no codes.
  package var entryCapacity: Int? {
    sharesValues ? codeLimit : nil
  }

  /// Whether rows lead to different values, each of which is held once.
  package var sharesValues: Bool { Encodings.named[encoding]?.sharesValues ?? false }

  /// Why a column of this profile is best stored so, in words.
  package func reason(for profile: ColumnProfile) -> String {
    Encodings.named[encoding]?.reason(for: self, profile: profile) ?? encoding
  }

  /// The share of what the layout can hold that the column leaves unused; `nil` where the layout has
  /// no range.
  package func headroom(for profile: ColumnProfile) -> Double? {
    Encodings.named[encoding]?.headroom(of: self, profile: profile)
  }

  /// The least dense policy that offers such layouts.
  package var storage: StoragePolicy { Encodings.named[encoding]?.leastStorage(of: self) ?? .fast }

  /// Whether a column lists its rows without a value where that takes fewer bytes than a bit a row.
  package var listsNulls: Bool { Encodings.named[encoding]?.listsNulls(in: self) ?? false }

  /// Text with offsets, whatever it is.
  package static var text: Layout { Layout(encoding: UTF8Encoding().name) }

  /// Nothing at all: no row has a value.
  package static var allNull: Layout { Layout(encoding: ConstantEncoding().name) }

  /// Codes of that many bits that lead to values in `values`.
  package static func dictionary(codeBits: Int, of values: Layout) -> Layout {
    Layout(
      encoding: DictionaryEncoding().name, width: codeBits / 8, isUnsigned: true, values: values)
  }

  /// The shape in which readers see a column of this layout; `nil` where there is no such encoding.
  package var shape: ViewShape? { Encodings.named[encoding]?.shape(of: self) }
}

extension Layout: CustomStringConvertible {
  /// The name as users read it: `int16`, `dictionary<uint8>`, `base+uint16`.
  public var description: String { Encodings.named[encoding]?.describe(self) ?? encoding }
}
