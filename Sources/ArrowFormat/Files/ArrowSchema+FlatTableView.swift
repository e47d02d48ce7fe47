import Columnar
package import FileIO

extension ArrowSchema {
  package init(_ table: FlatTableView) throws(ReadingError) {
    guard try table.number(0, default: Int16(0)) == 0 else {
      throw unsupported(table, "the file is big-endian")
    }
    fields = []
    for field in try table.tables(1) { fields.append(try ArrowField(field)) }
    metadata = try ArrowMetadata.list(table.tables(2))
  }
}

extension ArrowMetadata {
  static func list(
    _ tables: [FlatTableView]
  ) throws(ReadingError) -> [ArrowMetadata] {
    var list: [ArrowMetadata] = []
    for table in tables {
      list.append(ArrowMetadata(key: try table.string(0) ?? "", value: try table.string(1) ?? ""))
    }
    return list
  }
}

extension ArrowField {
  /// - Parameter depth: How many fields this one is nested in.
  fileprivate init(_ table: FlatTableView, depth: Int = 0) throws(ReadingError) {
    guard depth < 32 else {
      throw unsupported(table, "columns are nested more than 32 deep")
    }
    let name = try table.string(0) ?? ""
    var nested: [ArrowField] = []
    for child in try table.tables(5) { nested.append(try ArrowField(child, depth: depth + 1)) }
    let (type, storage) = try Self.type(table, column: name, nested: nested)
    self.init(
      name: name, type: type, metadata: try ArrowMetadata.list(table.tables(6)), storage: storage)
    if let encoding = try table.table(4) {
      let index = try encoding.table(1)
      let bits = Int(try index?.number(0, default: Int32(32)) ?? 32)
      guard [8, 16, 32, 64].contains(bits) else {
        throw unsupported(encoding, "column `\(name)` has codes of \(bits) bits")
      }
      dictionary = Dictionary(
        id: Int(try encoding.number(0, default: Int64(0))), codeBits: bits,
        isSigned: try index?.bool(1) ?? true)
      isCategorical = true
      isOrdered = try encoding.bool(2)
    }
    self = withForeignExtension
  }

  private static func type(
    _ field: FlatTableView, column: String, nested: [ArrowField]
  ) throws(ReadingError) -> (ArrowType, ArrowStorage) {
    let tag = try field.number(2, default: UInt8(0))
    guard let table = try field.table(3) else {
      throw unsupported(field, "column `\(column)` has no type")
    }
    switch tag {
    case ArrowTag.null: return (.null, .usual)
    case ArrowTag.boolean: return (.boolean, .usual)
    case ArrowTag.utf8: return (.utf8, .usual)
    case ArrowTag.largeUTF8: return (.utf8, .largeOffsets)
    case ArrowTag.utf8View: return (.utf8, .views)
    case ArrowTag.integer:
      let bits = Int(try table.number(0, default: Int32(0)))
      // What polars puts there for its own.
      if bits == 128 {
        return (.null, .foreign(foreign(try table.bool(1) ? "int128" : "uint128", buffers: 2)))
      }
      guard [8, 16, 32, 64].contains(bits) else {
        throw unsupported(table, "column `\(column)` has integers of \(bits) bits")
      }
      return (.integer(bits: bits, isSigned: try table.bool(1)), .usual)
    case ArrowTag.float:
      switch try table.number(0, default: Int16(0)) {
      case 0: return (.float(bits: 32), .half)
      case 1: return (.float(bits: 32), .usual)
      case 2: return (.float(bits: 64), .usual)
      default: throw unsupported(table, "column `\(column)` has floats of another width")
      }
    case ArrowTag.decimal: return try decimal(table)
    case ArrowTag.date:
      return (.date, try table.number(0, default: Int16(1)) == 0 ? .usual : .milliseconds)
    case ArrowTag.time:
      let unit = try TimeUnit(arrowNumber: table.number(0, default: Int16(1)), table)
      guard try table.number(1, default: Int32(32)) == (unit <= .millisecond ? 32 : 64) else {
        throw unsupported(table, "column `\(column)` has times of another width")
      }
      return (.time(unit), .usual)
    case ArrowTag.timestamp:
      let zone = try table.string(1)
      let unit = try TimeUnit(arrowNumber: table.number(0, default: Int16(0)), table)
      return (.timestamp(unit, zone: zone == "" ? nil : zone), .usual)
    case ArrowTag.duration:
      let unit = try TimeUnit(arrowNumber: table.number(0, default: Int16(1)), table)
      return (.duration(unit), .usual)
    default: return (.null, .foreign(try foreignType(tag, field, table, nested)))
    }
  }

