import Columnar
import TestSupport
import Testing

/// Chunks that are held in few bytes until their column is made.
struct PackedChunkTests {
  private static let rowCounts = [0, 1, 7, 1023, 1024, 1025, 3000]

  /// Numbers of every width, and of every number of bits.
  @Test(arguments: [1, 2, 4, 8])
  func numbersReadBack(width: Int) throws {
    var generator = SeededGenerator(seed: UInt64(width))
    for bits in 0...width * 8 {
      for count in Self.rowCounts {
        let limit = bits == 64 ? UInt64.max : 1 << UInt64(bits) - 1
        let numbers = (0..<count).map { _ in UInt64.random(in: 0...limit, using: &generator) }
        var slabs = SlabWriter(initialCapacity: 4096)
        let offsets = slabs.allocate(count * width)
        for (row, number) in numbers.enumerated() {
          withUnsafeBytes(of: number.littleEndian) {
            (offsets.base + row * width).copyMemory(from: $0.baseAddress!, byteCount: width)
          }
        }
        var integers = IntegerChunk(base: -3, width: width, offsets: offsets)
        integers.multiplier = 1000
        let chunk = ColumnChunk(
          rowCount: count, nullCount: 0, validity: nil, values: .integers(integers))
        let read = Self.readBack(chunk, &slabs)
        guard case .integers(let again) = read?.values else {
          Issue.record("\(width) bytes, \(bits) bits, \(count) rows: no numbers")
          continue
        }
        #expect(
          (0..<count).allSatisfy { again.value(at: $0) == integers.value(at: $0) },
          "\(width) bytes, \(bits) bits, \(count) rows")
      }
    }
  }

  /// Text that LZ4 makes smaller and text that it does not, with lengths of one to four bytes.
  @Test(arguments: [false, true])
  func textReadsBack(compresses: Bool) throws {
    var generator = SeededGenerator(seed: 3)
    for longest in [0, 1, 30, 300, 70_000] {
      for count in [0, 1, 20, 1025] where longest * count < 1 << 24 {
        for letters in [UInt8(97)...97, 97...102, 0...255] {
          let texts = (0..<count).map { _ in
            (0..<Int.random(in: 0...longest, using: &generator)).map { _ in
              UInt8.random(in: letters, using: &generator)
            }
          }
          var slabs = SlabWriter(initialCapacity: 4096)
          let chunk = Self.chunk(texts, &slabs)
          let read = Self.readBack(chunk, &slabs, compressesText: compresses)
          #expect(
            (0..<count).allSatisfy { read?.text(at: $0).map(Array.init) == texts[$0] },
            "\(count) texts of up to \(longest) bytes, \(letters)")
        }
      }
    }
  }

  /// A long column of few different letters takes a fraction.
  @Test func packedTextIsSmaller() {
    let texts = (0..<8000).map { Array("the quick brown fox \($0 % 100)".utf8) }
    var (slabs, packed) = (SlabWriter(initialCapacity: 4096), SlabWriter(initialCapacity: 1 << 20))
    let start = packed.allocate(0).base
    _ = Self.chunk(texts, &slabs).packed(in: &packed, compressesText: true)
    #expect(packed.allocate(0).base - start < texts.count * 10)
  }

  private static func readBack(
    _ chunk: ColumnChunk, _ slabs: inout SlabWriter, compressesText: Bool = true
  ) -> ColumnChunk? {
    let values = ChunkedValues(
      name: "v", type: .integer, rowCount: chunk.rowCount, nullCount: 0,
      chunks: [chunk.packed(in: &slabs, compressesText: compressesText)])
    return values.chunks.first ?? nil
  }

  private static func chunk(_ texts: [[UInt8]], _ slabs: inout SlabWriter) -> ColumnChunk {
    let bytes = slabs.allocate(texts.reduce(0) { $0 + $1.count })
    let ends = slabs.allocate(texts.count * 4)
    var position = 0
    for (row, text) in texts.enumerated() {
      (bytes.base + position).copyMemory(from: text, byteCount: text.count)
      position += text.count
      ends.pointer(as: UInt32.self)[row] = UInt32(position)
    }
    return ColumnChunk(
      rowCount: texts.count, nullCount: 0, validity: nil,
      values: .text(TextChunk(bytes: bytes, ends: ends, byteCount: position)))
  }
}
