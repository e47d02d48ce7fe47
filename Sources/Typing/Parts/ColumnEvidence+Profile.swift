package import Columnar

/// Evidence as a file has it: the same bytes for the same rows, wherever the column was cut and in
/// whatever order its parts were joined, once its type is settled.
///
/// What chunks showed is joined by families of kinds, sets are in ascending order, and the strings of all
/// threads are one list. So the cut is not seen, and evidence that is read back goes on as if it had not
/// been written: parts that are read and joined give what the parts gave.
extension ColumnEvidence: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    self.init(purpose: .report)
    kinds = try reader.readArray(of: KindEvidence.self)
    guard zip(kinds, kinds.dropFirst()).allSatisfy({ $0.kind.code < $1.kind.code }) else {
      throw reader.fault("the kinds do not ascend")
    }
    // Called by their types: through the protocol each would be copied once more.
    affixes = try AffixEvidence(from: &reader)
    order = try OrderEvidence(from: &reader)
    spread = try reader.readOptional()
    source = try SourceFacts(from: &reader)
    distinct = try DistinctEvidence(from: &reader)
    if try reader.readFlag() { floats = try FloatFacts(from: &reader) }
    if try reader.readFlag() { words = try WordEvidence(from: &reader) }
    if try reader.readFlag() { outermost = try OutermostValues(from: &reader) }
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(kinds.joinedByFamily)
    writer.write(affixes.simplified)
    writer.write(order)
    writer.write(spread)
    writer.write(source)
    writer.write(distinct)
    writer.write(kinds.contains { $0.kind == .float } ? floats : nil)
    var words = WordEvidence.joined(texts)
    if let more = self.words {
      words?.formUnion(more)
      words = words ?? more
    }
    writer.write(words)
    writer.write(outermost)
  }
}

extension KindEvidence: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    self.init(try reader.read(FieldKind.self))
    rowCount = try reader.readCount()
    nullCount = try reader.readCount()
    nullWords = try reader.readWord()
    guard nullCount <= rowCount, kind != .null || nullCount == rowCount else {
      throw reader.fault("there are other rows without a value")
    }
    if kind == .null { return }
    facts = FieldFacts(rawValue: try reader.readWord())
    if try reader.readFlag() {
      minimum = try reader.readInteger(of: kind)
      maximum = try reader.readInteger(of: kind)
    }
    guard minimum <= maximum || valueCount == 0 else {
      throw reader.fault("values have no extremes")
    }
    let mostDigits = kind.family == .number ? FieldKind.maximumScale : 1 << 28
    maximumDigits = try reader.readCount(mostDigits)
    minimumDigits = try reader.readFlag() ? try reader.readCount(mostDigits) : .max
    hasUntoldDigits = try reader.readFlag()
    for _ in 0..<(try reader.readCount(1 << 10)) { styles.insert(Int(try reader.readInt64())) }
    guard kind != .ambiguousDate || styles.isSubset(of: AmbiguousDateSyntax.styles) else {
      throw reader.fault("dates are written in no known way")
    }
    someFormats = try reader.readWord()
    allFormats = try reader.readWord()
    hasTold = try reader.readFlag()
    hasUntold = try reader.readFlag()
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(kind)
    writer.write(count: rowCount)
    writer.write(count: nullCount)
    writer.write(nullWords)
    if kind == .null { return }
    writer.write(facts.rawValue)
    writer.write(minimum <= maximum)
    if minimum <= maximum {
      writer.write(minimum)
      writer.write(maximum)
    }
    writer.write(count: maximumDigits)
    writer.write(minimumDigits < .max)
    if minimumDigits < .max { writer.write(count: minimumDigits) }
    writer.write(hasUntoldDigits)
    writer.write(count: styles.count)
    for style in styles.sorted() { writer.write(Int64(style)) }
    writer.write(someFormats)
    writer.write(allFormats)
    writer.write(hasTold)
    writer.write(hasUntold)
  }
}

extension FieldKind: ProfilePart {
  /// Whether some chunk may have had an integer that is this one in units of the kind: it had 64 bits, in
  /// the coarsest unit that such values are read in.
  func mayHold(_ value: Int128) -> Bool {
    let finest: Int64 =
      switch self {
      case .decimal(let scale): powersOfTen[scale]
      case .time(let unit), .duration(let unit): unit.perSecond
      case .timestamp(let unit): 86_400 * unit.perSecond
      default: 1
      }
    return value.magnitude <= UInt128(UInt64.max) * UInt128(finest)
  }

  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    let code = try reader.readCount()
    guard let kind = FieldKind(code: code) else { throw reader.fault("\(code) is no kind") }
    self = kind
  }

  package func write(to writer: inout ProfileWriter) { writer.write(count: code) }
}

extension ProfileReader {
  /// An integer of `kind` that can be counted in any finer unit.
  mutating func readInteger(of kind: FieldKind) throws(ProfileFault) -> Int128 {
    let value = try readInt128()
    guard kind.mayHold(value) else { throw fault("no chunk of \(kind) has the value \(value)") }
    return value
  }
}
