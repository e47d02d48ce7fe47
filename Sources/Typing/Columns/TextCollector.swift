import CKernels
import Columnar
import Platform

/// Gathers one thread's share of a text column: its distinct strings while a dictionary may pay,
/// and the facts that the byte formulas need.
///
/// Unchecked: one thread has it while it gathers, and hands it over to the one that joins all shares.
struct TextCollector: @unchecked Sendable {
  /// All distinct strings so far, while it is open. Once closed it stays, for the chunks whose codes
  /// point to it, but takes no more.
  var table = TextTable()
  var isOpen = true
  /// What counts the strings when the table is closed, as long as there are not too many.
  var fingerprints: TextFingerprints?
  /// What estimates how many there are, where they may be too many.
  var sketch: DistinctSketch?
  /// Some of the strings, once the table is closed: until then it has them all.
  var sample: TextSample?
  /// The count was given up before there were too many strings for a dictionary, since there seemed to
  /// be no doubt that there will be; `sketch` tells in the end whether that was right.
  var isForeseen = false
  var growth = DistinctGrowth()
  let purpose: IntegerSet.Purpose
  var profile = TextProfile()
  /// What the fields were as they stood in the file.
  var source = SourceSurvey()
  private var classifiedCount = 0
  /// The strings that engines may read as missing, the empty one too.
  private var missingCodes: [UInt32] = []
  /// The bytes of each string as an integer of Python's, as long as all strings are digits.
  private var pythonByteCounts: [Int] = []
  var hasExtremes = false
  /// The short ones among the strings, as long as most fields are found there.
  private var shortTexts: ShortTexts? = ShortTexts()
  /// How many strings of the table have been handed over.
  var gatheredCount = 0

  init(purpose: IntegerSet.Purpose) { self.purpose = purpose }

  /// The strings of another process, of which nothing more is read: all of them, or their sketch.
  init(
    purpose: IntegerSet.Purpose, profile: TextProfile, table: TextTable? = nil,
    sketch: DistinctSketch? = nil, sample: TextSample? = nil
  ) {
    self.init(purpose: purpose)
    self.profile = profile
    self.table = table ?? self.table
    (self.sketch, self.sample) = (sketch, sample)
    isOpen = table != nil
    hasExtremes = !isOpen
    classifiedCount = self.table.count
    shortTexts = nil
  }

  /// Reads every row as text. The chunk is `nil` unless the values are to be kept.
  mutating func collect(
    _ fields: FieldSlice, _ scratch: ColumnScratch, _ context: TypingContext,
    slabs: inout SlabWriter, keepsValues: Bool
  ) -> ColumnChunk? {
    scratch.begin(rowCount: fields.rowCount)
    let chunk =
      isOpen
      ? collectCodes(fields, scratch, context, &slabs, keepsValues)
      : collectPlain(fields, scratch, context, &slabs, keepsValues)
    scratch.report.kind = scratch.report.valueCount == 0 ? .null : .string
    return chunk
  }

  /// Forgets the strings, which are kept elsewhere.
  mutating func beginTable() {
    table = TextTable()
    (classifiedCount, gatheredCount) = (0, 0)
    (missingCodes, pythonByteCounts) = ([], [])
    shortTexts = ShortTexts()
  }

  // MARK: - Codes

  private mutating func collectCodes(
    _ fields: FieldSlice, _ scratch: ColumnScratch, _ context: TypingContext,
    _ slabs: inout SlabWriter, _ keepsValues: Bool
  ) -> ColumnChunk? {
    let codes = UnsafeMutableRawPointer(scratch.values).assumingMemoryBound(to: UInt32.self)
    var byteCount = 0
    var longByteCount = 0
    if let shortTexts {
      let found = shortTexts.find(fields, codes: codes, left: scratch.left)
      (byteCount, longByteCount) = (Int(found.byte_count), Int(found.long_byte_count))
      collectLeft(fields, scratch, context, codes, &byteCount, &longByteCount)
    } else {
      var row = 0
      while row < fields.rowCount {
        let batch = row..<min(row &+ TextTable.batchRowCount, fields.rowCount)
        collectBatch(batch, fields, scratch, context, codes, &byteCount, &longByteCount)
        row = batch.upperBound
      }
    }
    profile.byteCount += byteCount
    source.addText(scratch, context, byteCount: byteCount, longByteCount: longByteCount)
    classifyNewStrings()
    countStrings(codes, scratch)
    return finish(codes, scratch, &slabs, keepsValues)
  }

