import Columnar

/// The numbers that Arrow's Schema.fbs and Message.fbs give to the members of their unions.
package enum ArrowTag {
  static let null: UInt8 = 1
  static let integer: UInt8 = 2
  static let float: UInt8 = 3
  static let utf8: UInt8 = 5
  static let boolean: UInt8 = 6
  static let decimal: UInt8 = 7
  static let date: UInt8 = 8
  static let time: UInt8 = 9
  static let timestamp: UInt8 = 10
  static let duration: UInt8 = 18
  static let largeUTF8: UInt8 = 20
  static let utf8View: UInt8 = 24

  package static let schemaHeader: UInt8 = 1
  static let dictionaryHeader: UInt8 = 2
  static let recordHeader: UInt8 = 3

  /// MetadataVersion.V5.
  static let version = 4
}

/// The fields of a table, and what the writer says about the whole.
package struct ArrowSchema {
  package var fields: [ArrowField]
  package var metadata: [ArrowMetadata]
  /// What is said of the file alone, and stands beside the schema.
  var fileMetadata: [ArrowMetadata] = []

  package init(fields: [ArrowField], metadata: [ArrowMetadata], fileMetadata: [ArrowMetadata] = [])
  {
    self.fields = fields
    self.metadata = metadata
    self.fileMetadata = fileMetadata
  }

  package var flatTable: FlatTable {
    FlatTable(
      .int16(0),
      .tables(fields.map(\.flatTable)),
      metadata.isEmpty ? nil : .tables(metadata.map(\.flatTable)))
  }
}

extension ArrowMetadata {
  var flatTable: FlatTable { FlatTable(.string(key), .string(value)) }
}

extension ArrowField {
  fileprivate var flatTable: FlatTable {
    let (tag, parameters) = type.flatUnion
    return FlatTable(
      .string(name),
      .bool(true),
      .uint8(tag),
      .table(parameters),
      dictionary.map {
        .table(
          FlatTable(
            .int64($0.id), .table(FlatTable(.int32($0.codeBits), .bool(true))),
            .bool($0.isOrdered)))
      },
      // Arrow's C++ wants this vector even where it is empty.
      .tables([]),
      metadata.isEmpty ? nil : .tables(metadata.map(\.flatTable)))
  }
}

extension ArrowType {
  /// The member of the union `Type`, and its table. Values that are the default are written too:
  /// the default of a date's unit is not the day.
  fileprivate var flatUnion: (tag: UInt8, table: FlatTable) {
    switch self {
    case .null: (ArrowTag.null, FlatTable())
    case .boolean: (ArrowTag.boolean, FlatTable())
    case .integer(let bits, let isSigned):
      (ArrowTag.integer, FlatTable(.int32(bits), .bool(isSigned)))
    case .float(let bits): (ArrowTag.float, FlatTable(.int16(bits == 32 ? 1 : 2)))
    case .decimal(let precision, let scale):
      (ArrowTag.decimal, FlatTable(.int32(precision), .int32(scale), .int32(128)))
    case .date: (ArrowTag.date, FlatTable(.int16(0)))
    case .time(let unit):
      (ArrowTag.time, FlatTable(.int16(unit.arrowNumber), .int32(unit <= .millisecond ? 32 : 64)))
    case .timestamp(let unit, let zone):
      (ArrowTag.timestamp, FlatTable(.int16(unit.arrowNumber), zone.map { .string($0) }))
    case .duration(let unit): (ArrowTag.duration, FlatTable(.int16(unit.arrowNumber)))
    case .utf8: (ArrowTag.utf8, FlatTable())
    }
  }
}

extension TimeUnit {
  /// The number in Arrow's enum `TimeUnit`.
  var arrowNumber: Int { TimeUnit.allCases.firstIndex(of: self) ?? 0 }
}
