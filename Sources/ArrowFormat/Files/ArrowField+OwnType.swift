package import Columnar

/// What the field of a lean table is made of, where its own type does not say that: a decimal is a float to engines, a
/// second a microsecond, and a column without values is null.
extension ArrowField {
  package static let ownTypeKey = "diet.type"

  /// Says what the column is, where readers could not know it from the type.
  package mutating func note(ownType type: LogicalType) {
    guard logicalType != type, !metadata.contains(where: { $0.key == Self.ownTypeKey }) else {
      return
    }
    metadata.append(ArrowMetadata(key: Self.ownTypeKey, value: type.description))
  }

  /// What a lean column was, where the field says so and its values may be that; `nil` where the field's type is all
  /// that is known. Whoever wrote the file since may have changed values: they are to be held against it.
  package var ownType: LogicalType? {
    guard let text = metadata.first(where: { $0.key == Self.ownTypeKey })?.value,
      let own = LogicalType(named: text), let logicalType
    else { return nil }
    switch (logicalType, own) {
    case (.null, _), (.float, .decimal), (.integer, .decimal(scale: 0)), (.string, .uuid),
      (.string, .ipv4), (.time, .time), (.duration, .duration):
      return own
    case (.timestamp, .timestamp): return logicalType.zone == own.zone ? own : nil
    default: return nil
    }
  }

  /// Says that the values are told by a coarser unit than the file has: Parquet has no seconds.
  package mutating func noteCoarserUnit(of other: ArrowField) {
    guard ownType == nil, let unit = other.logicalType?.unit, let own = logicalType?.unit,
      unit < own
    else { return }
    switch type {
    case .time: note(ownType: .time(unit: unit))
    case .timestamp(_, let zone): note(ownType: .timestamp(unit: unit, zone: zone))
    default: break
    }
  }
}
