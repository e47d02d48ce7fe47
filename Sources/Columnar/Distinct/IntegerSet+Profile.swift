/// What is known of the values: in ascending order as long as they are counted, then their sketch. A set
/// of the same values has the same form, whatever order they came in.
extension IntegerSet: ProfilePart {
  private enum Written: UInt64 { case values, sketch, abandoned, overfull }

  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    let purpose = try reader.read(Purpose.self)
    let isForeseen = try reader.readFlag()
    switch Written(rawValue: try reader.readWord()) {
    case .values: break
    case .sketch:
      self.init(
        purpose: purpose, sketch: try reader.read(DistinctSketch.self), isOverfull: false,
        isForeseen: isForeseen)
      return
    case .abandoned:
      self.init(purpose: purpose, sketch: nil, isOverfull: false, isForeseen: isForeseen)
      return
    case .overfull:
      self.init(purpose: purpose, sketch: nil, isOverfull: true, isForeseen: isForeseen)
      return
    case nil: throw reader.fault("the values are kept in no known way")
    }
    self.init(purpose: purpose, ascending: try reader.readAscendingIntegers())
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(purpose)
    writer.write(isForeseen)
    switch form {
    case .empty, .list, .bitmap, .table:
      writer.write(Written.values.rawValue)
      let values = form == .list ? unsortedValues : unsortedValues.sorted()
      writer.write(count: values.count)
      guard var last = values.first else { return }
      writer.write(last)
      for value in values.dropFirst() {
        writer.write(UInt64(bitPattern: value &- last))
        last = value
      }
    case .sketch:
      writer.write(Written.sketch.rawValue)
      writer.write(sketch ?? DistinctSketch())
    case .abandoned:
      writer.write((isOverfull ? Written.overfull : Written.abandoned).rawValue)
    }
  }
}

extension ProfileReader {
  /// Integers, each but the first as what it is more than the one before.
  fileprivate mutating func readAscendingIntegers() throws(ProfileFault) -> [Int64] {
    // Each takes a byte at least.
    let count = try readCount(restCount)
    guard count > 0 else { return [] }
    var last = try readInt64()
    var values: [Int64] = []
    values.reserveCapacity(count)
    values.append(last)
    for _ in 1..<count {
      let step = try readWord()
      guard step > 0, step <= UInt64(bitPattern: .max &- last) else {
        throw fault("the values do not ascend within 64 bits")
      }
      last &+= Int64(bitPattern: step)
      values.append(last)
    }
    return values
  }
}

extension IntegerSet.Purpose: ProfilePart {
  private static let written: [IntegerSet.Purpose] = [.layout, .report, .exactReport, .part]

  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    self = Self.written[try reader.readCount(Self.written.count - 1)]
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(count: Self.written.firstIndex(of: self) ?? 0)
  }
}

/// A byte for each register.
extension DistinctSketch: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    guard let sketch = DistinctSketch(registers: Array(try reader.readBytes())) else {
      throw reader.fault("these are not the registers of a sketch")
    }
    self = sketch
  }

  package func write(to writer: inout ProfileWriter) { writer.write(registers) }
}
