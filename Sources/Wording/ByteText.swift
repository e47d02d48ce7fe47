/// Bytes for people: `512 B`, `12.3 kB`, `62.7 MB`, with 1 MB = 10^6 bytes.
package struct ByteText: CustomStringConvertible {
  package let description: String

  package init(_ byteCount: Int) {
    let unit = ByteUnit(for: byteCount, decimals: 1)
    description = "\(unit.text(byteCount)) \(unit.symbol)"
  }

  /// The same, `about` so many where they are foretold.
  package init(_ byteCount: Int, isForetold: Bool) {
    let text = ByteText(byteCount)
    description = isForetold ? "about \(text)" : "\(text)"
  }
}

/// One unit for all the byte counts of a table, so that they can be compared down the column.
package struct ByteUnit {
  package let symbol: String
  private let byteCount: Int
  private let decimals: Int

  /// The unit in which `largest` has at most three digits before the point, after rounding:
  /// 999,950 bytes are 1.0 MB, not 1000.0 kB.
  package init(for largest: Int, decimals: Int) {
    var size = 1
    let power = Self.symbols.indices.first { power in
      if power > 0 { size *= 1000 }
      return Self.rounded(largest, per: size, decimals).units < 1000
    }
    symbol = power.map { Self.symbols[$0] } ?? Self.symbols.last!
    byteCount = size
    self.decimals = size == 1 ? 0 : decimals
  }

  /// The unit for a column of cells of five characters.
  package init(forColumnUpTo largest: Int) {
    let coarse = ByteUnit(for: largest, decimals: 1)
    self = largest / coarse.byteCount >= 100 ? coarse : ByteUnit(for: largest, decimals: 2)
  }

  /// The number without its unit. What is there but too little to show is `<0.1`.
  package func text(_ byteCount: Int) -> String {
    guard byteCount > 0 else { return "0" }
    let (units, rest) = Self.rounded(byteCount, per: self.byteCount, decimals)
    if decimals == 0 { return CountText(units).description }
    let fraction = String(rest)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    if units == 0, rest == 0 { return "<0." + String(repeating: "0", count: decimals - 1) + "1" }
    return "\(CountText(units)).\(zeros)\(fraction)"
  }

  private static let symbols = ["B", "kB", "MB", "GB", "TB", "PB"]

  /// Whole units, and the decimals after the point as an integer; halves round up.
  private static func rounded(_ byteCount: Int, per size: Int, _ decimals: Int)
    -> (units: Int, rest: Int)
  {
    let scale = size == 1 ? 1 : (0..<decimals).reduce(1) { power, _ in power * 10 }
    let scaled = (Int128(byteCount) * Int128(scale) * 2 + Int128(size)) / (2 * Int128(size))
    return (Int(scaled / Int128(scale)), Int(scaled % Int128(scale)))
  }
}
