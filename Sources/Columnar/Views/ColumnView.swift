/// The shape in which readers see a column, whatever its encoding.
///
/// Kernels and writers never name an encoding, so that encodings and kernels grow without knowing of
/// one another. Whoever wants values takes them through `IntegerRows`, `FloatRows` or `TextRows`,
/// which read every shape; a kernel switches over the shapes that it reads where they lie, and leaves
/// the others to these. Values in null rows are zeros and mean nothing.
package enum ColumnView {
  /// One value a row, as it is.
  case plain(PlainValues)
  /// Integers stored as their difference from `base`: value = base + offset.
  case scaled(base: Int64, offsets: PlainValues)
  /// Codes without sign that point into a sorted dictionary, itself a view.
  indirect case indexed(codes: PlainValues, dictionary: ColumnView, dictionaryCount: Int)
  /// `start + step * row`, with nothing stored.
  case sequence(start: Int64, step: Int64)
  /// The same value in every row that has one; a view of one row, or `nil` where all are null.
  indirect case constant(ColumnView?)
  /// Rows in a shape of the encoding's own, which are decoded a block at a time.
  case decoded(DecodedView)
}

/// Fixed-width or variable-width values in memory. The pointers live as long as the column does.
package enum PlainValues {
  case int8(UnsafePointer<Int8>)
  case int16(UnsafePointer<Int16>)
  case int32(UnsafePointer<Int32>)
  case int64(UnsafePointer<Int64>)
  case uint8(UnsafePointer<UInt8>)
  case uint16(UnsafePointer<UInt16>)
  case uint32(UnsafePointer<UInt32>)
  case uint64(UnsafePointer<UInt64>)
  /// Integers without a sign, in blocks that are unpacked on the way.
  case packed(PackedValues)
  /// Codes that are decoded on the way.
  case decoded(DecodedNumbers)
  case float32(UnsafePointer<Float>)
  case float64(UnsafePointer<Double>)
  /// Bit `i`, least significant first.
  case bits(UnsafePointer<UInt8>)
  /// `width` bytes a value; `form` says how they are rendered.
  case fixed(UnsafePointer<UInt8>, width: Int, form: FixedForm)
  /// Value `i` is `bytes[offsets[i]..<offsets[i + 1]]`.
  case utf8(bytes: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>)
}

/// What fixed-width bytes stand for.
package enum FixedForm: Hashable, Sendable {
  /// The bytes of the text.
  case text
  /// Two hex digits a byte.
  case hex(isUppercase: Bool)
  /// 16 bytes: a UUID, rendered with hyphens.
  case uuid(isUppercase: Bool)
  /// 4 bytes in network order: an IPv4 address.
  case ipv4
}
