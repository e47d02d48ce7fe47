import Platform

/// Byte strings of one length, without offsets: equal-length text, hex digits in pairs, UUIDs as 16
/// bytes, IPv4 addresses as 4.
///
///     values [ E W R | L G A | J F K ]   width 3
struct FixedWidthEncoding: Encoding {
  let name = "fixed"

  /// No longer field is read.
  private static let maximumWidth = 256 << 20

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

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    guard let width = layout.width, let name = layout.form, FixedForm(name: name).name == name
    else {
      return false
    }
    switch FixedForm(name: name) {
    case .text, .hex: return type.domain == .bytes && width > 0 && width <= Self.maximumWidth
    case .uuid: return type.domain == .bytes && width == 16
    case .ipv4: return type.domain == .bytes && width == 4
    }
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    IntegerEncoding().footprint(of: layout, for: profile)
  }

  func tables(
    for chunks: ChunkedValues, layout: Layout
  ) throws(LayoutError) -> EncodingTables {
    let (form, width) = (FixedForm(name: layout.form), layout.width ?? 1)
    // A width that is far too large is found before memory is asked for it.
    if let row = chunks.firstMisfit(form, width: width) {
      throw LayoutError(column: chunks.name, row: row, layout: layout.description)
    }
    var tables = EncodingTables()
    for case let chunk? in chunks.chunks where chunk.nullCount == 0 {
      guard case .codes(let codes) = chunk.values else { continue }
      let key = ObjectIdentifier(codes.dictionary)
      if tables.storedCodes[key] != nil { continue }
      tables.storedCodes[key] = StoredCodes(
        codes.dictionary, form: form, width: width)
    }
    return tables
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    let width = layout.width ?? 1
    let form = FixedForm(name: layout.form)
    let validity = chunks.makeValidity()
    let buffer = chunks.makeBuffer(chunks.rowCount * width)
    let name = chunks.name
    try chunks.consume { (firstRow, chunk) throws(LayoutError) in
      if case .codes(let codes) = chunk.values, chunk.nullCount == 0,
        let table = tables.storedCodes[ObjectIdentifier(codes.dictionary)], table.isComplete
      {
        table.write(codes, chunk.rowCount, to: buffer.pointer(as: UInt8.self) + firstRow * width)
        return
      }
      for row in 0..<chunk.rowCount {
        let target = buffer.pointer(as: UInt8.self) + (firstRow + row) * width
        guard let text = chunk.text(at: row) else {
          memset(target, 0, width)
          continue
        }
        guard form.store(text, width: width, to: target) else {
          throw LayoutError(column: name, row: firstRow + row, layout: layout.description)
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

  func shape(of layout: Layout) -> ViewShape {
    .fixed(width: layout.width ?? 1, form: FixedForm(name: layout.form))
  }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    let width = layout.width ?? 0
    return switch FixedForm(name: layout.form) {
    case .uuid: "UUIDs are 16 bytes"
    case .ipv4: "IPv4 addresses are 4 bytes"
    case .hex: "\(width * 2) hex digits are \(width) bytes"
    case .text: "every value has \(width) bytes, so no offsets are needed"
    }
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

extension ChunkedValues {
  /// The row of the first value, if its length is none that `form` stores in `width` bytes.
  fileprivate func firstMisfit(_ form: FixedForm, width: Int) -> Int? {
    var firstRow = 0
    for case let chunk? in chunks {
      for row in 0..<chunk.rowCount {
        guard let text = chunk.text(at: row) else { continue }
        switch form {
        case .text: return text.count == width ? nil : firstRow + row
        case .hex: return text.count == width * 2 ? nil : firstRow + row
        case .uuid, .ipv4: return nil
        }
      }
      firstRow += chunk.rowCount
    }
    return nil
  }
}

/// The stored form of each string of a dictionary, so that rows are looked up and not made again.
struct StoredCodes: Sendable {
  private let width: Int
  private var bytes: [UInt8]
  /// Every string can be stored.
  let isComplete: Bool

  init(_ dictionary: TextTable, form: FixedForm, width: Int) {
    self.width = width
    // Eight more, so that words can be read at the last string.
    bytes = [UInt8](repeating: 0, count: dictionary.count * width + 8)
    isComplete = bytes.withUnsafeMutableBufferPointer { buffer in
      let start = buffer.baseAddress.unsafelyUnwrapped
      return (0..<dictionary.count).allSatisfy {
        form.store(dictionary[$0], width: width, to: start + $0 * width)
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
