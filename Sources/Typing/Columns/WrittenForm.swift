import Columnar

/// Numbers and dates that stay text, for nobody said how they are written: which option may read them.
enum WrittenForm {
  /// What may be said of a column of text all of whose values have one of these forms; `nil` where
  /// there is nothing, or the caller asked for text.
  static func hint(for profile: ColumnProfile) -> Note? {
    guard !profile.isTypeTold, profile.valueCount > 0, let text = profile.text,
      text.forms.isDisjoint(with: [.number, .signedDigits])
    else { return nil }
    let name = profile.name
    if text.forms.contains(.groupedByCommas), [text.minimum, text.maximum].allSatisfy(hasOneComma) {
      return Note(
        .thousandsLikely,
        """
        would be numbers: \(option: Sentence.Option("thousands", .ofColumn(name, ","))) if commas \
        separate thousands, \(option: Sentence.Option("decimal", .ofColumn(name, ","))) if they are \
        those of decimals
        """)
    }
    if text.forms.contains(.groupedByCommas) {
      return Note(
        .thousandsLikely,
        """
        would be numbers if commas separate thousands: \
        \(option: Sentence.Option("thousands", .ofColumn(name, ",")))
        """)
    }
    if text.forms.contains(.groupedByPoints) {
      let options = [
        Sentence.Option("decimal", .ofColumn(name, ",")),
        Sentence.Option("thousands", .ofColumn(name, ".")),
      ]
      return Note(
        .thousandsLikely,
        """
        would be numbers if points separate thousands and a comma decimals: \(options: options)
        """)
    }
    if text.forms.contains(.amount), AffixedNumber.haveOneUnit(text.minimum, text.maximum) {
      return Note(
        .amountsLikely,
        """
        would be numbers without the signs of money or percent: \(option: "number", columns: [name])
        """)
    }
    if text.forms.contains(.accounting) {
      return Note(
        .amountsLikely,
        """
        would be numbers, written as in accounts: \(option: "number", columns: [name]) reads `5-`, \
        `(5)` and spaces or apostrophes between thousands
        """)
    }
    return text.forms.contains(.dateShaped) ? dates(text, of: name) : nil
  }

  private static func hasOneComma(_ text: [UInt8]) -> Bool {
    text.count { $0 == UInt8(ascii: ",") } == 1 && !text.contains(UInt8(ascii: "."))
  }

  private static func dates(_ text: TextProfile, of name: String) -> Note? {
    let fitting = patterns.filter { reads(text.minimum, $0) && reads(text.maximum, $0) }
    guard let pattern = fitting.first else {
      let isEach = [text.minimum, text.maximum].allSatisfy { value in
        (patterns + readWithoutHint).contains { reads(value, $0) }
      }
      return isEach
        ? Note(
          .datesVary, "may be dates that are written in more than one way: no format reads all")
        : nil
    }
    // Which is the day and which the month, two digits do not say.
    if orders.contains(pattern), fitting.contains(where: { $0 != pattern && orders.contains($0) }) {
      return nil
    }
    return Note(
      .datesLikely,
      """
      may be dates or times of day: \
      \(option: Sentence.Option("date-format", .ofColumn(name, pattern)))
      """)
  }

  /// Those that differ in the order of day and month alone.
  private static let orders = ["%d/%m/%y", "%m/%d/%y"]

  /// What is read without a format, or with one that a note of its own names.
  private static let readWithoutHint = [
    "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y",
    "%d-%m-%Y",
  ]

  /// How dates and times are often written that nothing else would be taken for.
  private static let patterns = [
    "%Y/%m/%d", "%Y.%m.%d", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%d-%b-%Y", "%d %b %Y",
    "%d-%b-%y", "%b %d, %Y", "%b %d %Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M:%S", "%H:%M", "%I:%M %p", "%I:%M:%S %p", "%Y-%m", "%d.%m.%y", "%d/%m/%y",
    "%m/%d/%y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%Y%m%dT%H%M%S",
    "%Y%m%dT%H%M%S%z", "%Y-%m-%d %H:%M:%S %Z", "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S,%f", "%a, %d %b %Y %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S %Z",
    "%a %b %d %H:%M:%S %Y", "%d/%b/%Y:%H:%M:%S %z", "%d/%b/%Y", "%A, %d %B %Y", "%a %d %b %Y",
  ]

  private static func reads(_ text: [UInt8], _ pattern: String) -> Bool {
    guard let format = DateFormat(pattern) else { return false }
    return text.withField { format.read($0) } != nil
  }
}
