package import Columnar
import DelimitedText
package import Typing

/// What is known of a part of a table, in kilobytes: enough to say what each column of the whole table is and
/// needs, once the profiles of all parts are put together.
///
/// Profiles form a commutative monoid: however a table is cut and in whatever order its parts are joined, the
/// profile of the whole has the same bytes. Rows count by the names of files, then by their place.
package struct PartProfile: Sendable {
  /// How the text is read, as words of a command line.
  package let options: [String]
  /// The columns of the header.
  package private(set) var header: [String]
  package private(set) var rowCount = 0
  /// Of each file, by its name.
  private var ranges: [String: FileRanges] = [:]
  /// Those of the header, and those that longer records have.
  package private(set) var columns: [ColumnReadings] = []
  /// Which of the header's columns say the same as others.
  package private(set) var related = RelatedReadings()
  package private(set) var anomalies = PartAnomalies()

  package init(
    options: [String], header: [String], rowCount: Int, files: [FileRanges],
    columns: [ColumnReadings], related: RelatedReadings, anomalies: PartAnomalies
  ) {
    (self.options, self.header) = (options, header)
    (self.rowCount, self.columns, self.anomalies) = (rowCount, columns, anomalies)
    ranges = Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
    if rowCount > 0 { self.related = related }
    normalizeRelated()
    let parts = readParts
    for index in self.columns.indices { self.columns[index].close(parts) }
  }

  /// In the order of their names.
  package var files: [FileRanges] { ranges.values.sorted { $0.name < $1.name } }

  /// The parts of the only file that has rows; `nil` where several have: no places tell which of them follow one
  /// another.
  private var readParts: [(span: Range<Int>, rowCount: Int)]? {
    let files = ranges.values.map { $0.parts.filter { $0.rowCount > 0 } }.filter { !$0.isEmpty }
    return files.count > 1 ? nil : files.first?.map { ($0.bytes, $0.rowCount) } ?? []
  }

  /// The names of all columns.
  package var columnNames: [String] { HeaderNames.extended(header, to: columns.count) }

  /// Whether every file is there from its first byte to its last.
  package var isWhole: Bool { ranges.values.allSatisfy(\.isWhole) }

  /// Whether it is of files that have no record at all, not even a header.
  private var hasNothing: Bool { header.isEmpty && columns.isEmpty }

  /// Adds another part of the same table. Files without any record are of every table.
  ///
  /// - Throws: `PartError` where it is a part of another table, or was read otherwise, or both have the same
  ///   records.
  package mutating func formUnion(_ other: PartProfile) throws(PartError) {
    try begin(other, hasNothing: other.hasNothing)
    let (others, parts) = (other.columns, readParts)
    for index in 0..<max(columns.count, others.count) {
      add(index < others.count ? others[index] : nil, at: index, rowCount: other.rowCount)
      columns[index].close(parts)
    }
    addRelated(other)
    rowCount += other.rowCount
    anomalies.formUnion(other.anomalies)
  }

  /// Adds the part that is read, column after column: of many parts none is held as a whole.
  ///
  /// - Throws: `PartError` as `formUnion`, `ProfileFault` where there is no part. Then some columns may have rows that
  ///   others have not: nothing else is to be done with this part.
  package mutating func formUnion(from reader: inout ProfileReader) throws {
    var other = try PartProfile(headFrom: &reader)
    let count = try reader.readCount(reader.restCount)
    try begin(other, hasNothing: other.header.isEmpty && count == 0)
    let parts = readParts
    for index in 0..<max(columns.count, count) {
      let column = index < count ? try ColumnReadings(from: &reader) : nil
      try other.check(column, reader)
      add(column, at: index, rowCount: other.rowCount)
      columns[index].close(parts)
    }
    guard count >= other.header.count else { throw reader.fault("columns are missing") }
    try other.readRelated(from: &reader)
    addRelated(other)
    rowCount += other.rowCount
    other.anomalies = try reader.read()
    anomalies.formUnion(other.anomalies)
  }

  /// Adds the files of another part once it is known to fit.
  private mutating func begin(_ other: PartProfile, hasNothing otherHasNothing: Bool)
    throws(PartError)
  {
    if options != other.options { throw .otherOptions(options, other.options) }
    if !hasNothing, !otherHasNothing, header != other.header {
      throw .otherColumns(
        (files.first?.name ?? "", header), (other.files.first?.name ?? "", other.header))
    }
    var known: [FileRanges] = []
    for file in other.ranges.count == 1 ? Array(other.ranges.values) : other.files {
      if let own = ranges[file.name] { known.append(try own.union(file)) }
    }
    // Nothing is changed before all is known to fit.
    if hasNothing { header = other.header }
    ranges.merge(other.ranges) { own, _ in own }
    for file in known { ranges[file.name] = file }
  }

  /// Adds a column of another part; `nil` where its records end before that.
  private mutating func add(_ other: ColumnReadings?, at index: Int, rowCount others: Int) {
    if index == columns.count {
      columns.append(ColumnReadings())
      columns[index].addMissing(rowCount: rowCount)
    }
    if let other {
      columns[index].formUnion(other)
    } else {
      columns[index].addMissing(rowCount: others)
    }
  }

  /// Adds what another part says of columns, once its columns are added, and before its rows are.
  private mutating func addRelated(_ other: PartProfile) {
    if rowCount == 0 {
      related = other.related
    } else if other.rowCount > 0 {
      related.formUnion(other.related)
    }
    normalizeRelated()
  }

  private mutating func normalizeRelated() {
    if related.isEmpty { return }
    related.normalize { columns[$0].isRead(as: $1) }
  }

  private mutating func readRelated(from reader: inout ProfileReader) throws(ProfileFault) {
    related = try reader.read()
    guard related.columnLimit <= header.count, related.isEmpty || rowCount > 0 else {
      throw reader.fault("columns are related that are not there")
    }
  }

  private func check(_ column: ColumnReadings?, _ reader: ProfileReader) throws(ProfileFault) {
    if let count = column?.rowCount, count != rowCount {
      throw reader.fault("the columns have other rows than the table")
    }
  }
}

extension PartProfile: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    try self.init(headFrom: &reader)
    columns = try reader.readArray()
    for column in columns { try check(column, reader) }
    guard columns.count >= header.count else { throw reader.fault("columns are missing") }
    try readRelated(from: &reader)
    anomalies = try reader.read()
  }

  /// All that stands before the columns.
  private init(headFrom reader: inout ProfileReader) throws(ProfileFault) {
    options = try reader.readTexts()
    header = try reader.readTexts()
    rowCount = try reader.readCount()
    let files = try reader.readArray(of: FileRanges.self)
    ranges = Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
    guard ranges.count == files.count else { throw reader.fault("a file is there twice") }
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(options)
    writer.write(header)
    writer.write(count: rowCount)
    writer.write(files)
    writer.write(columns)
    writer.write(related)
    writer.write(anomalies)
  }
}

extension ProfileReader {
  fileprivate mutating func readTexts() throws(ProfileFault) -> [String] {
    var texts: [String] = []
    for _ in 0..<(try readCount(1 << 24)) { texts.append(try readText()) }
    return texts
  }
}

extension ProfileWriter {
  fileprivate mutating func write(_ texts: [String]) {
    write(count: texts.count)
    for text in texts { write(text.utf8) }
  }
}
