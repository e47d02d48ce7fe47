/// The bytes that a column holds in memory, by purpose.
///
/// Bytes are counted, never estimated: the formula of an encoding and the buffers that it makes
/// give the same footprint. A dictionary that several columns share is charged to the first.
public struct Footprint: Hashable, Sendable, Codable {
  /// The values themselves, or the codes that stand for them.
  public var values = 0
  /// The bitmap that says which rows have a value, or the places of those that have none.
  public var validity = 0
  /// Where each string starts.
  public var offsets = 0
  /// The distinct values of a dictionary, with their own offsets.
  public var dictionary = 0
  /// What rounds each buffer up to 64 bytes.
  public var padding = 0

  /// The bytes of all purposes together.
  public var total: Int { values + validity + offsets + dictionary + padding }

  /// No bytes.
  public init() {}

  /// Adds a buffer of `byteCount` bytes for the purpose `purpose`.
  package mutating func add(_ byteCount: Int, to purpose: WritableKeyPath<Footprint, Int>) {
    self[keyPath: purpose] += byteCount
    padding += Buffer.allocatedByteCount(for: byteCount) - byteCount
  }

  /// The bytes of both, purpose by purpose.
  public static func + (a: Footprint, b: Footprint) -> Footprint {
    var sum = a
    sum.values += b.values
    sum.validity += b.validity
    sum.offsets += b.offsets
    sum.dictionary += b.dictionary
    sum.padding += b.padding
    return sum
  }

  /// So many times these bytes, where they are foretold.
  package func scaled(by factor: Double) -> Footprint {
    var result = self
    for purpose in [\Footprint.values, \.validity, \.offsets, \.dictionary, \.padding] {
      result[keyPath: purpose] = Int((Double(self[keyPath: purpose]) * factor).rounded())
    }
    return result
  }

  /// This footprint as the dictionary of a column: all of its parts but the padding are charged
  /// to `dictionary`.
  package var asDictionary: Footprint {
    var result = Footprint()
    result.dictionary = values + validity + offsets + dictionary
    result.padding = padding
    return result
  }
}
