package import CArrowData
import Columnar
import FileIO
import Platform

/// A table of another library, from a stream of the C interface: its columns where they lie.
///
/// The other library is trusted to have the memory that it says it has; what can be told from the
/// structures is checked.
package final class ArrowStreamTable: ArrayTable {
  package let name: String
  package let fields: [ArrowField]
  package let batchRowCounts: [Int]
  package let metadata: [ArrowMetadata]
  private let batches: [ArrowImport]

  /// Takes all batches of a stream, and the stream with them: the structure is left released.
  ///
  /// - Parameter name: What to call the table.
  /// - Throws: `ReadingError`, with what the other library says of it; `CancellationError`.
  package init(
    taking stream: UnsafeMutablePointer<CArrowData.ArrowArrayStream>, name: String
  ) throws {
    guard stream.pointee.release != nil else {
      throw ReadingError(
        .invalidValue, file: name, "the stream has been read already, which can be done once")
    }
    var own = stream.pointee
    stream.pointee.release = nil
    defer { own.release?(&own) }
    func fault(_ status: Int32) -> ReadingError {
      let text = own.get_last_error?(&own).map { String(cString: $0) }
      return ReadingError(
        .corruptInput, file: name,
        "the library that has it reports: \(text ?? String(cString: strerror(status)))")
    }
    var schema = ArrowCSchema()
    var status = own.get_schema(&own, &schema)
    guard status == 0 else { throw fault(status) }
    defer { schema.release?(&schema) }
    guard schema.format.map({ String(cString: $0) }) == "+s" else {
      throw ReadingError(
        .unsupportedInput, file: name, "this is one column, not a table; make it a table first")
    }
    var fields: [ArrowField] = []
    for index in 0..<Int(schema.n_children) {
      guard let child = schema.children?[index] else { continue }
      fields.append(ArrowField(child.pointee, number: index))
    }
    var batches: [ArrowImport] = []
    while true {
      try Cancellation.current?.check()
      var array = ArrowCArray()
      status = own.get_next(&own, &array)
      guard status == 0 else { throw fault(status) }
      if array.release == nil { break }
      let batch = ArrowImport(taking: array)
      try batch.check(columnCount: fields.count, name: name)
      batches.append(batch)
    }
    self.name = name
    self.fields = fields
    metadata = ArrowMetadata.list(schema.metadata)
    self.batches = batches
    batchRowCounts = batches.map(\.rowCount)
  }

  package func array(batch: Int, column: Int) throws -> ArrowArray {
    try batches[batch].array(fields[column], column: column, name: name)
  }
}

extension ArrowField {
  /// A column of a schema of the C data interface.
  fileprivate init(_ schema: ArrowCSchema, number: Int) {
    func format(_ schema: ArrowCSchema) -> String {
      schema.format.map { String(cString: $0) } ?? ""
    }
    let name = schema.name.map { String(cString: $0) } ?? ""
    guard let values = schema.dictionary?.pointee,
      let (bits, isSigned) = ArrowFormat.codes(format(schema))
    else {
      let own = ArrowFormat(format(schema))
      self.init(
        name: name, type: own.type, metadata: ArrowMetadata.list(schema.metadata),
        storage: own.storage)
      self = withForeignExtension
      return
    }
    let own = ArrowFormat(format(values))
    self.init(
      name: name, type: own.type,
      dictionary: Dictionary(id: number, codeBits: bits, isSigned: isSigned),
      metadata: ArrowMetadata.list(schema.metadata), storage: own.storage)
    isCategorical = true
    isOrdered = schema.flags & Int64(ARROW_FLAG_DICTIONARY_ORDERED) != 0
    self = withForeignExtension
  }
}

extension ArrowMetadata {
  /// Keys and values as the C data interface has them: their number, then each with its length
  /// before it.
  fileprivate static func list(_ start: UnsafePointer<CChar>?) -> [ArrowMetadata] {
    guard let start else { return [] }
    var place = UnsafeRawPointer(start)
    func number() -> Int {
      defer { place += 4 }
      return Int(place.loadUnaligned(as: Int32.self))
    }
    func text() -> String {
      let count = max(0, number())
      defer { place += count }
      return String(
        decoding: UnsafeRawBufferPointer(start: place, count: count), as: UTF8.self)
    }
    return (0..<max(0, number())).map { _ in
      let key = text()
      return ArrowMetadata(key: key, value: text())
    }
  }
}
