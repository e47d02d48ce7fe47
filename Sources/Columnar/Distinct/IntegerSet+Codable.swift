/// What is known of the values: in ascending order as long as they are counted, then their sketch. A set
/// of the same values has the same form, whatever order they came in.
extension IntegerSet: Codable {
  private enum CodingKeys: String, CodingKey {
    case purpose
    /// The first value, and for each other the difference from the one before it.
    case values
    case sketch
    case isOverfull = "is_overfull"
    case isForeseen = "is_foreseen"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let purpose = try container.decode(Purpose.self, forKey: .purpose)
    let isForeseen = try container.decodeIfPresent(Bool.self, forKey: .isForeseen) ?? false
    guard container.contains(.values) else {
      self.init(
        purpose: purpose,
        sketch: try container.decodeIfPresent(DistinctSketch.self, forKey: .sketch),
        isOverfull: try container.decodeIfPresent(Bool.self, forKey: .isOverfull) ?? false,
        isForeseen: isForeseen)
      return
    }
    self.init(purpose: purpose)
    var list = try container.nestedUnkeyedContainer(forKey: .values)
    guard !list.isAtEnd else { return }
    var values = [try list.decode(Int64.self)]
    values.reserveCapacity(list.count ?? 1)
    while !list.isAtEnd {
      let last = values[values.count - 1]
      let step = try list.decode(UInt64.self)
      guard step > 0, step <= UInt64(bitPattern: .max &- last) else {
        throw DecodingError.dataCorruptedError(
          in: list, debugDescription: "The values do not ascend within 64 bits.")
      }
      values.append(last &+ Int64(bitPattern: step))
    }
    let (low, high) = (values[0], values[values.count - 1])
    values.withUnsafeBufferPointer {
      insert(
        $0.baseAddress.unsafelyUnwrapped, count: $0.count, validity: nil, low: low,
        range: UInt64(bitPattern: high &- low))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(purpose, forKey: .purpose)
    if isForeseen { try container.encode(true, forKey: .isForeseen) }
    switch form {
    case .empty, .bitmap, .table:
      var list = container.nestedUnkeyedContainer(forKey: .values)
      var last: Int64?
      for value in unsortedValues.sorted() {
        if let last {
          try list.encode(UInt64(bitPattern: value &- last))
        } else {
          try list.encode(value)
        }
        last = value
      }
    case .sketch: try container.encodeIfPresent(sketch, forKey: .sketch)
    case .abandoned: if isOverfull { try container.encode(true, forKey: .isOverfull) }
    }
  }
}
