import Platform

/// The dialects that a sample may be in, by what occurs in it.
struct DialectCandidates {
  private let text: UnsafeBufferPointer<UInt8>
  private let options: CSVReadingOptions
  private let base: CSVDialect
  /// All that were tried.
  private(set) var all: [DialectCandidate] = []
  private(set) var best: DialectCandidate
  /// Whether fields of the best take lines with them that are as wide as the table.
  private(set) var swallowsLines = false

  /// Whether the caller has named all that candidates differ in.
  static func areTold(_ options: CSVReadingOptions) -> Bool {
    options.delimiter != nil && options.quoting != .detected && options.escaping != .detected
  }

  private static let usualDelimiters = [",", ";", "\t", "|"].map { $0.utf8.first! }
  /// Characters that also stand in times, names and prose: they need a header that fits.
  private static let unusualDelimiters: [UInt8] = [0x1F, 0x01, 0x1E] + Array("~^: ".utf8)
  private static let longDelimiters = [
    "||", "::", ";;", "~~", "^^", "|||", "|~|", "~|~", "|^|", "^|^", "<|>", "#|#", "@@", "$$", "&&",
    "##",
  ]
  private static let doubleQuote = UInt8(ascii: "\"")
  private static let singleQuote = UInt8(ascii: "'")

  /// - Parameters:
  ///   - base: what is known of the dialect.
  ///   - named: the delimiter that a `sep=` line names.
  ///   - isComplete: whether the text is all of the input.
  init(
    _ text: UnsafeBufferPointer<UInt8>, options: CSVReadingOptions, base: CSVDialect,
    named: UInt8?, isComplete: Bool, looksTyped: TypedEvidence
  ) {
    self.text = text
    self.options = options
    self.base = base
    // Replaced by the first that is added; of no text, since that is all there is to it.
    best = DialectCandidate(UnsafeBufferPointer(rebasing: text[..<0]), base)
    addPlain(named)
    if named == nil { preferDecimalCommas() }
    // libcsv has no words for these: where one of them is the best, it cannot read the file.
    let goesBeyondLibcsv = options.engine == .automatic
    if goesBeyondLibcsv, named == nil, options.delimiter == nil { addLong(looksTyped) }
    if goesBeyondLibcsv {
      if !best.isPerfect {
        addEscaped()
        addSpaced()
      }
      addUnquoted(isComplete: isComplete, looksTyped)
    }
    if best.isPerfect { return }
    if named == nil, options.delimiter == nil, best.width < 2 || best.share < 0.9 {
      addUnusual(looksTyped)
    }
  }

  private mutating func add(_ candidate: DialectCandidate) {
    all.append(candidate)
    // Of equals the first wins: the comma, and the double quote.
    if candidate.score > best.score || all.count == 1 { best = candidate }
  }

  private mutating func addPlain(_ named: UInt8?) {
    let delimiters = (options.delimiter ?? named).map { [$0] } ?? Self.usualDelimiters
    let quotes: [UInt8?]
    switch options.quoting {
    case _ where options.quotesAsText != nil: quotes = [nil]
    case .none: quotes = [nil]
    case .enclosed(let quote): quotes = [quote]
    case .detected:
      // The double quote is the rule; another one needs a file without any.
      let isUnusual = !text.contains(Self.doubleQuote) && text.contains(Self.singleQuote)
      quotes = isUnusual ? [Self.doubleQuote, Self.singleQuote] : [Self.doubleQuote]
    }
    for quote in quotes {
      for delimiter in delimiters {
        var dialect = base
        dialect.delimiter = delimiter
        dialect.quote = quote
        let candidate = DialectCandidate(text, dialect)
        // Apostrophes are quotes only where all of them enclose fields.
        if quotes.count > 1, quote == Self.singleQuote,
          !candidate.shapes.hasQuotes || !candidate.shapes.isQuotingRegular
        {
          continue
        }
        add(candidate)
      }
    }
  }

  /// Another delimiter than the comma, where it makes as even a table and each comma is that of a
  /// decimal in one of its fields: `A1;B1;3,1`.
  private mutating func preferDecimalCommas() {
    guard best.dialect.delimiter == UInt8(ascii: ","), best.isPerfect,
      let other = all.first(where: {
        $0.isPerfect && $0.dialect.delimiter != UInt8(ascii: ",")
          && $0.dialect.quote == best.dialect.quote && hasDecimalCommas($0.dialect)
      })
    else { return }
    best = other
  }

