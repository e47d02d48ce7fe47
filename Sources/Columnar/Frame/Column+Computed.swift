/// Columns that are made of finished buffers: by kernels, whose answers are columns too.
///
/// `validity` is `nil` where every row has a value; null rows hold zeros.
extension Column {
  /// A column without any value.
  package static func nulls(_ name: String, _ type: LogicalType, count: Int) -> Column {
    Column(
      name: name, type: type, layout: Layout(encoding: "constant"), count: count,
      nullCount: count, validity: nil)
  }

  /// Integers of `width` bytes, in the unit of `type`.
  package static func integers(
    _ name: String, _ type: LogicalType, _ values: Buffer, width: Int, isUnsigned: Bool = false,
    count: Int, validity: Buffer? = nil, nullCount: Int = 0
  ) -> Column {
    let layout = Layout(
      encoding: "integer", width: width, isUnsigned: isUnsigned ? true : nil)
    return plain(name, type, layout, values, count, validity, nullCount)
  }

  /// The same of 64-bit integers with a sign, in the narrowest width that holds them all.
  package static func units(
    _ name: String, _ type: LogicalType, _ values: Buffer, count: Int, validity: Buffer?,
    nullCount: Int
  ) -> Column {
    let source = values.pointer(as: Int64.self)
    var (least, greatest) = (Int64(0), Int64(0))
    var row = 0
    while row < count {
      least = min(least, source[row])
      greatest = max(greatest, source[row])
      row &+= 1
    }
    func fits<T: FixedWidthInteger>(_ type: T.Type) -> Bool {
      T(exactly: least) != nil && T(exactly: greatest) != nil
    }
    func narrow<T: FixedWidthInteger>(_ type: T.Type) -> Column {
      let buffer = Buffer(uninitializedByteCount: count * MemoryLayout<T>.size)
      let target = buffer.pointer(as: T.self)
      var row = 0
      while row < count {
        target[row] = T(truncatingIfNeeded: source[row])
        row &+= 1
      }
      return made(buffer, MemoryLayout<T>.size)
    }
    func made(_ values: Buffer, _ width: Int) -> Column {
      integers(
        name, type, values, width: width, count: count, validity: validity, nullCount: nullCount)
    }
    if fits(Int8.self) { return narrow(Int8.self) }
    if fits(Int16.self) { return narrow(Int16.self) }
    return fits(Int32.self) ? narrow(Int32.self) : made(values, 8)
  }

  /// Binary64, 8 bytes a row.
  package static func floats(
    _ name: String, _ values: Buffer, count: Int, validity: Buffer? = nil, nullCount: Int = 0
  ) -> Column {
    plain(name, .float, Layout(encoding: "float", width: 8), values, count, validity, nullCount)
  }

  /// Booleans, a bit a row.
  package static func booleans(
    _ name: String, _ bits: Buffer, count: Int, validity: Buffer? = nil, nullCount: Int = 0
  ) -> Column {
    plain(name, .boolean, Layout(encoding: "bits"), bits, count, validity, nullCount)
  }

  private static func plain(
    _ name: String, _ type: LogicalType, _ layout: Layout, _ values: Buffer, _ count: Int,
    _ validity: Buffer?, _ nullCount: Int
  ) -> Column {
    if nullCount == count { return nulls(name, type, count: count) }
    return Column(
      name: name, type: type, layout: layout, count: count, nullCount: nullCount,
      validity: nullCount == 0 ? nil : validity, values: values)
  }

  /// Other rows in this column's layout, with its dictionary.
  package func withRows(
    count: Int, nullCount: Int, validity: Buffer?, values: Buffer?, offsets: Buffer? = nil
  ) -> Column {
    if nullCount == count { return .nulls(name, type, count: count) }
    return Column(
      name: name, type: type, layout: layout, count: count, nullCount: nullCount,
      validity: nullCount == 0 ? nil : validity, values: values, offsets: offsets,
      dictionary: dictionary.first)
  }
}
