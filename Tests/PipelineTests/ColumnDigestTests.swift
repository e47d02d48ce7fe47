import Columnar
import Testing

/// The digest is what the documentation of `ColumnDigest` says, byte for byte.
struct ColumnDigestTests {
  /// XXH3-128 of some bytes, sixteen bytes with the most significant first.
  private func hash(_ bytes: [UInt8], _ algorithm: DigestAlgorithm = .xxh3) -> [UInt8] {
    let hash = ByteHash(algorithm)
    hash.add(bytes, bytes.count)
    return hash.digest
  }

  private func counted(_ bytes: [UInt8]) -> [UInt8] { littleEndian(bytes.count, 8) + bytes }

  private func littleEndian(_ number: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  private func column(_ sample: SampleValues, _ encoding: String) throws -> Column {
    try #require(sample.columns().first { $0.layout.encoding == encoding })
  }

  @Test func numbersWithNulls() throws {
    let count = 70_000
    let values = (0..<count).map { $0 % 7 == 0 ? nil : Int64($0 % 1000) as Int64? }
    let sample = SampleValues(
      name: "n", type: .integer, values: .integers(values, isUnsigned: false))
    let blocks = [0..<65_536, 65_536..<count].flatMap { rows -> [UInt8] in
      var bitmap = [UInt8](repeating: 0, count: (rows.count + 7) / 8)
      for (index, row) in rows.enumerated() where values[row] != nil {
        bitmap[index / 8] |= 1 << (index % 8)
      }
      let numbers = rows.flatMap { littleEndian(Int(values[$0] ?? 0), 2) }
      return hash(counted(numbers) + counted(bitmap) + counted([]))
    }
    #expect(
      try column(sample, "integer").digest == hexadecimal(hash(littleEndian(count, 8) + blocks)))
  }

  @Test func text() throws {
    let count = 65_537
    let values = (0..<count).map { Array("row \($0 % 300)".utf8) as [UInt8]? }
    let sample = SampleValues(name: "t", type: .string, values: .text(values))
    let blocks = [0..<65_536, 65_536..<count].flatMap { rows -> [UInt8] in
      var offsets = littleEndian(0, 4)
      var bytes: [UInt8] = []
      for row in rows {
        bytes += values[row]!
        offsets += littleEndian(bytes.count, 4)
      }
      return hash(counted(bytes) + counted([]) + counted(offsets))
    }
    #expect(
      try column(sample, "utf8").digest == hexadecimal(hash(littleEndian(count, 8) + blocks)))
  }

  @Test func dictionarySequenceAndConstant() throws {
    let few = SampleValues(
      name: "f", type: .integer, values: .integers([7, 300, 7], isUnsigned: false))
    let codes = hash(counted([0, 1, 0]) + counted([]) + counted([]))
    let entries = hash(
      littleEndian(2, 8)
        + hash(counted(littleEndian(7, 2) + littleEndian(300, 2)) + counted([]) + counted([])))
    let dictionary = try #require(
      few.columns().first {
        $0.layout.encoding == "dictionary" && $0.layout.values?.first?.encoding == "integer"
      })
    #expect(dictionary.digest == hexadecimal(hash(littleEndian(3, 8) + codes + entries)))

    let sequence = SampleValues(
      name: "s", type: .integer, values: .integers([5, 8, 11], isUnsigned: false))
    let numbers = hash(
      counted(littleEndian(5, 8) + littleEndian(3, 8)) + counted([]) + counted([]))
    #expect(
      try column(sequence, "sequence").digest == hexadecimal(hash(littleEndian(3, 8) + numbers)))

    let constant = SampleValues(
      name: "c", type: .integer, values: .integers([9, nil, 9], isUnsigned: false))
    let bitmap = hash(counted([]) + counted([0b101]) + counted([]))
    let value = hash(littleEndian(1, 8) + hash(counted([9]) + counted([]) + counted([])))
    #expect(
      try column(constant, "constant").digest
        == hexadecimal(hash(littleEndian(3, 8) + bitmap + value)))
  }

  @Test func sha256IsThatOfSha256sum() {
    #expect(
      hexadecimal(hash([], .sha256))
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      hexadecimal(hash(Array("abc".utf8), .sha256))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    // In parts, and asked for on the way: the same.
    let parts = ByteHash(.sha256)
    for byte in Array("abc".utf8) {
      parts.add([byte], 1)
      _ = parts.digest
    }
    #expect(parts.digest == hash(Array("abc".utf8), .sha256))
  }

  @Test func columnsHaveTheSameFormInSHA256() throws {
    let sample = SampleValues(
      name: "t", type: .string,
      values: .text(["b", "a", "b", nil].map { $0.map { Array($0.utf8) } }))
    let bitmap = counted([0b0111])
    let block = hash(
      counted(Array("bab".utf8)) + bitmap
        + counted([0, 1, 2, 3, 3].flatMap { littleEndian($0, 4) }), .sha256)
    #expect(
      try column(sample, "utf8").digest(.sha256)
        == hexadecimal(hash(littleEndian(4, 8) + block, .sha256)))
  }
}
