import CArrowData
import Columnar
import FileIO

/// A batch that another library handed over: released with its last reference, on whichever thread
/// drops it, which the interface allows.
///
/// Unchecked: what it points to is read only.
final class ArrowImport: @unchecked Sendable {
  private var batch: ArrowCArray

  /// - Precondition: `batch` is not released. The caller's copy is not to be used any more.
  init(taking batch: ArrowCArray) { self.batch = batch }

  deinit { batch.release?(&batch) }

  var rowCount: Int { Int(batch.length) }

  /// Throws where the batch is none of so many columns.
  func check(columnCount: Int, name: String) throws(ReadingError) {
    func corrupt(_ message: String, _ column: Int? = nil) -> ReadingError {
      ReadingError(
        .corruptInput, file: name, column: column.map { "\($0 + 1)" },
        "the library that has it handed over \(message)")
    }
    guard batch.length >= 0, batch.offset >= 0, batch.n_children == Int64(columnCount) else {
      throw corrupt("a batch of \(batch.n_children) columns instead of \(columnCount)")
    }
    // Validity of the rows themselves; tables have none.
    if batch.n_buffers > 0, let validity = batch.buffers?[0], batch.null_count != 0 {
      let bits = ArrowNulls(
        validity: validity.assumingMemoryBound(to: UInt8.self))
      let rows = Int(batch.offset)..<Int(batch.offset + batch.length)
      guard !rows.contains(where: bits.isNull) else {
        throw corrupt("rows that are null as a whole")
      }
    }
    for column in 0..<columnCount {
      guard let child = batch.children?[column]?.pointee, child.release != nil, child.offset >= 0,
        child.length >= batch.offset + batch.length
      else { throw corrupt("a batch whose columns have fewer rows than it has", column) }
    }
  }

  /// The rows of a column.
  func array(_ field: ArrowField, column: Int, name: String) throws(ReadingError) -> ArrowArray {
    guard let child = batch.children?[column]?.pointee else { fatalError("the batch is checked") }
    let first = Int(batch.offset + child.offset)
    let isWhole = batch.offset == 0 && child.length == batch.length
    let reader = ArrowImportReader(
      owner: self, array: child, first: first, rowCount: rowCount, field: field, name: name)
    return try reader.array(
      nullCount: isWhole && child.null_count >= 0 ? Int(child.null_count) : nil)
  }
}

/// Rows of one array, as buffers that start with the first of them.
private struct ArrowImportReader {
  let owner: ArrowImport
  let array: ArrowCArray
  /// The first row, as the array's buffers count.
  let first: Int
  let rowCount: Int
  let field: ArrowField
  let name: String

  func array(nullCount: Int?) throws(ReadingError) -> ArrowArray {
    var dictionary: ArrowArray?
    if field.dictionary != nil {
      guard let values = array.dictionary?.pointee, values.length >= 0, values.offset >= 0 else {
        throw corrupt("its dictionary is missing")
      }
      dictionary = try ArrowImportReader(
        owner: owner, array: values, first: Int(values.offset), rowCount: Int(values.length),
        field: ArrowField(name: field.name, type: field.type, storage: field.storage), name: name
      ).array(nullCount: values.null_count >= 0 ? Int(values.null_count) : nil)
    }
    return try ArrowArray(
      field, rowCount: rowCount, nullCount: nullCount, buffers: try buffers(),
      dictionary: dictionary, origin: ArrowArrayOrigin(name: name))
  }

  private func buffers() throws(ReadingError) -> [Buffer] {
    if field.type == .null, field.dictionary == nil { return [] }
    let validity = try bits(0, isOptional: true)
    if let dictionary = field.dictionary {
      return [validity, try fixed(1, width: dictionary.codeBits / 8)]
    }
    switch (field.storage, field.type) {
    case (.foreign, _): return []
    case (.views, _): return [validity] + (try views())
    case (.uuid, _): return [validity, try fixed(1, width: 16)]
    case (.largeOffsets, _): return [validity] + (try text(UInt64.self))
    case (_, .utf8): return [validity] + (try text(UInt32.self))
    case (_, .boolean): return [validity, try bits(1, isOptional: false)]
    case (.half, _): return [validity, try fixed(1, width: 2)]
    case (.decimal(let bits), _): return [validity, try fixed(1, width: bits / 8)]
    case (.milliseconds, _): return [validity, try fixed(1, width: 8)]
    default: return [validity, try fixed(1, width: field.type.byteWidth ?? 8)]
    }
  }

