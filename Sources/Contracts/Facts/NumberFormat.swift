/// The bits of a number, as Rust and the Open Data Contract Standard call them: `i16`, `u8`, `f32`.
package enum NumberFormat: String, Hashable, Sendable, CaseIterable {
  case i8, i16, i32, i64, i128
  case u8, u16, u32, u64, u128
  case f32, f64

  /// The formats of whole numbers, the narrowest first.
  package static let integers: [NumberFormat] = [
    .i8, .i16, .i32, .i64, .i128, .u8, .u16, .u32, .u64, .u128,
  ]

  /// The signed ones, from the narrowest on.
  private static let signed: [NumberFormat] = [.i8, .i16, .i32, .i64, .i128]

  package var isFloat: Bool { self == .f32 || self == .f64 }
  private var isUnsigned: Bool { rawValue.hasPrefix("u") }
  package var bitCount: Int { Int(rawValue.dropFirst())! }

  /// The integers that it holds; of 128 bits, those that 128 bits with a sign hold. `nil` for floats.
  package var range: ClosedRange<Int128>? {
    if isFloat { return nil }
    if bitCount == 128 { return isUnsigned ? 0...Int128.max : Int128.min...Int128.max }
    return isUnsigned
      ? 0...(Int128(1) << bitCount) - 1
      : -(Int128(1) << (bitCount - 1))...(Int128(1) << (bitCount - 1)) - 1
  }

  /// The narrowest that holds a range: with a sign, as long as 64 bits do.
  package init(holding range: ClosedRange<Int128>) {
    let fitting = Self.signed.prefix(4).first { $0.holds(range) }
    self = fitting ?? (Self.u64.holds(range) ? .u64 : .i128)
  }

  package func holds(_ range: ClosedRange<Int128>) -> Bool {
    guard let own = self.range else { return true }
    return own.lowerBound <= range.lowerBound && range.upperBound <= own.upperBound
  }

  /// The share of the range that is still free, at the end that comes nearer; below 0 where values are outside.
  package func headroom(_ used: ClosedRange<Int128>) -> Double? {
    guard let own = range else { return nil }
    let up = Double(used.upperBound) / Double(own.upperBound)
    let down = isUnsigned ? 0 : (-Double(used.lowerBound) - 1) / Double(own.upperBound)
    return 1 - max(up, down, 0)
  }

  /// The next one of its kind, `nil` for the widest.
  package var wider: NumberFormat? {
    switch self {
    case .i8: .i16
    case .i16: .i32
    case .i32: .i64
    case .i64: .i128
    case .u8: .u16
    case .u16: .u32
    case .u32: .u64
    case .u64: .u128
    case .f32: .f64
    case .i128, .u128, .f64: nil
    }
  }
}
