import Testing

@testable import Wording

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0, "0 B"), (1, "1 B"), (999, "999 B"), (1_000, "1.0 kB"), (1_049, "1.0 kB"),
    (1_050, "1.1 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB"), (62_665_767, "62.7 MB"),
    (999_950_000, "1.0 GB"), (7_800_000_000, "7.8 GB"), (1_500_000_000_000, "1.5 TB"),
    (Int.max, "9,223.4 PB"),
  ])
  func bytes(count: Int, text: String) { #expect(ByteText(count).description == text) }

  @Test(arguments: [
    (2_694_208, 2_694_208, "2.69"), (2_694_208, 0, "0"), (2_694_208, 4_999, "<0.01"),
    (2_694_208, 5_000, "0.01"), (210_300_000, 48_000_000, "48.0"),
    (210_300_000, 40_000, "<0.1"), (999_949, 999_949, "999.9"), (999, 64, "64"),
  ])
  func bytesOfOneColumn(largest: Int, count: Int, text: String) {
    #expect(ByteUnit(forColumnUpTo: largest).text(count) == text)
  }

  @Test func bytesOfOneColumnFitFiveCharacters() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<10_000 {
      let largest = Int.random(
        in: 0...(1 << Int.random(in: 0...50, using: &random)), using: &random)
      let count = Int.random(in: 0...largest, using: &random)
      let text = ByteUnit(forColumnUpTo: largest).text(count)
      #expect(text.count <= 5, "\(count) of \(largest)")
    }
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (336_776, "336,776"), (-1_234_567, "−1,234,567"),
    (Int.min, "−9,223,372,036,854,775,808"),
  ])
  func counts(count: Int, text: String) { #expect(CountText(count).description == text) }

  @Test(arguments: [
    (0, "about 0"), (7, "about 7"), (999, "about 999"), (1_000, "about 1.0 k"),
    (1_048_577, "about 1.0 M"), (4_598_211, "about 4.6 M"), (9_960_000, "about 10 M"),
    (999_400_000, "about 999 M"), (999_600_000, "about 1.0 G"),
  ])
  func estimates(count: Int, text: String) { #expect(CountText(about: count).description == text) }

  @Test(arguments: [
    (0, 10, "0.0 %"), (1, 10_000, "<0.1 %"), (156, 1_000, "15.6 %"), (9_999, 10_000, ">99.9 %"),
    (10, 10, "100 %"), (128, 48, "266.7 %"), (1_000, 10, "10,000 %"),
  ])
  func shares(part: Int, whole: Int, text: String) {
    #expect(ShareText(part, of: whole).description == text)
  }

  @Test(arguments: [
    (0.0, "0.00×"), (0.871, "0.87×"), (0.999, "0.99×"), (1.0, "1.0×"), (3.24, "3.2×"),
    (9.96, "10×"), (139.6, "140×"), (999.4, "999×"), (1e6, ">999×"),
  ])
  func ratios(ratio: Double, text: String) { #expect(RatioText(ratio).description == text) }

  @Test(arguments: [(0.0, "<0.01 s"), (0.1342, "0.13 s"), (12.36, "12.4 s"), (123.4, "123 s")])
  func seconds(seconds: Double, text: String) { #expect(SecondsText(seconds).description == text) }
}
