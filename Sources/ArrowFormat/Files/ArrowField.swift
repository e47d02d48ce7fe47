package import Columnar

/// A column as the schema names it.
package struct ArrowField: Hashable, Sendable {
  package var name: String
  /// The type of the values; of the dictionary's values where there is a dictionary.
  package var type: ArrowType
  package var dictionary: Dictionary?
  package var metadata: [ArrowMetadata] = []
  /// How the values lie in the file.
  package var storage: ArrowStorage
  /// Whether readers are to see a dictionary, should the file itself have none, and one whose values
  /// compare as their codes do.
  package var isCategorical = false
  package var isOrdered = false

  package struct Dictionary: Hashable, Sendable {
    package var id: Int
    package var codeBits: Int
    /// Whether codes have a sign, as they do in what we write.
    package var isSigned = true
    /// Whether values compare as their codes do.
    package var isOrdered = false

    package init(id: Int, codeBits: Int, isSigned: Bool = true) {
      self.id = id
      self.codeBits = codeBits
      self.isSigned = isSigned
    }
  }

  package init(
    name: String, type: ArrowType, dictionary: Dictionary? = nil, metadata: [ArrowMetadata] = [],
    storage: ArrowStorage = .usual
  ) {
    self.name = name
    self.type = type
    self.dictionary = dictionary
    self.metadata = metadata
    self.storage = storage
  }
}

/// An entry of a schema's or a field's own metadata.
package struct ArrowMetadata: Hashable, Sendable {
  package var key: String
  package var value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// How values lie in a file: as we write them, or otherwise.
package enum ArrowStorage: Hashable, Sendable {
  case usual
  /// Floats of 16 bits.
  case half
  /// Decimals of 32 or 64 bits.
  case decimal(bits: Int)
  /// Dates as milliseconds in 64 bits that make whole days.
  case milliseconds
  /// Text with 64-bit offsets.
  case largeOffsets
  /// Text by views of 16 bytes.
  case views
  /// UUIDs of 16 bytes, which are read as text.
  case uuid
  /// What no column of ours can be: known by name, so that it can be left out.
  case foreign(ArrowForeignType)
}

/// A type that we cannot read, and how much of a batch it takes.
package struct ArrowForeignType: Hashable, Sendable {
  /// As pyarrow prints it: `list`, `duration[ns]`, `binary`.
  package var name: String
  /// Arrays, its own and those nested in it.
  var nodeCount: Int
  /// Buffers; of those types whose number of buffers varies, the fixed ones.
  var bufferCount: Int
  /// Arrays among them whose number of further buffers the batch tells.
  var variadicCount: Int
  /// The bytes of each value, where all have as many.
  var byteWidth: Int?

  package init(
    name: String, nodeCount: Int, bufferCount: Int, variadicCount: Int, byteWidth: Int? = nil
  ) {
    self.name = name
    self.nodeCount = nodeCount
    self.bufferCount = bufferCount
    self.variadicCount = variadicCount
    self.byteWidth = byteWidth
  }
}

extension ArrowField {
  /// How many arrays a batch has of the column, with those that are nested in it.
  var nodeCount: Int {
    if dictionary == nil, case .foreign(let type) = storage { type.nodeCount } else { 1 }
  }

  /// How many buffers these have; views may have more.
  var bufferCount: Int {
    if dictionary != nil { return 2 }
    return switch storage {
    case .foreign(let type): type.bufferCount
    case .views, .uuid: 2
    default: type.bufferCount
    }
  }

  /// How many of the arrays have buffers whose number the batch tells.
  var variadicCount: Int {
    if dictionary != nil { return 0 }
    return switch storage {
    case .foreign(let type): type.variadicCount
    case .views: 1
    default: 0
    }
  }

  /// What the values mean; `nil` where no column of ours can mean that.
  package var logicalType: LogicalType? {
    if case .foreign = storage { return nil }
    if case .decimal(_, scale: 0) = type { return .integer }
    return type.logicalType
  }

  /// `dictionary<int8, string>`, or the type, as pyarrow prints it.
  package var typeDescription: String {
    guard let dictionary else { return valueDescription }
    let codes = ArrowType.integer(bits: dictionary.codeBits, isSigned: dictionary.isSigned)
    return "dictionary<\(codes), \(valueDescription)>"
  }

  private var valueDescription: String {
    switch (storage, type) {
    case (.usual, _): type.description
    case (.half, _): "halffloat"
    case (.decimal(let bits), .decimal(let precision, let scale)):
      "decimal\(bits)(\(precision), \(scale))"
    case (.decimal, _): type.description
    case (.milliseconds, _): "date64[ms]"
    case (.largeOffsets, _): "large_string"
    case (.views, _): "string_view"
    case (.uuid, _): "extension<arrow.uuid>"
    case (.foreign(let foreign), _): foreign.name
    }
  }
}

extension ArrowType {
  /// What the values mean.
  package var logicalType: LogicalType {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .integer: .integer
    case .float: .float
    case .decimal(_, let scale): .decimal(scale: scale)
    case .date: .date
    case .time(let unit): .time(unit: unit)
    case .timestamp(let unit, let zone): .timestamp(unit: unit, zone: zone)
    case .duration(let unit): .duration(unit: unit)
    case .utf8: .string
    }
  }
}
