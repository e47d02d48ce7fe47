import Columnar

extension ArrowSchema {
  init(_ table: FlatTableView) throws(ArrowReadingError) {
    guard try table.number(0, default: Int16(0)) == 0 else {
      throw unsupported(table, "the file is big-endian")
    }
    fields = []
    for field in try table.tables(1) { fields.append(try ArrowField(field)) }
    metadata = try ArrowMetadata.list(table.tables(2))
  }
}

extension ArrowMetadata {
  fileprivate static func list(
    _ tables: [FlatTableView]
  ) throws(ArrowReadingError) -> [ArrowMetadata] {
    var list: [ArrowMetadata] = []
    for table in tables {
      list.append(ArrowMetadata(key: try table.string(0) ?? "", value: try table.string(1) ?? ""))
    }
    return list
  }
}

extension ArrowField {
  fileprivate init(_ table: FlatTableView) throws(ArrowReadingError) {
    name = try table.string(0) ?? ""
    guard try table.tables(5).isEmpty else {
      throw unsupported(table, "column `\(name)` is nested")
    }
    type = try ArrowType(table, column: name)
    metadata = try ArrowMetadata.list(table.tables(6))
    if let encoding = try table.table(4) {
      let index = try encoding.table(1)
      let bits = Int(try index?.number(0, default: Int32(32)) ?? 32)
      guard try index?.bool(1) ?? true, [8, 16, 32, 64].contains(bits) else {
        throw unsupported(encoding, "column `\(name)` has codes that are no signed integers")
      }
      dictionary = Dictionary(id: Int(try encoding.number(0, default: Int64(0))), codeBits: bits)
    }
  }
}

extension ArrowType {
  fileprivate init(_ field: FlatTableView, column: String) throws(ArrowReadingError) {
    let tag = try field.number(2, default: UInt8(0))
    guard let table = try field.table(3) else {
      throw unsupported(field, "column `\(column)` has no type")
    }
    switch tag {
    case ArrowTag.null: self = .null
    case ArrowTag.boolean: self = .boolean
    case ArrowTag.utf8: self = .utf8
    case ArrowTag.integer:
      let bits = Int(try table.number(0, default: Int32(0)))
      guard [8, 16, 32, 64].contains(bits) else {
        throw unsupported(table, "column `\(column)` has integers of \(bits) bits")
      }
      self = .integer(bits: bits, isSigned: try table.bool(1))
    case ArrowTag.float:
      switch try table.number(0, default: Int16(0)) {
      case 1: self = .float(bits: 32)
      case 2: self = .float(bits: 64)
      default: throw unsupported(table, "column `\(column)` has floats of another width")
      }
    case ArrowTag.decimal:
      let (precision, scale) = (
        try table.number(0, default: Int32(0)), try table.number(1, default: Int32(0))
      )
      guard try table.number(2, default: Int32(128)) == 128, scale >= 0, scale <= 38 else {
        throw unsupported(table, "column `\(column)` has decimals of another width or scale")
      }
      self = .decimal(precision: Int(precision), scale: Int(scale))
    case ArrowTag.date:
      guard try table.number(0, default: Int16(1)) == 0 else {
        throw unsupported(table, "column `\(column)` has dates in milliseconds")
      }
      self = .date
    case ArrowTag.time:
      let unit = try TimeUnit(arrowNumber: table.number(0, default: Int16(1)), table)
      guard try table.number(1, default: Int32(32)) == (unit <= .millisecond ? 32 : 64) else {
        throw unsupported(table, "column `\(column)` has times of another width")
      }
      self = .time(unit)
    case ArrowTag.timestamp:
      self = .timestamp(
        try TimeUnit(arrowNumber: table.number(0, default: Int16(0)), table),
        zone: try table.string(1))
    default: throw unsupported(field, "column `\(column)` has the type number \(tag)")
    }
  }

  /// What the values mean.
  var logicalType: LogicalType {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .integer: .integer
    case .float: .float
    case .decimal(_, let scale): .decimal(scale: scale)
    case .date: .date
    case .time(let unit): .time(unit: unit)
    case .timestamp(let unit, let zone): .timestamp(unit: unit, zone: zone)
    case .utf8: .string
    }
  }
}

extension TimeUnit {
  fileprivate init(arrowNumber: Int16, _ table: FlatTableView) throws(ArrowReadingError) {
    guard TimeUnit.allCases.indices.contains(Int(arrowNumber)) else {
      throw unsupported(table, "there is no time unit \(arrowNumber)")
    }
    self = TimeUnit.allCases[Int(arrowNumber)]
  }
}

private func unsupported(_ table: FlatTableView, _ message: String) -> ArrowReadingError {
  ArrowReadingError(
    .unsupported, file: table.buffer.file, byteOffset: table.fileOffset, message)
}
