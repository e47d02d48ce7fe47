import Columnar
import Platform
import TestSupport
import Testing

@testable import Typing

/// What the C library writes by a format is read by it as the same day, time or instant.
struct DateFormatTests {
  private static let patterns = [
    "%d/%m/%Y", "%e.%m.%Y", "%Y/%m/%d", "%d %b %Y", "%B %d, %Y", "%y-%j", "%G-W%V-%u",
    "%a %d %b %Y", "%A %F", "%H:%M", "%H:%M:%S", "%I:%M:%S %p", "%I %p", "%R", "%T",
    "%d/%b/%Y:%H:%M:%S %z", "%a, %d %b %Y %H:%M:%S %Z", "%FT%T", "%Y%m%d%H%M%S", "100%% %F %T",
  ]

  @Test func readsWhatIsWritten() throws {
    var generator = SeededGenerator(seed: 11)
    for pattern in Self.patterns {
      let format = try #require(DateFormat(pattern), "\(pattern)")
      for _ in 0..<200 {
        // Two digits of a year tell 1969 to 2068.
        var seconds = Int.random(in: -31_000_000...3_100_000_000, using: &generator)
        let day = seconds >= 0 ? seconds / 86_400 : (seconds + 1) / 86_400 - 1
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 128)
        let count = strftime(&text, 128, pattern, &parts)
        let bytes = text.prefix(count).map { UInt8(bitPattern: $0) }
        // A day of one digit has a space in front in C.
        let all = String(decoding: bytes, as: UTF8.self)
        let written = all.hasPrefix(" ") ? String(all.dropFirst()) : all
        let moment = Self.read(written, format)
        #expect(moment != nil, "\(pattern): \(written)")
        guard let moment else { continue }
        var clock = seconds - day * 86_400
        if !pattern.contains("%S"), !pattern.contains("%T") { clock -= clock % 60 }
        if pattern == "%I %p" { clock -= clock % 3600 }
        let expected: Int64 =
          switch format.meaning {
          case .date: Int64(day)
          case .time: Int64(clock)
          case .timestamp: Int64(day * 86_400 + clock)
          }
        #expect(moment.value(in: .second, format.meaning) == expected, "\(pattern): \(written)")
        // A byte more or less is no such text.
        let longer = Self.read(written + "x", format)
        #expect(longer == nil, "\(pattern): \(written)x")
      }
    }
  }

  private static func read(_ text: String, _ format: DateFormat) -> DateFormat.Moment? {
    let column = FieldColumn([Array(text.utf8)])
    return withExtendedLifetime(column) { format.read(column.slice[0]) }
  }

  /// Every letter is known to be one, alone or in company, and no other is.
  @Test func lettersAreThese() {
    let known = Set(DateFormat.letters.map(\.letter))
    for scalar in (0x21...0x7E).compactMap(UnicodeScalar.init) {
      let problem = DateFormat.problem(with: "%\(scalar)") ?? ""
      #expect(problem.contains("there is no letter") != known.contains("\(scalar)"), "\(scalar)")
    }
  }
}
