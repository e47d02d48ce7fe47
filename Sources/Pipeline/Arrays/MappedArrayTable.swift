import ArrowFormat
import Columnar
import FileIO

/// A table of arrays as a part of a table that has more columns, or the same in another order.
struct MappedArrayTable: ArrayTable {
  private let table: any ArrayTable
  private let columns: InputColumns
  let fields: [ArrowField]
  /// The value of each column that is the same in every row.
  private let constants: [ConstantArray?]

  /// - Parameters:
  ///   - names: Of all columns.
  ///   - constants: What is known of each column that is no field here and has a value somewhere.
  init(
    _ table: any ArrayTable, _ columns: InputColumns, names: [String],
    constants: [ConstantArray?]
  ) {
    self.table = table
    self.columns = columns
    self.constants = constants
    fields = columns.origins.indices.map { column in
      if case .field(let field) = columns.origins[column] { return table.fields[field] }
      return ArrowField(name: names[column], type: constants[column]?.type ?? .null)
    }
  }

  var name: String { table.name }
  var batchRowCounts: [Int] { table.batchRowCounts }
  var metadata: [ArrowMetadata] { table.metadata }
  var notes: [Note] { table.notes }

  func array(batch: Int, column: Int) throws -> ArrowArray {
    if case .field(let field) = columns.origins[column] {
      return try table.array(batch: batch, column: field)
    }
    let rowCount = batchRowCounts[batch]
    return constants[column]?.array(rowCount: rowCount) ?? ArrowArray(nullCount: rowCount)
  }
}

/// One value, the same in every row of an array.
struct ConstantArray {
  let type: ArrowType
  /// `nil` where it is missing.
  private let value: Value?

  private enum Value {
    case integer(Buffer)
    case float(Buffer)
    case text(bytes: Buffer, offsets: Buffer)
  }

  /// A text.
  init(_ text: [UInt8]?) {
    type = .utf8
    value = text.map(Self.text)
  }

  private static func text(_ text: [UInt8]) -> Value {
    let bytes = Buffer(uninitializedByteCount: text.count)
    bytes.base.copyMemory(from: text, byteCount: text.count)
    let offsets = Buffer(uninitializedByteCount: 8)
    offsets.pointer(as: UInt32.self)[0] = 0
    offsets.pointer(as: UInt32.self)[1] = UInt32(text.count)
    return .text(bytes: bytes, offsets: offsets)
  }

  /// What a column has in a row.
  init(_ column: Column, row: Int) {
    let isMissing = column.isNull(row)
    switch column.type {
    case .null: type = .null
    case .boolean: type = .boolean
    case .integer:
      type = .integer(bits: 64, isSigned: !(IntegerRows(column.view)?.isUnsigned ?? false))
    case .decimal(let scale): type = .decimal(precision: 18, scale: scale)
    case .float: type = .float(bits: 64)
    case .date: type = .date
    case .time(let unit): type = .time(unit)
    case .timestamp(let unit, let zone): type = .timestamp(unit, zone: zone)
    case .duration(let unit): type = .duration(unit)
    case .uuid, .ipv4, .string: type = .utf8
    }
    if isMissing {
      value = nil
    } else if let integers = IntegerRows(column.view) {
      let buffer = Buffer(uninitializedByteCount: 8)
      buffer.pointer(as: Int64.self)[0] = integers.value(at: row)
      value = .integer(buffer)
    } else if let floats = FloatRows(column.view) {
      let buffer = Buffer(uninitializedByteCount: 8)
      buffer.pointer(as: Double.self)[0] = floats.value(at: row)
      value = .float(buffer)
    } else {
      value = ValueText(column).text(row: row).map { Self.text(Array($0)) }
    }
  }

  func array(rowCount: Int) -> ArrowArray {
    guard let value else { return ArrowArray(nullCount: rowCount) }
    let view: ColumnView
    let memory: [Buffer]
    switch value {
    case .integer(let buffer):
      let isUnsigned = type == .integer(bits: 64, isSigned: false)
      view = .constant(
        .plain(
          isUnsigned
            ? .uint64(buffer.pointer(as: UInt64.self)) : .int64(buffer.pointer(as: Int64.self))))
      memory = [buffer]
    case .float(let buffer):
      view = .constant(.plain(.float64(buffer.pointer(as: Double.self))))
      memory = [buffer]
    case .text(let bytes, let offsets):
      // A dictionary of one entry, which readers look at once.
      let codes = Buffer(uninitializedByteCount: rowCount)
      codes.base.initializeMemory(as: UInt8.self, repeating: 0, count: rowCount)
      view = .indexed(
        codes: .uint8(codes.pointer(as: UInt8.self)),
        dictionary: .plain(
          .utf8(bytes: bytes.pointer(as: UInt8.self), offsets: offsets.pointer(as: UInt32.self))),
        dictionaryCount: 1)
      memory = [codes, offsets, bytes]
    }
    return ArrowArray(
      rowCount: rowCount, nullCount: 0, nulls: ArrowNulls(validity: nil), view: view, memory: memory
    )
  }
}
