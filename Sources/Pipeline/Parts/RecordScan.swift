package import Columnar
package import DelimitedText

/// Where the records of a file begin, as far as ranges of it have been looked at, so that reading may begin there, too.
///
/// A range does not say whether its first byte is within quotes: that depends on all that stands before it. Hence it
/// has one way for each of its first lines that would, if it began a record, lead to other records. In most texts all
/// of them lead to the same. Once the ranges before it are there, it is known which way it is.
///
/// To tell two states at the start (within quotes, or not) would be less, and would hold for text as RFC 4180 has it
/// alone. Here a line that may begin a record is read as any record is: with quotes that are no quotes, escapes,
/// comments, longer delimiters. (Ge, Li, Eilebrecht, Chandramouli, Kossmann: Speculative Distributed CSV Data Parsing
/// for Big Data Analytics, SIGMOD 2019.)
package struct RecordScan: Hashable, Sendable {
  /// What follows where a record begins at one of some places. Lines are counted from a start of its own.
  struct Way: Hashable, Sendable {
    var entries: [RecordPlace]
    /// Where records begin, some megabytes from one another.
    var places: [RecordPlace]
    /// Where the first record behind the range begins; `nil` where that is not known.
    var end: RecordPlace?
  }

  /// A range that was looked at.
  struct Part: Hashable, Sendable {
    var range: Range<Int>
    var ways: [Way]
  }

  /// The file as it was named, and the bytes of its text.
  package let name: String
  package let byteCount: Int
  let dialect: ScannedDialect
  /// In ascending order. The first has one way where it begins with the file, and has taken in what follows it.
  private(set) var parts: [Part]

  /// There is a place every so many bytes: what is read in vain before a range takes less than a millisecond.
  static let spacing = 4 << 20

  init(name: String, byteCount: Int, dialect: ScannedDialect, part: Part) {
    (self.name, self.byteCount, self.dialect) = (name, byteCount, dialect)
    parts = [part]
  }

  /// The places that are beyond doubt.
  private var places: [RecordPlace] {
    parts.first.flatMap { $0.range.lowerBound == 0 ? $0.ways.first?.places : nil } ?? []
  }

  /// Which bytes were not looked at.
  package var missing: [Range<Int>] {
    var (missing, end) = ([Range<Int>](), 0)
    for part in parts {
      if part.range.lowerBound > end { missing.append(end..<part.range.lowerBound) }
      end = part.range.upperBound
    }
    return end < byteCount ? missing + [end..<byteCount] : missing
  }

  /// Behind which byte it is not known where records begin, though all was looked at: there a quote is closed far away or
  /// nowhere, or the text is of a kind that is read from its start alone. `nil` where all is known.
  package var unknownEnd: Int? {
    guard missing.isEmpty, byteCount > 0 else { return nil }
    return parts[0].ways.first?.end == nil ? places.last?.offset ?? 0 : nil
  }

  /// Where the search for records may begin that begin at `offset` or behind it; `nil` where that is the start of the
  /// file.
  package func knownStart(before offset: Int) -> KnownStart? {
    places.last { $0.offset <= offset }.map { KnownStart(place: $0, dialect: dialect) }
  }

  /// What it says of a range's start, and nothing else: some bytes, to be sent to who reads the range.
  package func part(before offset: Int) -> RecordScan {
    var part = self
    let places = places.last { $0.offset <= offset }.map { [$0] } ?? []
    part.parts = [
      Part(
        range: 0..<min(max(0, offset), byteCount),
        ways: [Way(entries: [], places: places, end: nil)])
    ]
    return part
  }

  /// Adds what was seen of other ranges.
  ///
  /// - Throws: `PartError` where they are of another file, or some bytes were looked at twice.
  package mutating func formUnion(_ other: RecordScan) throws(PartError) {
    if name != other.name { throw .otherFile(name, other.name) }
    if byteCount != other.byteCount { throw .otherSize(name, byteCount, other.byteCount) }
    if dialect != other.dialect { throw .otherDialect(name) }
    let every = (parts + other.parts).sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    // What has no byte says nothing.
    let filled = every.filter { !$0.range.isEmpty }
    let all = filled.isEmpty ? [every[0]] : filled
    for (part, next) in zip(all, all.dropFirst())
    where part.range.upperBound > next.range.lowerBound {
      throw .overlap(
        name, next.range.lowerBound..<min(part.range.upperBound, next.range.upperBound))
    }
    parts = []
    for part in all {
      if let first = parts.first, parts.count == 1, first.range.lowerBound == 0,
        first.range.upperBound == part.range.lowerBound
      {
        parts[0].append(part)
      } else {
        parts.append(part)
      }
    }
  }
}