  private static func decimal(
    _ table: FlatTableView
  ) throws(ReadingError) -> (ArrowType, ArrowStorage) {
    let bits = Int(try table.number(2, default: Int32(128)))
    let precision = Int(try table.number(0, default: Int32(0)))
    let scale = Int(try table.number(1, default: Int32(0)))
    guard [32, 64, 128].contains(bits), (0...18).contains(scale) else {
      return (.null, .foreign(foreign("decimal\(bits)(\(precision), \(scale))", buffers: 2)))
    }
    return (
      .decimal(precision: precision, scale: scale), bits == 128 ? .usual : .decimal(bits: bits)
    )
  }

  /// Types that no column of ours has, with what they take of a batch: the format's page on the
  /// columnar layout lists the buffers of each.
  private static func foreignType(
    _ tag: UInt8, _ field: FlatTableView, _ table: FlatTableView, _ nested: [ArrowField]
  ) throws(ReadingError) -> ArrowForeignType {
    switch tag {
    case 4: return foreign("binary", buffers: 3)
    case 11: return foreign("interval", buffers: 2)
    case 12: return foreign("list", buffers: 2, nested)
    case 13: return foreign("struct", buffers: 1, nested)
    // A sparse union has a buffer of types, a dense one offsets too; neither has a bitmap.
    case 14:
      let isSparse = try table.number(0, default: Int16(0)) == 0
      return foreign("union", buffers: isSparse ? 1 : 2, nested)
    case 15:
      var type = foreign("fixed_size_binary", buffers: 2)
      type.byteWidth = Int(try table.number(0, default: Int32(0)))
      return type
    case 16: return foreign("fixed_size_list", buffers: 1, nested)
    case 17: return foreign("map", buffers: 2, nested)
    case 19: return foreign("large_binary", buffers: 3)
    case 21: return foreign("large_list", buffers: 2, nested)
    case 22: return foreign("run_end_encoded", buffers: 0, nested)
    case 23: return foreign("binary_view", buffers: 2, variadic: 1)
    case 25: return foreign("list_view", buffers: 3, nested)
    case 26: return foreign("large_list_view", buffers: 3, nested)
    default: throw unsupported(field, "there is a column of the type number \(tag)")
    }
  }

  private static func foreign(
    _ name: String, buffers: Int, _ nested: [ArrowField] = [], variadic: Int = 0
  ) -> ArrowForeignType {
    nested.reduce(
      into: ArrowForeignType(
        name: name, nodeCount: 1, bufferCount: buffers, variadicCount: variadic)
    ) { type, field in
      type.nodeCount += field.nodeCount
      type.bufferCount += field.bufferCount
      type.variadicCount += field.variadicCount
    }
  }
}

extension TimeUnit {
  fileprivate init(arrowNumber: Int16, _ table: FlatTableView) throws(ReadingError) {
    guard TimeUnit.allCases.indices.contains(Int(arrowNumber)) else {
      throw unsupported(table, "there is no time unit \(arrowNumber)")
    }
    self = TimeUnit.allCases[Int(arrowNumber)]
  }
}

private func unsupported(_ table: FlatTableView, _ message: String) -> ReadingError {
  ReadingError.arrow(
    .unsupportedInput, file: table.buffer.file, byteOffset: table.fileOffset, message)
}
