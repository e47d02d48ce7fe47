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
  /// By their names.
  package private(set) var files: [FileRanges] = []
  /// Those of the header, and those that longer records have.
  package private(set) var columns: [ColumnReadings] = []
  package private(set) var anomalies = PartAnomalies()

  package init(
    options: [String], header: [String], rowCount: Int, files: [FileRanges],
    columns: [ColumnReadings], anomalies: PartAnomalies
  ) {
    (self.options, self.header) = (options, header)
    (self.rowCount, self.columns, self.anomalies) = (rowCount, columns, anomalies)
    self.files = files.sorted { $0.name < $1.name }
  }

  /// The names of all columns.
  package var columnNames: [String] { HeaderNames.extended(header, to: columns.count) }

  /// Whether every file is there from its first byte to its last.
  package var isWhole: Bool { files.allSatisfy(\.isWhole) }

  /// Whether it is of files that have no record at all, not even a header.
  private var hasNothing: Bool { header.isEmpty && columns.isEmpty }

  /// Adds another part of the same table. Files without any record are of every table.
  ///
  /// - Throws: `PartError` where it is a part of another table, or was read otherwise, or both have the same
  ///   records.
  package mutating func formUnion(_ other: PartProfile) throws(PartError) {
    if options != other.options { throw .otherOptions(options, other.options) }
    if !hasNothing, !other.hasNothing, header != other.header {
      throw .otherColumns(
        (files.first?.name ?? "", header), (other.files.first?.name ?? "", other.header))
    }
    var all = files
    for file in other.files {
      guard let index = all.firstIndex(where: { $0.name == file.name }) else {
        all.append(file)
        continue
      }
      if all[index].byteCount != file.byteCount {
        throw .otherSize(file.name, all[index].byteCount, file.byteCount)
      }
      if all[index].dialect != file.dialect { throw .otherDialect(file.name) }
      if let range = all[index].formUnion(file) { throw .overlap(file.name, range) }
    }
    // Nothing is changed before all is known to fit.
    if hasNothing { header = other.header }
    files = all.sorted { $0.name < $1.name }
    let others = other.columns
    for index in 0..<max(columns.count, others.count) {
      if index == columns.count {
        columns.append(ColumnReadings())
        columns[index].addMissing(rowCount: rowCount)
      }
      if index < others.count {
        columns[index].formUnion(others[index])
      } else {
        columns[index].addMissing(rowCount: other.rowCount)
      }
    }
    rowCount += other.rowCount
    anomalies.formUnion(other.anomalies)
  }
}

/// Why two profiles are not of one table.
package enum PartError: Error, Sendable {
  case otherOptions([String], [String])
  /// A file of each, and its columns.
  case otherColumns((file: String, names: [String]), (file: String, names: [String]))
  case otherDialect(String)
  case otherSize(String, Int, Int)
  case overlap(String, Range<Int>)
}

extension PartProfile: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    options = try reader.readTexts()
    header = try reader.readTexts()
    rowCount = try reader.readCount()
    files = try reader.readArray()
    columns = try reader.readArray()
    anomalies = try reader.read()
    guard columns.count >= header.count, columns.allSatisfy({ $0.rowCount ?? rowCount == rowCount }) else {
      throw reader.fault("the columns have other rows than the table")
    }
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(options)
    writer.write(header)
    writer.write(count: rowCount)
    writer.write(files)
    writer.write(columns)
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