  /// Whether all commas below the first record stand in decimals, at least one in each record.
  private func hasDecimalCommas(_ dialect: CSVDialect) -> Bool {
    let records = SampleRecords(text, dialect: dialect, recordLimit: 100).dropFirst()
    return records.count > 1
      && records.allSatisfy { fields in
        let commas = fields.filter { $0.contains(UInt8(ascii: ",")) }
        return !commas.isEmpty
          && commas.allSatisfy { SimpleTypes.isNumber($0) || SimpleTypes.isGroupedByPoints($0) }
      }
  }

  /// Delimiters of several characters, where every record has them. What is made of `|` twice is
  /// also explained by `|` and a column of nothing between any two: then it is the longer one.
  private mutating func addLong(_ looksTyped: TypedEvidence) {
    for delimiter in Self.longDelimiters {
      let bytes = Array(delimiter.utf8)
      guard occurs(bytes) else { continue }
      var dialect = best.dialect
      dialect.delimiter = bytes[0]
      dialect.delimiterTail = Array(bytes.dropFirst())
      let candidate = DialectCandidate(text, dialect)
      guard candidate.width > 1, candidate.bodyShare >= 0.9, candidate.shapes.records.count > 1
      else { continue }
      // A part of it alone explains the file as well; anything else has to explain it worse.
      let isPart = bytes.contains(best.dialect.delimiter) && best.width > 1
      guard
        isPart
          ? candidate.share >= best.share && hasNothingBetween(best.dialect, of: bytes)
          : !best.isPerfect && candidate.score > best.score
      else { continue }
      // Names such as `std::vector` have two parts in every line of a list, too.
      if candidate.width == 2, !bytes.allSatisfy("|;~^".utf8.contains),
        !hasNamesOverTypes(dialect, looksTyped)
      {
        continue
      }
      all.append(candidate)
      best = candidate
    }
  }

  /// Whether, with a part of the longer delimiter alone, columns between any two would be empty.
  private func hasNothingBetween(_ dialect: CSVDialect, of delimiter: [UInt8]) -> Bool {
    guard delimiter.contains(dialect.delimiter) else { return false }
    let step = delimiter.count { $0 == dialect.delimiter }
    let between = delimiter.count == step ? [] : delimiter.filter { $0 != dialect.delimiter }
    let records = SampleRecords(text, dialect: dialect, recordLimit: 100)
    guard records.count > 1, step > 1 else { return step == 1 }
    let explained = records.count { fields in
      fields.count % step == 1
        && fields.indices.allSatisfy { $0 % step == 0 || fields[$0] == between }
    }
    return explained * 10 >= records.count * 9
  }

  /// A backslash before quotes or delimiters, where doubled quotes do not explain the file.
  private mutating func addEscaped() {
    let backslash = UInt8(ascii: "\\")
    guard options.escaping == .detected, options.quoting == .detected || base.quote != nil else {
      return
    }
    for candidate in all {
      guard let quote = candidate.dialect.quote, candidate.dialect.delimiterTail.isEmpty,
        occurs([backslash, quote]) || occurs([backslash, candidate.dialect.delimiter])
      else { continue }
      var dialect = candidate.dialect
      dialect.escape = backslash
      let escaped = DialectCandidate(text, dialect)
      let mends = escaped.shapes.isQuotingRegular && !candidate.shapes.isQuotingRegular
      if escaped.width > 1, escaped.share == 1 || mends && escaped.share >= candidate.share {
        add(escaped)
      }
    }
  }

  /// Spaces between quotes and delimiters, where quotes would else be stray.
  private mutating func addSpaced() {
    guard options.spacing == nil, options.guessesSurroundings else { return }
    for candidate in all where !candidate.shapes.isQuotingRegular {
      guard let quote = candidate.dialect.quote, candidate.dialect.delimiterTail.isEmpty else {
        continue
      }
      let space = UInt8(ascii: " ")
      let delimiter = candidate.dialect.delimiter
      guard occurs([delimiter, space, quote]) || occurs([quote, space, delimiter]) else { continue }
      var dialect = candidate.dialect
      dialect.spacing = .aroundQuotes
      let spaced = DialectCandidate(text, dialect)
      if spaced.shapes.isQuotingRegular,
        spaced.share >= candidate.share || spaced.bodyShare >= 0.9
      {
        add(spaced)
      }
    }
  }

