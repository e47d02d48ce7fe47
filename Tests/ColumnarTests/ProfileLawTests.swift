import Columnar
import TestSupport
import Testing

/// A profile that is made from a column's values knows what the reader would have learned of them.
struct ProfileLawTests {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func valuesHaveOneProfileInEveryLayout(seed: UInt64) throws {
    try EncodingLawTests.forEachOffer(seed: seed) { offer, generator in
      var chunks = offer.column.chunks(
        cuts: offer.column.cuts(using: &generator), using: &generator)
      let column = try offer.encoding.encode(&chunks, layout: offer.layout)
      let frame = try DataFrame([column])
      #expect(frame.profiles[0].knowsValues == (column.nullCount == column.count), "\(offer)")
      let found = frame.profiled().profiles[0]
      if column.nullCount == column.count { return }
      let expected = offer.profile
      #expect(found.integers == expected.integers, "\(offer)")
      #expect(found.dictionaryCount == expected.dictionaryCount, "\(offer)")
      if let floats = found.floats, let known = expected.floats {
        #expect(floats.minimum == known.minimum && floats.maximum == known.maximum, "\(offer)")
        #expect(floats.nanCount == known.nanCount, "\(offer)")
        #expect(floats.fitsFloat32 == known.fitsFloat32, "\(offer)")
      }
      if let text = found.text, let known = expected.text {
        #expect(text.byteCount == known.byteCount, "\(offer)")
        #expect(text.minimumLength == known.minimumLength, "\(offer)")
        #expect(text.maximumLength == known.maximumLength, "\(offer)")
        #expect(text.distinctByteCount == known.distinctByteCount, "\(offer)")
        #expect(text.forms == known.forms, "\(offer)")
        #expect(text.digits == known.digits, "\(offer)")
      }
      #expect(found.knowsValues, "\(offer)")
      #expect((found.text == nil) == (column.type.domain != .bytes), "\(offer)")
    }
  }

  @Test func whatIsKnownStays() {
    let column = Column("n", integers: [1, 2, nil])
    var known = ColumnProfile(valuesOf: column)
    known.notes = [Note(.spellingVaries, "read from a file")]
    let frame = DataFrame(columns: [column], profiles: [known], rowCount: 3)
    #expect(frame.profiled().profiles[0].notes == known.notes)
  }
}
