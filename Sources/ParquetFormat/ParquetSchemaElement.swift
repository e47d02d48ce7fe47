import Columnar
import FileIO

/// One entry of a schema that is read: parquet.thrift's struct SchemaElement.
struct ParquetSchemaElement {
  var name = ""
  /// The number of the physical type; `nil` for a group.
  var physical: Int?
  var byteLength: Int?
  /// 0 required, 1 optional, 2 repeated.
  var repetition = 0
  var childCount = 0
  var annotation: ParquetAnnotation?
  /// Where in the file this is said.
  let fileOffset: Int

  init(_ reader: inout ThriftReader) throws(ReadingError) {
    fileOffset = reader.fileOffset
    var converted: Int?
    var scale = 0
    var precision = 0
    var last = 0
    while let field = try reader.nextField(&last) {
      switch (field.id, field.type) {
      case (1, .int32): physical = try reader.integer()
      case (2, .int32): byteLength = try reader.integer()
      case (3, .int32): repetition = try reader.integer()
      case (4, .bytes): name = try reader.string()
      case (5, .int32): childCount = try reader.integer()
      case (6, .int32): converted = try reader.integer()
      case (7, .int32): scale = try reader.integer()
      case (8, .int32): precision = try reader.integer()
      case (10, .structure): annotation = try ParquetAnnotation(&reader)
      default: try reader.skip(field.type)
      }
    }
    if annotation == nil, let converted {
      annotation = ParquetAnnotation(converted: converted, precision: precision, scale: scale)
    }
  }
}

extension ParquetSchemaElement {
  /// The type of a column; a fault that says why it cannot be read.
  var type: ParquetType {
    get throws(PageFault) {
      guard childCount == 0, let physical else {
        throw PageFault(.unsupportedInput, "the column is nested; only flat tables are read")
      }
      guard repetition != 2 else {
        throw PageFault(.unsupportedInput, "the column is a nested list; only flat tables are read")
      }
      guard let physical = ParquetPhysicalType(rawValue: physical) else {
        throw PageFault(.unsupportedInput, "there is no physical type \(physical)")
      }
      guard physical == .fixedLengthByteArray else { return ParquetType(physical, annotation) }
      guard let byteLength, (1...4096).contains(byteLength) else {
        throw PageFault(.unsupportedInput, "its values have \(byteLength ?? 0) bytes each")
      }
      return ParquetType(physical, byteLength: byteLength, annotation)
    }
  }
}

extension ParquetAnnotation {
  /// The names of the members that no column of a flat table has, or that this reader does not know.
  private static let otherMembers = [
    2: "MAP", 3: "LIST", 13: "BSON", 16: "VARIANT", 17: "GEOMETRY", 18: "GEOGRAPHY",
  ]

  /// The union LogicalType; `nil` where it has no member.
  fileprivate init?(_ reader: inout ThriftReader) throws(ReadingError) {
    var annotation: ParquetAnnotation?
    var last = 0
    while let field = try reader.nextField(&last) {
      guard field.type == .structure else {
        try reader.skip(field.type)
        continue
      }
      switch field.id {
      // JSON is text, and so are the names of an enum.
      case 1, 4, 12:
        annotation = .string
        try reader.skip(.structure)
      case 5:
        let (scale, precision) = try reader.twoIntegers()
        annotation = .decimal(precision: precision, scale: scale)
      case 6:
        annotation = .date
        try reader.skip(.structure)
      case 7, 8:
        guard let (isUTC, unit) = try reader.timeParameters() else {
          annotation = .other("a time of no known unit")
          break
        }
        annotation = field.id == 7 ? .time(unit, isUTC: isUTC) : .timestamp(unit, isUTC: isUTC)
      case 10:
        annotation = try reader.integerType()
      case 11:
        annotation = .unknown
        try reader.skip(.structure)
      case 14:
        annotation = .uuid
        try reader.skip(.structure)
      case 15:
        annotation = .float16
        try reader.skip(.structure)
      default:
        annotation = .other(Self.otherMembers[field.id] ?? "the logical type \(field.id)")
        try reader.skip(.structure)
      }
    }
    guard let annotation else { return nil }
    self = annotation
  }

  /// The enum ConvertedType; its times are in UTC.
  fileprivate init(converted number: Int, precision: Int, scale: Int) {
    switch number {
    case 0, 4, 19: self = .string
    case 5: self = .decimal(precision: precision, scale: scale)
    case 6: self = .date
    case 7: self = .time(.millisecond, isUTC: true)
    case 8: self = .time(.microsecond, isUTC: true)
    case 9: self = .timestamp(.millisecond, isUTC: true)
    case 10: self = .timestamp(.microsecond, isUTC: true)
    case 11...14: self = .integer(bits: 8 << (number - 11), isSigned: false)
    case 15...18: self = .integer(bits: 8 << (number - 15), isSigned: true)
    case 20: self = .other("BSON")
    case 21: self = .other("INTERVAL")
    default: self = .other("the converted type \(number)")
    }
  }
}

extension ThriftReader {
  /// The fields 1 and 2 of a struct of two integers.
  fileprivate mutating func twoIntegers() throws(ReadingError) -> (Int, Int) {
    var numbers = (0, 0)
    var last = 0
    while let field = try nextField(&last) {
      switch (field.id, field.type) {
      case (1, .int32): numbers.0 = try integer()
      case (2, .int32): numbers.1 = try integer()
      default: try skip(field.type)
      }
    }
    return numbers
  }

  /// Of the structs TimeType and TimestampType; `nil` for a unit that is not known.
  fileprivate mutating func timeParameters() throws(ReadingError) -> (Bool, TimeUnit)? {
    var isUTC = false
    var unit: TimeUnit?
    var last = 0
    while let field = try nextField(&last) {
      switch (field.id, field.type) {
      case (1, .yes): isUTC = true
      case (2, .structure):
        var member = 0
        while let choice = try nextField(&member) {
          let units: [Int: TimeUnit] = [1: .millisecond, 2: .microsecond, 3: .nanosecond]
          unit = units[choice.id]
          try skip(choice.type)
        }
      default: try skip(field.type)
      }
    }
    return unit.map { (isUTC, $0) }
  }

  /// The struct IntType.
  fileprivate mutating func integerType() throws(ReadingError) -> ParquetAnnotation {
    var bits = 0
    var isSigned = true
    var last = 0
    while let field = try nextField(&last) {
      switch (field.id, field.type) {
      case (1, .int8): bits = Int(Int8(bitPattern: try byte()))
      case (2, .yes): isSigned = true
      case (2, .no): isSigned = false
      default: try skip(field.type)
      }
    }
    return .integer(bits: bits, isSigned: isSigned)
  }
}
