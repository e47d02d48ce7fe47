import Testing

@testable import diet

/// The line that tells how far reading is.
@Suite struct ProgressTests {
  static let cases: [(byteCount: Int, total: Int?, seconds: Double, line: String)] = [
    (100_000_000, 400_000_000, 2, "reading: 100.0 of 400.0 MB, 25 %, 50.0 MB/s, 6 s left"),
    (1_000_000, 1_000_000_000, 1, "reading: <0.1 of 1.0 GB, 0 %, 1.0 MB/s, 17 min left"),
    (1_000_000, 100_000_000_000, 1, "reading: <0.1 of 100.0 GB, 0 %, 1.0 MB/s, 27 h 47 min left"),
    (400_000_000, 400_000_000, 8, "reading: 400.0 of 400.0 MB, 100 %, 50.0 MB/s, 0 s left"),
    (500_000_000, 400_000_000, 8, "reading: 500.0 MB, 62.5 MB/s"),
    (500_000, nil, 2, "reading: 500.0 kB, 250.0 kB/s"),
    (0, nil, 0, "reading: 0 B, 0 B/s"),
    (0, 10, 1, "reading: 0 of 10 B, 0 %, 0 B/s, 10 s left"),
  ]

  @Test(arguments: cases.indices) func says(_ index: Int) {
    let (byteCount, total, seconds, line) = Self.cases[index]
    #expect(ProgressLine.text(byteCount: byteCount, total: total, seconds: seconds) == line)
  }
}
