package import Columnar

extension AffixEvidence: ProfilePart {
  init(from reader: inout ProfileReader) throws(ProfileFault) {
    self.init()
    let first: AffixFacts? = try reader.readOptional()
    let place = Int(try reader.readInt64())
    self.init(
      first: first, place: first == nil ? .max : place, isMissingInPart: try reader.readFlag(),
      unitsDiffer: try reader.readFlag(), needsPoint: try reader.readFlag(),
      needsComma: try reader.readFlag(), differs: try reader.readFlag())
  }

  func write(to writer: inout ProfileWriter) {
    writer.write(first)
    writer.write(first == nil ? 0 : Int64(place))
    for fact in [isMissingInPart, unitsDiffer, needsPoint, needsComma, differs] {
      writer.write(fact)
    }
  }
}

extension AffixFacts: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    self.init()
    unit = Array(try reader.readBytes())
    isStrict = try reader.readFlag()
    isAffixed = try reader.readFlag()
    decimal = UInt8(try reader.readCount(255))
    needsPoint = try reader.readFlag()
    needsComma = try reader.readFlag()
    differs = try reader.readFlag()
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(unit)
    writer.write(isStrict)
    writer.write(isAffixed)
    writer.write(count: Int(decimal))
    for fact in [needsPoint, needsComma, differs] { writer.write(fact) }
  }
}

extension DistinctEvidence: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    let kind: FieldKind? = try reader.readOptional()
    let isComplete = try reader.readFlag()
    self.init(kind: kind, values: try IntegerSet(from: &reader), isComplete: isComplete)
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(kind)
    writer.write(isComplete)
    writer.write(values)
  }
}

extension FloatFacts: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    self.init()
    (minimum, maximum) = (try reader.readDouble(), try reader.readDouble())
    float32Error = try reader.readDouble()
    count = try reader.readCount()
    nanCount = try reader.readCount()
    fitsFloat32 = try reader.readFlag()
    hasNegativeZero = try reader.readFlag()
    isWhole = try reader.readFlag()
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(minimum)
    writer.write(maximum)
    writer.write(float32Error)
    writer.write(count: count)
    writer.write(count: nanCount)
    writer.write(fitsFloat32)
    writer.write(hasNegativeZero)
    writer.write(isWhole)
  }
}

/// The ends of each family of kinds, since which kinds chunks have depends on the cut.
extension OutermostValues: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    self.init()
    for _ in 0..<(try reader.readCount(1 << 10)) {
      let kind = try reader.read(FieldKind.self)
      var sides: [[Value]] = []
      for _ in 0..<2 {
        var side: [Value] = []
        for _ in 0..<(try reader.readCount(Self.limit)) {
          let value = try reader.readInteger(of: kind)
          let row = ChunkRow(ordinal: try reader.readCount(), row: try reader.readCount())
          side.append(Value(value: value, row: row))
        }
        sides.append(side)
      }
      add(kind, low: sides[0], high: sides[1])
    }
  }

  package func write(to writer: inout ProfileWriter) {
    var families: [FieldKind.Family: FieldKind] = [:]
    for kind in kinds {
      families[kind.family] = families[kind.family].map { $0.joined(with: kind) ?? $0 } ?? kind
    }
    writer.write(count: families.count)
    for kind in families.values.sorted(by: { $0.code < $1.code }) {
      writer.write(kind)
      let ends = joined(as: kind)
      for side in [ends.low, ends.high] {
        writer.write(count: side.count)
        for end in side {
          writer.write(end.value)
          writer.write(count: end.row.ordinal)
          writer.write(count: end.row.row)
        }
      }
    }
  }
}
