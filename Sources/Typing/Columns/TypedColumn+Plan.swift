package import Columnar

extension TypedColumn {
  /// The distinct texts, sorted by their bytes, where they are few enough for a dictionary.
  package var words: [String]? {
    unitedText.flatMap { SortedText($0).words }
  }

  /// Lets the column be of the type that a plan names, where its values may be that, and be handed
  /// over as the plan says.
  ///
  /// - Throws: where instants are of a zone in one and of none in the other.
  package func follow(_ planned: PlannedHandOver?, type: LogicalType) throws(LayoutError) {
    if profile.type != type {
      let isText = profile.type.domain == .bytes && type.domain == .bytes
      if isText || profile.valueCount == 0 {
        profile.type = type
        values?.type = type
      } else if case .timestamp(_, let zone?) = type,
        case .timestamp(let unit, zone: _?) = profile.type
      {
        // Text says which instants, and the plan of which zone.
        profile.type = .timestamp(unit: unit, zone: zone)
        values?.type = profile.type
      } else if case .timestamp(_, let zone) = type, case .timestamp = profile.type {
        throw LayoutError(
          column: profile.name, row: values?.firstValueRow, layout: type.description,
          problem: .init(
            message: zone == nil
              ? "the instant has a zone, the plan's have none"
              : "the instant has no zone, the plan's have \(zone ?? "")",
            remedy:
              "\(Sentence.newPlan), or mend the file")
        )
      }
    }
    values?.planned = planned
  }
}
