import Glibc

/// Byte strings of one length, without offsets: equal-length text, hex digits in pairs, UUIDs as 16
/// bytes, IPv4 addresses as 4.
///
///     values [ E W R | L G A | J F K ]   width 3
struct FixedWidthEncoding: Encoding {
  let name = "fixed"

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard let text = profile.text, profile.valueCount > 0 else { return [] }
    switch profile.type {
    case .uuid:
      let form =
        text.forms.contains(.lowercaseUUID)
        ? FixedForm.uuid(isUppercase: false) : .uuid(isUppercase: true)
      return [Layout(encoding: name, width: 16, form: form.name)]
    case .ipv4: return [Layout(encoding: name, width: 4, form: FixedForm.ipv4.name)]
    case .string:
      guard text.minimumLength == text.maximumLength, text.maximumLength > 0 else { return [] }
      var layouts = [Layout(encoding: name, width: text.maximumLength, form: FixedForm.text.name)]
      for (form, isUppercase) in [(TextForms.lowercaseHex, false), (.uppercaseHex, true)]
      where text.forms.contains(form) {
        layouts.insert(
          Layout(
            encoding: name, width: text.maximumLength / 2,
            form: FixedForm.hex(isUppercase: isUppercase).name), at: 0)
        break
      }
      return layouts
    default: return []
    }
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    IntegerEncoding().footprint(of: layout, for: profile)
  }

  func encode(_ chunks: inout ChunkedValues, layout: Layout) throws(EncodingError) -> Column {
    let width = layout.width ?? 1
    let form = FixedForm(name: layout.form)
    let validity = chunks.makeValidity()
    let buffer = Buffer(uninitializedByteCount: chunks.rowCount * width)
    let name = chunks.name
    var tables: [ObjectIdentifier: StoredCodes] = [:]
    try chunks.consume { (firstRow, chunk) throws(EncodingError) in
      if case .codes(let codes) = chunk.values, chunk.nullCount == 0 {
        let key = ObjectIdentifier(codes.dictionary)
        let table = tables[key] ?? StoredCodes(codes.dictionary, form: form, width: width)
        tables[key] = table
        if table.isComplete {
          table.write(codes, chunk.rowCount, to: buffer.pointer(as: UInt8.self) + firstRow * width)
          return
        }
      }
      for row in 0..<chunk.rowCount {
        let target = buffer.pointer(as: UInt8.self) + (firstRow + row) * width
        guard let text = chunk.text(at: row) else {
          memset(target, 0, width)
          continue
        }
        guard form.store(text, width: width, to: target) else {
          throw EncodingError(column: name, row: firstRow + row, layout: layout.description)
        }
      }
    }
    return Column(
      name: name, type: chunks.type, layout: layout, count: chunks.rowCount,
      nullCount: chunks.nullCount, validity: validity, values: buffer)
  }

  func view(of column: Column) -> ColumnView {
    guard let values = column.values else { fatalError("a fixed-width column holds values") }
    return .plain(
      .fixed(
        values.pointer(as: UInt8.self), width: column.layout.width ?? 1,
        form: FixedForm(name: column.layout.form)))
  }

  func describe(_ layout: Layout) -> String {
    let width = layout.width ?? 1
    return switch FixedForm(name: layout.form) {
    case .text: "fixed\(width)"
    case .hex: "hex\(width)"
    case .uuid: "uuid16"
    case .ipv4: "ipv4"
    }
  }
}

/// The stored form of each string of a dictionary, so that rows are looked up and not made again.
private final class StoredCodes {
  private let width: Int
  private var bytes: [UInt8]
  /// Every string can be stored.
  private(set) var isComplete = true

  init(_ dictionary: TextTable, form: FixedForm, width: Int) {
    self.width = width
    // Eight more, so that words can be read at the last string.
    bytes = [UInt8](repeating: 0, count: dictionary.count * width + 8)
    bytes.withUnsafeMutableBufferPointer { buffer in
      for code in 0..<dictionary.count {
        let target = buffer.baseAddress.unsafelyUnwrapped + code * width
        if !form.store(dictionary[code], width: width, to: target) { isComplete = false }
      }
    }
  }

  func write(_ codes: CodeChunk, _ count: Int, to target: UnsafeMutablePointer<UInt8>) {
    switch codes.width {
    case 1: write(codes.codes.pointer(as: UInt8.self), count, to: target)
    case 2: write(codes.codes.pointer(as: UInt16.self), count, to: target)
    default: write(codes.codes.pointer(as: UInt32.self), count, to: target)
    }
  }

  @inline(__always)
  private func write<Code: FixedWidthInteger>(
    _ codes: UnsafeMutablePointer<Code>, _ count: Int, to target: UnsafeMutablePointer<UInt8>
  ) {
    bytes.withUnsafeBufferPointer { buffer in
      let stored = buffer.baseAddress.unsafelyUnwrapped
      if width == 1 {
        for row in 0..<count { target[row] = stored[Int(truncatingIfNeeded: codes[row])] }
      } else {
        for row in 0..<count {
          memcpy(target + row * width, stored + Int(truncatingIfNeeded: codes[row]) * width, width)
        }
      }
    }
  }
}