extension RecordScan.Part {
  /// Takes in the range that follows; what begins a record there is known from here.
  fileprivate mutating func append(_ next: RecordScan.Part) {
    range = range.lowerBound..<next.range.upperBound
    guard var way = ways.first, let end = way.end, end.offset < next.range.upperBound else {
      return
    }
    if way.places.last.map({ $0.offset < end.offset }) ?? true { way.places.append(end) }
    way.end = nil
    for other in next.ways {
      guard let entry = other.entries.first(where: { $0.offset == end.offset }) else { continue }
      let lineCount = end.lineCount - entry.lineCount
      let places = other.places.filter { $0.offset > end.offset }
      way.places += places.map { $0.adding(lineCount: lineCount) }
      way.end = other.end?.adding(lineCount: lineCount)
    }
    ways = [way]
  }
}

extension RecordScan: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    name = try reader.readText()
    byteCount = try reader.readCount()
    dialect = try reader.read()
    parts = try reader.readArray()
    var end = 0
    for part in parts {
      guard part.range.lowerBound >= end, part.range.upperBound <= byteCount else {
        throw reader.fault("ranges are not in order")
      }
      end = part.range.upperBound
    }
    guard !parts.isEmpty else { throw reader.fault("there is no range") }
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(name.utf8)
    writer.write(count: byteCount)
    writer.write(dialect)
    writer.write(parts)
  }
}

extension RecordScan.Part: ProfilePart {
  init(from reader: inout ProfileReader) throws(ProfileFault) {
    let start = try reader.readCount()
    range = start..<start + (try reader.readCount())
    ways = try reader.readArray()
  }

  func write(to writer: inout ProfileWriter) {
    writer.write(count: range.lowerBound)
    writer.write(count: range.count)
    writer.write(ways)
  }
}

extension RecordScan.Way: ProfilePart {
  init(from reader: inout ProfileReader) throws(ProfileFault) {
    var last = RecordPlace(offset: 0, lineCount: 0)
    func place() throws(ProfileFault) -> RecordPlace {
      last.offset += try reader.readCount()
      last.lineCount += try reader.readCount()
      return last
    }
    func list() throws(ProfileFault) -> [RecordPlace] {
      last = RecordPlace(offset: 0, lineCount: 0)
      var list: [RecordPlace] = []
      for _ in 0..<(try reader.readCount(reader.restCount)) { list.append(try place()) }
      return list
    }
    entries = try list()
    places = try list()
    last = RecordPlace(offset: 0, lineCount: 0)
    end = try reader.readFlag() ? try place() : nil
  }

  func write(to writer: inout ProfileWriter) {
    func write(_ places: [RecordPlace]) {
      var last = RecordPlace(offset: 0, lineCount: 0)
      writer.write(count: places.count)
      for place in places {
        writer.write(count: place.offset - last.offset)
        writer.write(count: place.lineCount - last.lineCount)
        last = place
      }
    }
    write(entries)
    write(places)
    writer.write(end != nil)
    if let end {
      writer.write(count: end.offset)
      writer.write(count: end.lineCount)
    }
  }
}