  /// Values of a fixed width.
  private func fixed(_ index: Int, width: Int) throws(ReadingError) -> Buffer {
    guard let base = try start(index) else { return Buffer(zeroedByteCount: 0) }
    return memory(base + first * width, byteCount: rowCount * width, alignment: min(width, 8))
  }

  /// A bit a row. Those that do not start with a byte are moved there.
  private func bits(_ index: Int, isOptional: Bool) throws(ReadingError) -> Buffer {
    guard array.n_buffers > Int64(index), let base = array.buffers?[index] else {
      if isOptional || rowCount == 0 { return Buffer(zeroedByteCount: 0) }
      throw corrupt("buffer \(index) is missing")
    }
    let source = base.assumingMemoryBound(to: UInt8.self) + first / 8
    let byteCount = (rowCount + 7) / 8
    let shift = UInt8(first % 8)
    if shift == 0 { return memory(UnsafeRawPointer(source), byteCount: byteCount, alignment: 1) }
    let buffer = Buffer(uninitializedByteCount: byteCount)
    let target = buffer.pointer(as: UInt8.self)
    let sourceByteCount = (Int(shift) + rowCount + 7) / 8
    for byte in 0..<byteCount {
      let high = byte + 1 < sourceByteCount ? source[byte + 1] << (8 - shift) : 0
      target[byte] = source[byte] >> shift | high
    }
    return buffer
  }

  /// Offsets, and the text up to the last of them.
  private func text<Offset: FixedWidthInteger & UnsignedInteger>(
    _ type: Offset.Type
  ) throws(ReadingError) -> [Buffer] {
    let width = MemoryLayout<Offset>.size
    guard rowCount > 0, let base = try start(1) else {
      return [Buffer(zeroedByteCount: width), Buffer(zeroedByteCount: 0)]
    }
    let offsets = memory(
      base + first * width, byteCount: (rowCount + 1) * width, alignment: width)
    let end = offsets.pointer(as: type)[rowCount]
    // Read without a sign, what is negative is past any text.
    guard end <= Offset.max / 2 else { throw corrupt("the offsets of text are negative") }
    guard end > 0, array.n_buffers > 2, let bytes = array.buffers?[2] else {
      if end == 0 { return [offsets, Buffer(zeroedByteCount: 0)] }
      throw corrupt("buffer 2 is missing")
    }
    return [offsets, memory(bytes, byteCount: Int(end), alignment: 1)]
  }

  /// Views, and the buffers of text that they lead to, whose lengths are in the last buffer.
  private func views() throws(ReadingError) -> [Buffer] {
    guard array.n_buffers >= 3 else { throw corrupt("buffer \(array.n_buffers) is missing") }
    let count = Int(array.n_buffers) - 3
    var buffers = [try fixed(1, width: 16)]
    guard count > 0 else { return buffers }
    guard let lengths = array.buffers?[count + 2] else { throw corrupt("lengths are missing") }
    for index in 0..<count {
      let length = lengths.loadUnaligned(fromByteOffset: index * 8, as: Int64.self)
      guard length >= 0 else { throw corrupt("a length is \(length)") }
      guard let text = array.buffers?[index + 2] else {
        guard length == 0 else { throw corrupt("buffer \(index + 2) is missing") }
        buffers.append(Buffer(zeroedByteCount: 0))
        continue
      }
      buffers.append(memory(text, byteCount: Int(length), alignment: 1))
    }
    return buffers
  }

  /// Where a buffer starts; `nil` where there is none and no row needs it.
  private func start(_ index: Int) throws(ReadingError) -> UnsafeRawPointer? {
    guard array.n_buffers > Int64(index), let base = array.buffers?[index] else {
      if rowCount == 0 { return nil }
      throw corrupt("buffer \(index) is missing")
    }
    return base
  }

  /// Memory of the other library, which is kept; a copy of what is not aligned as its values are to be.
  private func memory(_ base: UnsafeRawPointer, byteCount: Int, alignment: Int) -> Buffer {
    if UInt(bitPattern: base) % UInt(alignment) == 0 {
      return Buffer(reading: base, byteCount: byteCount, of: owner)
    }
    let copy = Buffer(uninitializedByteCount: byteCount)
    copy.base.copyMemory(from: base, byteCount: byteCount)
    return copy
  }

  private func corrupt(_ message: String) -> ReadingError {
    ReadingError(
      .corruptInput, file: name, column: field.name,
      "the library that has it handed over a damaged array: \(message)")
  }
}
