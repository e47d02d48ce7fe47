package import Columnar
package import FileIO

/// A run of rows of one column, as arrays of Arrow hold them, or the values of a dictionary: checked,
/// and brought to the few shapes that readers know.
///
/// | array | view |
/// |---|---|
/// | integers, dates, times | plain integers; dates in days |
/// | float16 | binary32 |
/// | decimals | plain int64 |
/// | text with 64-bit offsets, text by views | text with 32-bit offsets |
/// | UUIDs | their 16 bytes, which read as text |
/// | dictionary | codes without a sign; a null entry makes its rows null |
package struct ArrowArray {
  package let rowCount: Int
  package let nullCount: Int
  package let nulls: ArrowNulls
  /// What readers see. Rows that are null hold anything, but codes lie within the dictionary.
  package let view: ColumnView
  /// What the view and the bitmap point to.
  package let memory: [Buffer]

  /// Whether there is no value at all.
  package var isAllNull: Bool { nullCount == rowCount }

  /// Nothing but nulls.
  package init(nullCount: Int) {
    rowCount = nullCount
    self.nullCount = nullCount
    nulls = ArrowNulls(validity: nil)
    view = .constant(nil)
    memory = []
  }

  /// Values that were checked already.
  package init(rowCount: Int, nullCount: Int, nulls: ArrowNulls, view: ColumnView, memory: [Buffer])
  {
    self.rowCount = rowCount
    self.nullCount = nullCount
    self.nulls = nulls
    self.view = view
    self.memory = memory
  }

  /// Checks an array's buffers, as many as its type has, and makes the view. Nothing is copied that
  /// need not be.
  ///
  /// - Parameters:
  ///   - nullCount: `nil` where it is to be counted.
  ///   - buffers: First the bitmap, empty where no row is null. Each starts at a multiple of 8 bytes.
  ///   - dictionary: The values that codes point to; `nil` for plain values.
  /// - Throws: `ReadingError` where lengths, offsets, codes or text are not what they must be, or
  ///   the type is none that we have.
  package init(
    _ field: ArrowField, rowCount: Int, nullCount: Int?, buffers: [Buffer],
    dictionary: ArrowArray?, origin: ArrowArrayOrigin
  ) throws(ReadingError) {
    if field.type == .null, field.storage == .usual, dictionary == nil {
      self.init(nullCount: rowCount)
      return
    }
    let reader = ArrowArrayReader(
      field: field, rowCount: rowCount, buffers: buffers, origin: origin)
    if case .foreign(let type) = field.storage { throw reader.unsupported(type) }
    let (nulls, count) = try reader.nulls(stated: nullCount)
    if let dictionary {
      try self.init(reader, nulls, count, dictionary)
      return
    }
    let (values, memory) = try reader.values(nulls)
    self.init(
      rowCount: rowCount, nullCount: count, nulls: nulls, view: .plain(values),
      memory: buffers + memory)
  }

  private init(
    _ reader: ArrowArrayReader, _ nulls: ArrowNulls, _ nullCount: Int, _ dictionary: ArrowArray
  ) throws(ReadingError) {
    var (codes, memory) = try reader.codes(below: dictionary.rowCount, nulls)
    var (nulls, nullCount) = (nulls, nullCount)
    if dictionary.nullCount > 0 {
      let bitmap = reader.validity(of: codes, nulls, entries: dictionary.nulls)
      memory.append(bitmap)
      nulls = ArrowNulls(validity: UnsafePointer(bitmap.pointer(as: UInt8.self)))
      nullCount = nulls.count(0..<reader.rowCount)
    }
    if nullCount == reader.rowCount {
      self.init(nullCount: nullCount)
      return
    }
    self.init(
      rowCount: reader.rowCount, nullCount: nullCount, nulls: nulls,
      view: .indexed(
        codes: codes, dictionary: dictionary.view, dictionaryCount: dictionary.rowCount),
      memory: reader.buffers + memory + dictionary.memory)
  }
}

extension ArrowArray: @unchecked Sendable {
  // Sound: the memory is read only, and is kept by `memory`.
}

/// Where an array comes from: for errors.
package struct ArrowArrayOrigin: Sendable {
  /// The file's path, or what else the table is called.
  package var name: String
  /// Where each buffer starts in the file; empty where there is no file.
  package var bufferOffsets: [Int]

  package init(name: String, bufferOffsets: [Int] = []) {
    self.name = name
    self.bufferOffsets = bufferOffsets
  }
}
