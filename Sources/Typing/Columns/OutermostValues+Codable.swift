import Columnar

/// The ends of each family of kinds, since which kinds chunks have depends on the cut.
extension OutermostValues: Codable {
  private struct Part: Codable {
    var kind: FieldKind
    var low: [Place]
    var high: [Place]
  }

  private struct Place: Codable {
    var value: CodedInteger
    var ordinal: Int
    var row: Int

    init(_ end: Value) {
      value = CodedInteger(end.value)
      (ordinal, row) = (end.row.ordinal, end.row.row)
    }

    var decoded: Value {
      Value(value: value.value, row: ChunkRow(ordinal: ordinal, row: row))
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    self.init()
    for part in try container.decode([Part].self) {
      guard (part.low + part.high).allSatisfy({ part.kind.mayHold($0.value.value) }) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "No chunk of \(part.kind) has these values.")
      }
      add(part.kind, low: part.low.map(\.decoded), high: part.high.map(\.decoded))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var families: [FieldKind.Family: FieldKind] = [:]
    for kind in kinds {
      families[kind.family] = families[kind.family].map { $0.joined(with: kind) ?? $0 } ?? kind
    }
    let parts = families.values.sorted { $0.code < $1.code }.map { kind in
      let ends = joined(as: kind)
      return Part(kind: kind, low: ends.low.map(Place.init), high: ends.high.map(Place.init))
    }
    var container = encoder.singleValueContainer()
    try container.encode(parts)
  }
}
