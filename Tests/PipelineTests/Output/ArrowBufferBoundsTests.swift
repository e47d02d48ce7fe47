import Columnar
import Testing

@testable import ArrowFormat
@testable import ParquetFormat

/// Buffers that say something else than the array's metadata are refused to the byte. Reading a few
/// bytes past one would do no harm that a test could see otherwise.
struct ArrowBufferBoundsTests {
  private static func buffer<Element>(_ elements: [Element]) -> Buffer {
    elements.withUnsafeBytes { bytes in
      let buffer = Buffer(uninitializedByteCount: bytes.count)
      UnsafeMutableRawBufferPointer(start: buffer.base, count: bytes.count).copyMemory(from: bytes)
      return buffer
    }
  }

  private static func reader(
    _ type: ArrowType, rows: Int, _ buffers: [Buffer], storage: ArrowStorage = .usual,
    codeBits: Int? = nil
  ) -> ArrowArrayReader {
    ArrowArrayReader(
      field: ArrowField(
        name: "a", type: type,
        dictionary: codeBits.map { ArrowField.Dictionary(id: 0, codeBits: $0) }, storage: storage),
      rowCount: rows, buffers: buffers, origin: ArrowArrayOrigin(name: "test.arrow"))
  }

  private static var noNulls: ArrowNulls { ArrowNulls(validity: nil) }
  private static let nothing = buffer([UInt8]())

  private static func fits(_ reader: ArrowArrayReader) -> Bool {
    (try? reader.values(noNulls)) != nil
  }

  @Test(arguments: [8, 16, 32, 64])
  func integers(bits: Int) {
    for (missing, isRead) in [(0, true), (1, false)] {
      let values = Self.buffer([UInt8](repeating: 1, count: 9 * bits / 8 - missing))
      let reader = Self.reader(
        .integer(bits: bits, isSigned: true), rows: 9, [Self.nothing, values])
      #expect(Self.fits(reader) == isRead)
    }
  }

  @Test func bitmaps() throws {
    for (byteCount, isRead) in [(2, true), (1, false)] {
      let bitmap = Self.buffer([UInt8](repeating: 0xFF, count: byteCount))
      let reader = Self.reader(.boolean, rows: 9, [bitmap, bitmap])
      #expect(((try? reader.nulls(stated: nil)) != nil) == isRead)
      #expect(Self.fits(reader) == isRead)
    }
  }

  @Test(arguments: [
    ([0, 1, 3] as [UInt32], true), ([0, 1, 4], false), ([0, 2, 1], false), ([3, 1, 3], false),
    ([0, 3], false), ([0, 1, .max], false),
  ])
  func textOffsets(_ offsets: [UInt32], _ isRead: Bool) {
    let text = Self.buffer(Array("abc".utf8))
    let plain = Self.reader(.utf8, rows: 2, [Self.nothing, Self.buffer(offsets), text])
    #expect(Self.fits(plain) == isRead)
    let large = Self.reader(
      .utf8, rows: 2, [Self.nothing, Self.buffer(offsets.map { UInt64($0) }), text],
      storage: .largeOffsets)
    #expect(Self.fits(large) == isRead)
  }

  /// Views into a buffer of 20 bytes.
  @Test(
    arguments: [
      (20, 0, 0, true), (13, 7, 0, true), (13, 8, 0, false), (21, 0, 0, false), (13, 0, 1, false),
      (13, -1, 0, false), (13, 0, -1, false), (-1, 0, 0, false), (12, 99, 99, true),
    ] as [(Int32, Int32, Int32, Bool)])
  func views(length: Int32, start: Int32, number: Int32, isRead: Bool) {
    let text = Self.buffer([UInt8](repeating: 0x61, count: 20))
    // The four bytes behind the length are the first of the text.
    let view = Self.buffer([length, 0x6161_6161, number, start])
    let reader = Self.reader(.utf8, rows: 1, [Self.nothing, view, text], storage: .views)
    #expect(Self.fits(reader) == isRead)
  }

  @Test func codes() throws {
    let isNull = Self.buffer([0b101 as UInt8])
    let nulls = ArrowNulls(validity: UnsafePointer(isNull.pointer(as: UInt8.self)))
    for (codes, isRead) in [
      ([0, 3, 2] as [Int8], true), ([0, -1, 2], true), ([3, 0, 2], false), ([0, 0, -1], false),
    ] {
      let reader = Self.reader(.utf8, rows: 3, [isNull, Self.buffer(codes)], codeBits: 8)
      #expect(((try? reader.codes(below: 3, nulls)) != nil) == isRead, "\(codes)")
    }
    withExtendedLifetime(isNull) {}
  }

  /// Levels and codes of Parquet: a run whose value has more bits than there are.
  @Test(arguments: [(1, 0, true), (1, 1, true), (1, 2, false), (3, 7, true), (3, 8, false)])
  func runs(width: Int, value: UInt8, isRead: Bool) throws {
    let page = Self.buffer(
      [2 << 1, value] + [UInt8](repeating: 0, count: PageCursor.slackByteCount))
    var cursor = PageCursor(page.base, count: 2)
    var values: [UInt32] = [99, 99]
    let decoder = try HybridDecoder(width: width)
    #expect(((try? decoder.read(&cursor, count: 2, to: &values)) != nil) == isRead)
    if isRead { #expect(values == [UInt32(value), UInt32(value)]) }
    withExtendedLifetime(page) {}
  }
}
