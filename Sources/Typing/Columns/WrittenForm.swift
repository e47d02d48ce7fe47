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
    if text.forms.contains(.amount) {
      return Note(
        .amountsLikely,
        """
        would be numbers without the signs of money or percent: \(option: "number", columns: [name])
        """)
    }
    guard text.forms.contains(.dateShaped),
      let pattern = patterns.first(where: { reads(text.minimum, $0) && reads(text.maximum, $0) })
    else { return nil }
    return Note(
      .datesLikely,
      """
      may be dates or times of day: \
      \(option: Sentence.Option("date-format", .ofColumn(name, pattern)))
      """)
  }

  /// How dates and times are often written that nothing else would be taken for.
  private static let patterns = [
    "%Y/%m/%d", "%Y.%m.%d", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%d-%b-%Y", "%d %b %Y",
    "%d-%b-%y", "%b %d, %Y", "%b %d %Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M:%S", "%H:%M", "%I:%M %p", "%I:%M:%S %p", "%Y-%m",
  ]

  private static func reads(_ text: [UInt8], _ pattern: String) -> Bool {
    guard let format = DateFormat(pattern) else { return false }
    // Readers may look at words of eight bytes.
    return (text + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer { padded in
      format.read(
        Field(start: padded.baseAddress!, count: text.count, isQuoted: false)) != nil
    }
  }
}
