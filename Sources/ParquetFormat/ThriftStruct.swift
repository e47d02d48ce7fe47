/// A Thrift struct that is still to be serialised in the compact protocol, in which Parquet keeps
/// its metadata.
///
///     field = (id − last id) << 4 | type │ value        or   type │ zigzag id │ value
///     list  = count << 4 | type │ elements              or   F0 | type │ varint count │ elements
///     numbers are zigzag varints, bytes have a varint length before them, a struct ends with 0
///
/// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
struct ThriftStruct {
  indirect enum Value {
    case bool(Bool)
    case int8(Int)
    case int16(Int)
    case int32(Int)
    case int64(Int)
    case bytes([UInt8])
    case structure(ThriftStruct)
    case int32s([Int])
    case strings([String])
    case structs([ThriftStruct])

    static func string(_ text: String) -> Value { .bytes(Array(text.utf8)) }
  }

  /// By rising id.
  private var fields: [(id: Int, value: Value)] = []

  /// The fields that have a value, by rising id.
  init(_ fields: (id: Int, value: Value?)...) {
    for (id, value) in fields { append(id, value) }
  }

  /// Adds a field behind the others, where it has a value.
  mutating func append(_ id: Int, _ value: Value?) {
    if let value { fields.append((id, value)) }
  }

  func serialized() -> [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  fileprivate func append(to bytes: inout [UInt8]) {
    var last = 0
    for (id, value) in fields {
      let step = id - last
      if step < 16 {
        bytes.append(UInt8(step) << 4 | value.type.rawValue)
      } else {
        bytes.append(value.type.rawValue)
        bytes.append(zigzag: id)
      }
      last = id
      value.append(to: &bytes)
    }
    bytes.append(0)
  }
}

/// The types of the compact protocol, by their numbers in fields and lists.
enum ThriftType: UInt8 {
  /// In a field the type is the value; in a list it stands for both.
  case yes = 1
  case no = 2
  case int8 = 3
  case int16 = 4
  case int32 = 5
  case int64 = 6
  case double = 7
  case bytes = 8
  case list = 9
  case set = 10
  case map = 11
  case structure = 12
}

extension ThriftStruct.Value {
  fileprivate var type: ThriftType {
    switch self {
    case .bool(let value): value ? .yes : .no
    case .int8: .int8
    case .int16: .int16
    case .int32: .int32
    case .int64: .int64
    case .bytes: .bytes
    case .structure: .structure
    case .int32s, .strings, .structs: .list
    }
  }

  fileprivate func append(to bytes: inout [UInt8]) {
    func appendHeader(_ type: ThriftType, count: Int) {
      if count < 15 { return bytes.append(UInt8(count) << 4 | type.rawValue) }
      bytes.append(0xF0 | type.rawValue)
      bytes.append(varint: UInt64(count))
    }
    switch self {
    case .bool: break
    case .int8(let value): bytes.append(UInt8(truncatingIfNeeded: value))
    case .int16(let value), .int32(let value), .int64(let value): bytes.append(zigzag: value)
    case .bytes(let value): bytes.append(prefixed: value)
    case .structure(let value): value.append(to: &bytes)
    case .int32s(let values):
      appendHeader(.int32, count: values.count)
      for value in values { bytes.append(zigzag: value) }
    case .strings(let values):
      appendHeader(.bytes, count: values.count)
      for value in values { bytes.append(prefixed: Array(value.utf8)) }
    case .structs(let values):
      appendHeader(.structure, count: values.count)
      for value in values { value.append(to: &bytes) }
    }
  }
}

extension [UInt8] {
  /// Seven bits a byte, the lowest first; the high bit says that more follow.
  fileprivate mutating func append(varint value: UInt64) {
    var rest = value
    while rest > 0x7F {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  fileprivate mutating func append(zigzag value: Int) {
    append(varint: UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
  }

  fileprivate mutating func append(prefixed bytes: [UInt8]) {
    append(varint: UInt64(bytes.count))
    append(contentsOf: bytes)
  }
}
