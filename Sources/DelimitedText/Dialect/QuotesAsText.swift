import Platform

/// What a text looks like line by line, where its quotes are text as any other character is.
package struct QuotesAsText: Hashable, Sendable {
  var lineCount = 0
  /// How many lines quoted fields took with them, when quotes were read as such; 0 if it is not known.
  package var swallowedCount = 0
  /// Lines as wide as the table.
  var wideCount = 0
  /// Lines of another width behind the last of those: they may be a footer.
  var endCount = 0
  /// Fields that begin and end with a quote, and those with other quotes.
  var enclosedCount = 0
  var strayCount = 0
  /// Lines with quotes and those that follow them, as fields.
  var samples: [[[UInt8]]] = []
  private var followsQuote = false
  var quote: UInt8 = 0

  private static let sampleLimit = 2000

  init() {}

  /// Adds whole lines of a table of `columns` columns.
  mutating func add(
    _ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, quote: UInt8, columns: Int
  ) {
    self.quote = quote
    var position = 0
    while position < text.count {
      let next = LineEnds.next(in: text, from: position, atEndOfInput: true) ?? text.count
      var end = next
      while end > position, text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
      let line = UnsafeBufferPointer(rebasing: text[position..<end])
      position = next
      // A remark is no line of the table.
      if line.isEmpty || line[0] == UInt8(ascii: "#") { continue }
      lineCount += 1
      if line.count(where: { $0 == delimiter }) + 1 == columns {
        wideCount += 1
        endCount = 0
      } else {
        endCount += 1
      }
      let hasQuote = memchr(line.baseAddress!, Int32(quote), line.count) != nil
      if hasQuote || followsQuote { addFields(of: line, delimiter, quote) }
      followsQuote = hasQuote
    }
  }

  private mutating func addFields(
    of line: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8, _ quote: UInt8
  ) {
    let fields = line.split(separator: delimiter, omittingEmptySubsequences: false)
    for field in fields where field.contains(quote) {
      if field.count > 1, field.first == quote, field.last == quote {
        enclosedCount += 1
      } else {
        strayCount += 1
      }
    }
    if samples.count < Self.sampleLimit { samples.append(fields.map(Array.init)) }
  }
}
