import Columnar

/// How values lie in a page, by the numbers of parquet.thrift's enum `Type`.
enum ParquetPhysicalType: Int, Sendable {
  case boolean = 0
  case int32 = 1
  case int64 = 2
  case int96 = 3
  case float = 4
  case double = 5
  case byteArray = 6
  case fixedLengthByteArray = 7

  /// The name that the specification gives it.
  var name: String {
    switch self {
    case .boolean: "BOOLEAN"
    case .int32: "INT32"
    case .int64: "INT64"
    case .int96: "INT96"
    case .float: "FLOAT"
    case .double: "DOUBLE"
    case .byteArray: "BYTE_ARRAY"
    case .fixedLengthByteArray: "FIXED_LEN_BYTE_ARRAY"
    }
  }
}

/// What values mean: parquet.thrift's union `LogicalType`, and the older enum `ConvertedType`.
enum ParquetAnnotation: Hashable, Sendable {
  case string
  case integer(bits: Int, isSigned: Bool)
  case decimal(precision: Int, scale: Int)
  case date
  case time(TimeUnit, isUTC: Bool)
  /// `isUTC` for instants.
  case timestamp(TimeUnit, isUTC: Bool)
  /// No value at all.
  case unknown
  case uuid
  case float16
  /// One that this reader does not know, by its name.
  case other(String)
}

/// The type of a column: how its values lie, and what they mean.
struct ParquetType: Hashable, Sendable {
  var physical: ParquetPhysicalType
  /// Bytes of a value of fixed length.
  var byteLength: Int?
  var annotation: ParquetAnnotation?

  init(
    _ physical: ParquetPhysicalType, byteLength: Int? = nil, _ annotation: ParquetAnnotation? = nil
  ) {
    self.physical = physical
    self.byteLength = byteLength
    self.annotation = annotation
  }

  /// The type in which values of a type of Arrow are written. Parquet has no seconds: `type` has
  /// none either.
  init(holding type: ArrowType) {
    switch type {
    case .null: self.init(.int32, .unknown)
    case .boolean: self.init(.boolean)
    // The full widths with a sign are what the physical types mean anyway.
    case .integer(32, true): self.init(.int32)
    case .integer(64, true): self.init(.int64)
    case .integer(let bits, let isSigned):
      self.init(bits == 64 ? .int64 : .int32, .integer(bits: bits, isSigned: isSigned))
    case .float(let bits): self.init(bits == 32 ? .float : .double)
    case .decimal(let precision, let scale):
      self.init(
        .fixedLengthByteArray, byteLength: Self.decimalByteLength(precision: precision),
        .decimal(precision: precision, scale: scale))
    case .date: self.init(.int32, .date)
    case .time(let unit):
      self.init(unit <= .millisecond ? .int32 : .int64, .time(unit, isUTC: false))
    case .timestamp(let unit, let zone):
      self.init(.int64, .timestamp(unit, isUTC: zone != nil))
    // Parquet has no spans of time: what they are, Arrow's schema beside it says.
    case .duration: self.init(.int64)
    case .utf8: self.init(.byteArray, .string)
    }
  }

  /// The fewest bytes that hold every number of `precision` decimal digits, with its sign.
  static func decimalByteLength(precision: Int) -> Int {
    var largest = Int128(1)
    for _ in 0..<precision { largest *= 10 }
    var byteCount = 1
    while byteCount < 16, largest - 1 > (Int128(1) << (byteCount * 8 - 1)) - 1 { byteCount += 1 }
    return byteCount
  }
}

extension ParquetType {
  /// The fields of a SchemaElement that say it. The older annotation is written beside the newer one
  /// where it says the same.
  func schemaElement(named name: String) -> ThriftStruct {
    var scale: Int?
    var precision: Int?
    if case .decimal(let digits, let places) = annotation { (precision, scale) = (digits, places) }
    return ThriftStruct(
      (1, .int32(physical.rawValue)),
      (2, byteLength.map { .int32($0) }),
      (3, .int32(1)),
      (4, .string(name)),
      (6, annotation?.convertedType.map { .int32($0) }),
      (7, scale.map { .int32($0) }),
      (8, precision.map { .int32($0) }),
      (10, annotation?.logicalType.map { .structure($0) }))
  }
}

extension ParquetAnnotation {
  /// The union LogicalType.
  fileprivate var logicalType: ThriftStruct? {
    func member(_ id: Int, _ fields: (id: Int, value: ThriftStruct.Value?)...) -> ThriftStruct {
      var content = ThriftStruct()
      for field in fields { content.append(field.id, field.value) }
      return ThriftStruct((id, .structure(content)))
    }
    func unit(_ unit: TimeUnit) -> ThriftStruct.Value {
      let id = unit <= .millisecond ? 1 : unit == .microsecond ? 2 : 3
      return .structure(ThriftStruct((id, .structure(ThriftStruct()))))
    }
    switch self {
    case .string: return member(1)
    case .decimal(let precision, let scale):
      return member(5, (1, .int32(scale)), (2, .int32(precision)))
    case .date: return member(6)
    case .time(let timeUnit, let isUTC): return member(7, (1, .bool(isUTC)), (2, unit(timeUnit)))
    case .timestamp(let timeUnit, let isUTC):
      return member(8, (1, .bool(isUTC)), (2, unit(timeUnit)))
    case .integer(let bits, let isSigned): return member(10, (1, .int8(bits)), (2, .bool(isSigned)))
    case .unknown: return member(11)
    case .uuid: return member(14)
    case .float16: return member(15)
    case .other: return nil
    }
  }

  /// The enum ConvertedType; its times and timestamps are in UTC.
  fileprivate var convertedType: Int? {
    switch self {
    case .string: 0
    case .decimal: 5
    case .date: 6
    case .time(.millisecond, isUTC: true): 7
    case .time(.microsecond, isUTC: true): 8
    case .timestamp(.millisecond, isUTC: true): 9
    case .timestamp(.microsecond, isUTC: true): 10
    case .integer(let bits, let isSigned):
      [8, 16, 32, 64].firstIndex(of: bits).map { (isSigned ? 15 : 11) + $0 }
    case .time, .timestamp, .unknown, .uuid, .float16, .other: nil
    }
  }
}
