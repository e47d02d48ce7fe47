/// Blocks of pandas are a matter of the whole file, and not written.
extension SourceFacts: ProfilePart {
  private static var tallies: [WritableKeyPath<NullWordTallies, NullWordTallies.Tally>] {
    [\.common, \.none, \.pandasOnly, \.codes, \.lowercaseNaN, \.nan]
  }

  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    self.init()
    fieldCount = try reader.readCount()
    emptyCount = try reader.readCount()
    quotedEmptyCount = try reader.readCount()
    byteCount = try reader.readCount()
    longByteCount = try reader.readCount()
    pythonIntegerByteCount = try reader.readCount()
    shapes = FieldShapes(rawValue: UInt32(try reader.readCount(Int(UInt32.max))))
    if try reader.readFlag() {
      minimumInteger = try reader.readInt128()
      maximumInteger = try reader.readInt128()
    }
    guard try reader.readFlag() else { return }
    for tally in Self.tallies {
      words[keyPath: tally] = .init(
        count: try reader.readCount(), byteCount: try reader.readCount())
    }
  }

  package func write(to writer: inout ProfileWriter) {
    for count in [
      fieldCount, emptyCount, quotedEmptyCount, byteCount, longByteCount, pythonIntegerByteCount,
      Int(shapes.rawValue),
    ] {
      writer.write(count: count)
    }
    let hasIntegers = minimumInteger <= maximumInteger
    writer.write(hasIntegers)
    if hasIntegers {
      writer.write(minimumInteger)
      writer.write(maximumInteger)
    }
    writer.write(words != NullWordTallies())
    guard words != NullWordTallies() else { return }
    for tally in Self.tallies {
      writer.write(count: words[keyPath: tally].count)
      writer.write(count: words[keyPath: tally].byteCount)
    }
  }
}
