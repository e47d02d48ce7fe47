import Foundation
import Testing

@testable import Columnar
@testable import Engines
@testable import MemoryDiet
@testable import TabularDiet

/// Integers with room: which widths there are, and what the room leaves as it is.
@Suite struct IntegerRoomTests {
  @Test func marginsAreFactors() {
    let factors = [
      ("1", "1x"), ("2x", "2x"), ("1.5", "1.5x"), ("01.250x", "1.25x"), ("1.001", "1.001x"),
      ("1000000", "1000000x"), ("3.000", "3x"),
    ]
    for (text, description) in factors {
      #expect(Margin(text)?.description == description, "\(text)")
      #expect(Margin(description) == Margin(text), "\(text)")
    }
    let wrong = [
      "", "x", "0", "0.999", "-2", "+2", "2xx", "x2", "1.", ".5", "1.0001", "1e3", "1,5", "2 x",
      "1000000.001", "1000001", "99999999999999999999", "nan", "inf", "٣",
    ]
    for text in wrong { #expect(Margin(text) == nil, "\(text)") }
  }

  /// By counting in thousandths, at the ends of every width.
  @Test func widthsHoldTheMargin() {
    let ends: [Int128] = [7, 8, 15, 16, 31, 32, 63, 64].flatMap { bits in
      [-1, 0, 1].map { (Int128(1) << bits) + $0 }
    }
    for (text, factor) in [
      ("1", 1000), ("1.001", 1001), ("1.5x", 1500), ("2x", 2000), ("100", 100_000),
    ] {
      for end in ends + ends.map({ $0 * 1000 / Int128(factor) }) {
        for least in IntegerRoom.widths {
          let room = IntegerRoom(margin: Margin(text)!, minimumBits: least)
          for (range, isSigned) in [(0...end, true), (-end...1, true), (0...end, false)] {
            let bits = room.bits(for: range, isSigned: isSigned)
            let fits = IntegerRoom.widths.filter { width in
              let limits = Int128.range(bits: width, isSigned: isSigned)
              return width >= least
                && range.lowerBound * Int128(factor) >= limits.lowerBound * 1000
                && range.upperBound * Int128(factor) <= limits.upperBound * 1000
            }
            #expect(bits == fits.first ?? 64, "\(text), \(least), \(range), \(isSigned)")
          }
        }
      }
    }
  }

  /// 32 bits that are to hold sums are 64 where all rows might add up to more, and only then.
  @Test func thirtyTwoBitsHoldSums() {
    let room = IntegerRoom(holdsSums: true)
    let limit = Int128(Int32.max)
    for (range, count, isSigned, bits) in [
      (0...limit, 1, true, 32), (0...limit, 2, true, 64), (0...limit, 2, false, 32),
      (0...2 * limit, 1, false, 32), (0...2 * limit, 2, false, 64),
      (-40_000...40_000, 53_687, true, 32), (-40_000...40_000, 53_688, true, 64),
      (0...100, 1 << 40, true, 8), (0...30_000, 1 << 40, true, 16),
    ] as [(ClosedRange<Int128>, Int, Bool, Int)] {
      #expect(
        room.bits(for: range, valueCount: count, isSigned: isSigned) == bits, "\(range), \(count)")
    }
    #expect(IntegerRoom.none.bits(for: 0...limit, valueCount: 9, isSigned: true) == 32)
  }

  @Test func policiesAndLayoutsAreSaved() throws {
    let room = IntegerRoom(margin: Margin("1.5x")!, minimumBits: 16, holdsSums: true)
    let policy = LayoutPolicy(allowsUnsigned: true, room: room)
    let json = try JSONEncoder().encode(policy)
    #expect(try JSONDecoder().decode(LayoutPolicy.self, from: json) == policy)
    for wrong in [#""margin":"0.5x""#, #""margin":"much""#, #""minimumBits":12"#] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(
          LayoutPolicy.self, from: Data("{\"allowsUnsigned\":false,\(wrong)}".utf8))
      }
    }
    var layout = Layout(encoding: "integer", width: 1)
    #expect(layout.isSound(for: .integer))
    layout.minimumBits = 12
    #expect(!layout.isSound(for: .integer))
  }

  /// Room widens integers that are stored plain; all else in memory stays, and is wider elsewhere.
  @Test func roomIsNoReasonForAnotherLayout() throws {
    let rows = (0..<400).map { row in
      "\(row % 90),\(5_000_000 + row % 97),\(row),7,\([70_000, 33][row * row % 2]),\(row % 7).50,x"
    }
    let text = "plain,far,counts,same,few,price,word\n" + rows.joined(separator: "\n") + "\n"
    let table = try load(text)
    let policy = LayoutPolicy(room: IntegerRoom(minimumBits: 64))
    for column in table.columns {
      let snug = Recommendation(for: column.profile)
      let roomy = Recommendation(for: column.profile, policy: policy)
      let name = column.profile.name
      #expect(roomy.layout.encoding == snug.layout.encoding, "\(name)")
      let handed = HandedColumn(column.profile, layout: roomy.layout)
      if column.profile.type == .integer {
        #expect(handed.typing.type == .integer(bits: 64, isSigned: true), "\(name)")
        #expect(roomy.reason.contains("room asked for"), "\(name)")
        if name == "plain" {
          #expect(roomy.layout.width == 8 && snug.layout.width == 1)
        } else {
          #expect(roomy.footprint == snug.footprint, "\(name)")
        }
      } else {
        #expect(roomy.layout == snug.layout && roomy.reason == snug.reason, "\(name)")
      }
    }
    #expect(Set(table.columns.map { Recommendation(for: $0.profile).layout.encoding }).count >= 5)
  }
}