  /// Stores a chunk's codes, and closes the table where it is of no more use.
  mutating func finish(
    _ codes: UnsafeMutablePointer<UInt32>, _ scratch: ColumnScratch, _ slabs: inout SlabWriter,
    _ keepsValues: Bool
  ) -> ColumnChunk? {
    let chunk = keepsValues ? store(codes, scratch, &slabs) : nil
    growth.add(rowCount: scratch.report.valueCount, distinctCount: table.count)
    closeIfUseless(scratch, keepsStrings: keepsValues)
    return chunk
  }

  /// Reads some rows with a table that is not in cache.
  private mutating func collectBatch(
    _ rows: Range<Int>, _ fields: FieldSlice, _ scratch: ColumnScratch, _ context: TypingContext,
    _ codes: UnsafeMutablePointer<UInt32>, _ byteCount: inout Int, _ longByteCount: inout Int
  ) {
    let hashes = scratch.hashes
    for row in rows {
      let field = fields[row]
      hashes[row] = table.hash(of: field.start, count: field.count)
    }
    table.findCandidates(
      hashes + rows.lowerBound, count: rows.count, into: codes + rows.lowerBound)
    for row in rows {
      var field = fields[row]
      if let word = context.nulls.textIndex(of: field) {
        scratch.markNull(row, word: word)
        codes[row] = 0
        continue
      }
      if field.isQuoted, field.doubledQuoteCount(fields.quote) > 0 {
        field = unescaped(field, fields.quote, scratch)
        codes[row] = table.code(
          of: field.start, count: field.count,
          hash: table.hash(of: field.start, count: field.count))
      } else {
        codes[row] = table.code(
          of: field.start, count: field.count, hash: hashes[row], candidate: codes[row])
      }
      byteCount &+= field.count
      longByteCount &+= field.count > 12 ? field.count : 0
    }
  }

  /// Reads the rows that `shortTexts` has not: new strings, long ones, nulls, quotes within quotes.
  /// The counts are those of the bare fields and are put right.
  private mutating func collectLeft(
    _ fields: FieldSlice, _ scratch: ColumnScratch, _ context: TypingContext,
    _ codes: UnsafeMutablePointer<UInt32>, _ byteCount: inout Int, _ longByteCount: inout Int
  ) {
    guard let shortTexts else { return }
    let known = table.count
    var missed = 0
    var isWorthwhile = true
    var visited = 0
    var next = 0
    while let row = scratch.left.next(from: next) {
      next = row &+ 1
      visited &+= 1
      var field = fields[row]
      byteCount &-= field.count
      longByteCount &-= field.count > 12 ? field.count : 0
      if let word = context.nulls.textIndex(of: field) {
        scratch.markNull(row, word: word)
        codes[row] = 0
        continue
      }
      let rawCount = field.count
      if field.isQuoted { field = unescaped(field, fields.quote, scratch) }
      byteCount &+= field.count
      longByteCount &+= field.count > 12 ? field.count : 0
      let count = table.count
      let code = table.code(
        of: field.start, count: field.count, hash: table.hash(of: field.start, count: field.count))
      codes[row] = code
      missed &+= Int(code) < known ? 1 : 0
      // Where nearly all strings are new, hardly any is looked for again.
      if visited == 1 << 14 { isWorthwhile = (table.count &- known) &* 8 < visited &* 7 }
      if isWorthwhile, table.count > count, field.count == rawCount,
        UInt(bitPattern: field.count &- 1) < UInt(ShortTexts.maximumLength)
      {
        shortTexts.insert(field, code: code)
      }
    }
    // Long strings, or too many: then one look-up is better than two.
    if !isWorthwhile || missed &* 4 > fields.rowCount || shortTexts.count > ShortTexts.maximumCount
    {
      self.shortTexts = nil
    }
  }

