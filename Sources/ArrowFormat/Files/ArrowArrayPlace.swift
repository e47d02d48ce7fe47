import Columnar
import FileIO

/// A batch's array before it is looked at: the places of its buffers, all within the file.
struct ArrowArrayPlace {
  let field: ArrowField
  let rowCount: Int
  let nullCount: Int
  /// File offsets; as many as the type has buffers.
  let buffers: [Range<Int>]
  let compression: ArrowCompression?

  /// Reads and checks the array.
  ///
  /// - Parameter dictionary: The values that codes point to; `nil` for plain values.
  func array(
    in file: ArrowFileBytes, dictionary: ArrowArray?
  ) throws(ReadingError) -> ArrowArray {
    var memory: [Buffer] = []
    // Buffers of a type that cannot be read need not be, either.
    if case .foreign = field.storage {
    } else {
      for range in buffers {
        let stored = try file.read(range)
        memory.append(
          try compression?.decompressed(
            stored, file: file.name, offset: range.lowerBound, column: field.name) ?? stored)
      }
    }
    return try ArrowArray(
      field, rowCount: rowCount, nullCount: nullCount, buffers: memory, dictionary: dictionary,
      origin: ArrowArrayOrigin(name: file.name, bufferOffsets: buffers.map(\.lowerBound)))
  }
}
