import ArrowFormat
import Columnar
import Typing

extension LogicalType {
  /// What values of both types are together; `nil` where they do not go together.
  func joined(_ other: LogicalType) -> LogicalType? {
    switch (self, other) {
    case (let type, .null), (.null, let type): type
    case (.integer, .decimal(let scale)), (.decimal(let scale), .integer): .decimal(scale: scale)
    case (.decimal(let a), .decimal(let b)): .decimal(scale: max(a, b))
    case (.time(let a), .time(let b)): .time(unit: max(a, b))
    case (.duration(let a), .duration(let b)): .duration(unit: max(a, b))
    case (.timestamp(let a, let zone), .timestamp(let b, let otherZone)):
      zone == otherZone ? .timestamp(unit: max(a, b), zone: zone) : nil
    default: self == other ? self : nil
    }
  }
}

extension FieldKind {
  /// The kind of values of a type.
  init(_ type: LogicalType) {
    switch type {
    case .null: self = .null
    case .boolean: self = .boolean
    case .integer: self = .integer
    case .decimal(let scale): self = .decimal(scale: scale)
    case .float: self = .float
    case .date: self = .date
    case .time(let unit): self = .time(unit)
    case .duration(let unit): self = .duration(unit)
    case .timestamp(let unit, _): self = .timestamp(unit)
    case .uuid, .ipv4, .string: self = .string
    }
  }

  /// The type of columns of the kind.
  func type(zone: String?) -> LogicalType {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .integer: .integer
    case .decimal(let scale): .decimal(scale: scale)
    case .float: .float
    case .date: .date
    case .time(let unit): .time(unit: unit)
    case .duration(let unit): .duration(unit: unit)
    case .timestamp(let unit): .timestamp(unit: unit, zone: zone)
    case .string, .ambiguousDate: .string
    }
  }

  /// Whether every value of another kind is one of this kind.
  func holds(_ other: FieldKind) -> Bool { self == other || other.factor(to: self) != nil }
}

extension ArrowField {
  /// What engines tell of the type.
  var storedKind: StoredFacts.Kind {
    switch (storage, type) {
    case (.half, _): .float(bits: 16)
    case (.decimal(let bits), _): .decimal(bits: bits)
    case (.milliseconds, _): .date(bits: 64)
    case (.largeOffsets, _): .text(offsetBits: 64)
    case (.views, _): .textView
    case (.uuid, _): .uuid
    case (.foreign, _), (.usual, .null): .null
    case (.usual, .boolean): .boolean
    case (.usual, .integer(let bits, let isSigned)): .integer(bits: bits, isSigned: isSigned)
    case (.usual, .float(let bits)): .float(bits: bits)
    case (.usual, .decimal): .decimal(bits: 128)
    case (.usual, .date): .date(bits: 32)
    case (.usual, .time(let unit)): .time(bits: unit <= .millisecond ? 32 : 64)
    case (.usual, .timestamp(let unit, _)): .timestamp(unit: unit)
    case (.usual, .duration): .integer(bits: 64, isSigned: true)
    case (.usual, .utf8): .text(offsetBits: 32)
    }
  }
}