  /// No quotes at all, where without them all records are equally wide, and with them one opens that
  /// nothing closes, or some take lines with them that are as wide as the table.
  private mutating func addUnquoted(isComplete: Bool, _ looksTyped: TypedEvidence) {
    guard options.guessesQuotes, options.escaping == .detected, best.dialect.escape == nil,
      best.dialect.delimiterTail.isEmpty, let quote = best.dialect.quote
    else { return }
    let opens = isComplete && best.shapes.hasOpenQuote && !closesAField(quote, best.dialect)
    swallowsLines = best.width > 1 && swallowsLines(best)
    guard opens || swallowsLines else { return }
    var dialect = best.dialect
    dialect.quote = nil
    let unquoted = DialectCandidate(text, dialect)
    // An instrument's line above may be wider.
    let top =
      unquoted.top > 0 || unquoted.isPerfect
      ? unquoted.top
      : unquoted.shapes.records.prefix(DialectCandidate.leadLimit)
        .firstIndex { $0.width == unquoted.width } ?? 0
    guard unquoted.width > 1, unquoted.shapes.records.count >= 10 + top,
      unquoted.shapes.bodyShare(of: unquoted.width, from: top) >= 0.999
    else { return }
    if opens, unquoted.isPerfect {
      all.append(unquoted)
      best = unquoted
      return
    }
    var lines = QuotesAsText()
    lines.add(
      UnsafeBufferPointer(rebasing: text[unquoted.shapes.records[top].start...]),
      delimiter: dialect.delimiter, quote: quote, columns: unquoted.width)
    let records = SampleRecords(
      UnsafeBufferPointer(rebasing: text[best.shapes.records[best.top].start...]),
      dialect: best.dialect, recordLimit: HeaderEvidence.recordCount
    ).dropFirst()
    guard case .text = lines.verdict(records: records, columns: unquoted.width, looksTyped) else {
      return
    }
    all.append(unquoted)
    best = unquoted
    swallowsLines = false
  }

  private func swallowsLines(_ candidate: DialectCandidate) -> Bool {
    candidate.shapes.hasQuotes
      && candidate.shapes.records.contains { record in
        var end = record.end
        while end > record.start, text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
        return SwallowedLines.count(
          in: UnsafeBufferPointer(rebasing: text[record.start..<end]),
          delimiter: candidate.dialect.delimiter, quote: candidate.dialect.quoteOrZero,
          columns: candidate.width) > 0
      }
  }

  private func closesAField(_ quote: UInt8, _ dialect: CSVDialect) -> Bool {
    text.indices.contains { index in
      guard text[index] == quote, index > 0 else { return false }
      let next = index + 1 < text.count ? text[index + 1] : 0x0A
      return next == dialect.delimiter || next == 0x0A || next == 0x0D
    }
  }

  private mutating func addUnusual(_ looksTyped: TypedEvidence) {
    for delimiter in Self.unusualDelimiters where text.contains(delimiter) {
      var dialect = base
      dialect.delimiter = delimiter
      dialect.quote = best.dialect.quote
      let candidate = DialectCandidate(text, dialect)
      let isSpaceOrColon = delimiter == UInt8(ascii: " ") || delimiter == UInt8(ascii: ":")
      guard candidate.isPerfect, candidate.width >= (isSpaceOrColon ? 3 : 2),
        candidate.shapes.records.count > 2
      else { continue }
      if delimiter < 0x20 || hasNamesOverTypes(dialect, looksTyped) { add(candidate) }
    }
  }

  private func hasNamesOverTypes(_ dialect: CSVDialect, _ looksTyped: TypedEvidence) -> Bool {
    let records = SampleRecords(
      text, dialect: dialect, recordLimit: HeaderEvidence.recordCount)
    return HeaderEvidence(records, looksTyped: looksTyped).hasNamesOverTypes
  }

  private func occurs(_ bytes: [UInt8]) -> Bool {
    guard let base = text.baseAddress, text.count >= bytes.count else { return false }
    let end = text.count - bytes.count + 1
    var start = 0
    while start < end, let found = memchr(base + start, Int32(bytes[0]), end - start) {
      let index = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if memcmp(base + index, bytes, bytes.count) == 0 { return true }
      start = index + 1
    }
    return false
  }
}
