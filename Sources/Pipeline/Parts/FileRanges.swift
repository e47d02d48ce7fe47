package import Columnar
package import DelimitedText

/// Which bytes of a file's text have been profiled: ranges whose borders are those of records.
package struct FileRanges: Hashable, Sendable {
  /// A range, and what it has.
  package struct Part: Hashable, Sendable {
    package var bytes: Range<Int>
    package var rowCount: Int
  }

  /// The file as it was named.
  package let name: String
  /// The bytes of its text.
  package let byteCount: Int
  /// How it spells its records.
  package let dialect: CSVDialect
  /// In ascending order; none of them touches the next.
  package private(set) var parts: [Part]

  package init(name: String, byteCount: Int, dialect: CSVDialect, part: Part) {
    (self.name, self.byteCount, self.dialect) = (name, byteCount, dialect.profiled)
    parts = part.bytes.isEmpty ? [] : [part]
  }

  /// `./a//b.csv` is `a/b.csv`: one file is not to be there twice for how it was named.
  static func plainName(_ name: String) -> String {
    if name.contains("://") { return name }
    let parts = name.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
    return (name.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// Whether all of the file is there.
  package var isWhole: Bool { missing.isEmpty }

  /// What is not there.
  package var missing: [Range<Int>] {
    var (missing, end) = ([Range<Int>](), 0)
    for part in parts {
      if part.bytes.lowerBound > end { missing.append(end..<part.bytes.lowerBound) }
      end = part.bytes.upperBound
    }
    if end < byteCount { missing.append(end..<byteCount) }
    return missing
  }

  /// With the ranges of another profile of the file.
  ///
  /// - Throws: `PartError` where the files differ, or both have a range.
  func union(_ other: FileRanges) throws(PartError) -> FileRanges {
    if byteCount != other.byteCount { throw .otherSize(name, byteCount, other.byteCount) }
    if dialect != other.dialect { throw .otherDialect(name) }
    var all = self
    if let range = all.formUnion(other) { throw .overlap(name, range) }
    return all
  }

  /// Adds the ranges of another profile.
  ///
  /// - Returns: A range that both have; `nil` where all is well.
  private mutating func formUnion(_ other: FileRanges) -> Range<Int>? {
    var all: [Part] = []
    for part in (parts + other.parts).sorted(by: { $0.bytes.lowerBound < $1.bytes.lowerBound }) {
      guard let last = all.last, last.bytes.upperBound >= part.bytes.lowerBound else {
        all.append(part)
        continue
      }
      if last.bytes.upperBound > part.bytes.lowerBound {
        return part.bytes.lowerBound..<min(last.bytes.upperBound, part.bytes.upperBound)
      }
      all[all.count - 1].bytes = last.bytes.lowerBound..<part.bytes.upperBound
      all[all.count - 1].rowCount += part.rowCount
    }
    parts = all
    return nil
  }
}

extension FileRanges: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    name = try reader.readText()
    byteCount = try reader.readCount()
    dialect = try reader.read()
    parts = []
    for _ in 0..<(try reader.readCount(1 << 24)) {
      let start = (parts.last?.bytes.upperBound ?? 0) + (try reader.readCount())
      let end = start + (try reader.readCount())
      guard end <= byteCount else { throw reader.fault("a part ends behind its file") }
      parts.append(Part(bytes: start..<end, rowCount: try reader.readCount()))
    }
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(name.utf8)
    writer.write(count: byteCount)
    writer.write(dialect)
    writer.write(count: parts.count)
    var last = 0
    for part in parts {
      writer.write(count: part.bytes.lowerBound - last)
      writer.write(count: part.bytes.count)
      writer.write(count: part.rowCount)
      last = part.bytes.upperBound
    }
  }
}