  private func store(
    _ codes: UnsafeMutablePointer<UInt32>, _ scratch: ColumnScratch, _ slabs: inout SlabWriter
  ) -> ColumnChunk {
    let rowCount = scratch.report.rowCount
    if scratch.report.valueCount == 0 { return .nulls(rowCount) }
    let width = table.count <= 1 << 8 ? 1 : table.count <= 1 << 16 ? 2 : 4
    let slice = slabs.allocate(rowCount * width)
    switch width {
    case 1:
      let target = slice.pointer(as: UInt8.self)
      for row in 0..<rowCount { target[row] = UInt8(truncatingIfNeeded: codes[row]) }
    case 2:
      let target = slice.pointer(as: UInt16.self)
      for row in 0..<rowCount { target[row] = UInt16(truncatingIfNeeded: codes[row]) }
    default: memcpy(slice.base, codes, rowCount * 4)
    }
    return ColumnChunk(
      rowCount: rowCount, nullCount: scratch.report.nullCount,
      validity: scratch.storeValidity(&slabs),
      values: .codes(CodeChunk(dictionary: table, width: width, codes: slice)))
  }

  mutating func classifyNewStrings() {
    while classifiedCount < table.count {
      let text = table[classifiedCount]
      profile.minimumLength = min(profile.minimumLength, text.count)
      profile.maximumLength = max(profile.maximumLength, text.count)
      if profile.forms.rawValue != 0 {
        profile.forms = TextForms(classifying: text, among: profile.forms)
      }
      profile.digits.note(text)
      let isMissing = source.addString(text)
      if isMissing { missingCodes.append(UInt32(classifiedCount)) }
      if source.hasOnlyIntegers {
        pythonByteCounts += Array(
          repeating: 0, count: classifiedCount - pythonByteCounts.count)
        pythonByteCounts.append(isMissing ? 0 : FieldReading.pythonByteCount(text))
      }
      classifiedCount += 1
    }
  }

  /// Counts the rows of the strings of which engines need to know how often they occur.
  private mutating func countStrings(
    _ codes: UnsafeMutablePointer<UInt32>, _ scratch: ColumnScratch
  ) {
    let rowCount = scratch.report.rowCount
    if let last = missingCodes.last {
      var counts = [Int](repeating: 0, count: missingCodes.count)
      for row in 0..<rowCount where codes[row] <= last && !scratch.isNull(row) {
        guard let index = missingCodes.firstIndex(of: codes[row]) else { continue }
        counts[index] += 1
        scratch.markMissing(row)
      }
      for (index, code) in missingCodes.enumerated() where counts[index] > 0 {
        source.addMissing(table[Int(code)], rows: counts[index])
      }
    }
    if source.hasOnlyIntegers, !pythonByteCounts.isEmpty {
      var byteCount = 0
      for row in 0..<rowCount where !scratch.isNull(row) {
        byteCount &+= pythonByteCounts[Int(codes[row])]
      }
      source.addPythonBytes(byteCount)
    }
  }

  // MARK: - Quotes

  /// The field with doubled quotes made one; valid until the next call.
  private func unescaped(_ field: Field, _ quote: UInt8, _ scratch: ColumnScratch) -> Field {
    let doubled = field.doubledQuoteCount(quote)
    if doubled == 0 { return field }
    let count = field.count - doubled
    let target = scratch.text(byteCount: count)
    field.unescape(quote, to: target)
    return Field(start: target, count: count, isQuoted: true)
  }
}
