/// A string with a letter for each register, of the alphabet of base64: registers are below 64.
extension DistinctSketch: Codable {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    var ranks = [UInt8](repeating: .max, count: 256)
    for (rank, letter) in Self.alphabet.enumerated() { ranks[Int(letter)] = UInt8(rank) }
    let registers = try container.decode(String.self).utf8.map { ranks[Int($0)] }
    guard let sketch = DistinctSketch(registers: registers) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "These are not the registers of a sketch.")
    }
    self = sketch
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(String(decoding: registers.map { Self.alphabet[Int($0)] }, as: UTF8.self))
  }
}
