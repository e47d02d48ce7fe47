import Columnar

extension [UInt8] {
  /// These bytes as a field, for as long as `body` runs: others that may be read stand around them, as
  /// in a chunk.
  func withField<Result>(_ body: (Field) -> Result) -> Result {
    let margin = [UInt8](repeating: 0, count: 64)
    return (margin + self + margin).withUnsafeBufferPointer {
      // Within the buffer, which lives as long as the call.
      body(Field(start: $0.baseAddress! + 64, count: count, isQuoted: false))
    }
  }
}
