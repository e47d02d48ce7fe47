import Columnar
import TestSupport
import Testing

/// How integers are spread follows from them alone, wherever they were cut; and what windows leave out is
/// counted exactly.
struct IntegerSpreadLawTests {
  private static func integers(using generator: inout SeededGenerator) -> [Int64] {
    let limit = Int64.max >> Int64.random(in: 0...62, using: &generator)
    let base = [0, -limit, limit / 3].randomElement(using: &generator)!
    return (0..<Int.random(in: 0...60, using: &generator)).map { row in
      switch row % 20 {
      case 3: Int64.random(in: -limit...limit, using: &generator)
      case 4: [Int64.min, -1, 0, 15, 16, Int64.max].randomElement(using: &generator)!
      default: base / 2 + Int64.random(in: 0...min(limit / 4, 40), using: &generator)
      }
    }
  }

  private static func added(_ values: ArraySlice<Int64>, hasNulls: Bool) -> IntegerSpread {
    var spread = IntegerSpread()
    guard let least = values.min(), let greatest = values.max() else { return spread }
    // What stands in null rows is anything.
    let rows = hasNulls ? values.flatMap { [Int64.min, $0] } : Array(values)
    let validity = [UInt64](repeating: 0xAAAA_AAAA_AAAA_AAAA, count: 2)
    spread.add(rows, count: rows.count, validity: hasNulls ? validity : nil, in: least...greatest)
    return spread
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func theCutIsNotSeen(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let values = Self.integers(using: &generator)
    let cut = Int.random(in: 0...values.count, using: &generator)
    let whole = IntegerSpread(values.shuffled(using: &generator))
    var joined = Self.added(values[cut...], hasNulls: true)
    joined.formUnion(Self.added(values[..<cut], hasNulls: false))
    #expect(joined == whole, "seed \(seed), cut at \(cut): \(values)")
    #expect(whole.count == values.count, "seed \(seed)")
    var writer = ProfileWriter()
    writer.write(whole)
    var reader = ProfileReader(writer.bytes)
    #expect(try IntegerSpread(from: &reader) == whole, "seed \(seed)")
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func windowsLeaveOutWhatIsNotHeld(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let values = Self.integers(using: &generator)
    guard let least = values.min(), let greatest = values.max() else { return }
    let spread = IntegerSpread(values)
    for window in spread.windows(below: 63, of: least...greatest) {
      let held = IntegerSpread.held(from: window.base, bits: window.bits, of: least...greatest)
      let origin: Comment = "seed \(seed): \(window) of \(values)"
      #expect(values.count { held?.contains($0) != true } == window.outsideCount, origin)
      for value in [held?.lowerBound, held?.upperBound].compactMap(\.self) {
        let offset = Int128(value) - Int128(window.base)
        #expect(offset >= 0 && offset < 1 << Int128(window.bits), origin)
      }
      // Whatever the base.
      let base = values.randomElement(using: &generator)! &- 5
      let other = IntegerSpread.held(from: base, bits: window.bits, of: least...greatest)
      #expect(
        spread.outsideCount(from: base, bits: window.bits, of: least...greatest)
          == values.count { other?.contains($0) != true }, "\(origin), from \(base)")
    }
  }

  /// Few of many lie far out: the window that has the rest is found, though it begins and ends with ranges.
  @Test func theBestWindowIsFound() {
    let values = (0..<1000).map { Int64($0 % 100 + 1000) } + [-70_000, 1 << 40]
    let windows = IntegerSpread(values).windows(below: 41, of: -70_000...1 << 40)
    #expect(windows.first { $0.outsideCount == 2 }?.bits == 8)
  }
}
