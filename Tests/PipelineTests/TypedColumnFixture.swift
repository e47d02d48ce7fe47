import Columnar
import MemoryDiet

@testable import DelimitedText
@testable import Pipeline

/// How a test reads a column: what is told, and how the file is cut.
struct ReadingSetup: CustomStringConvertible {
  var typing = TypingOptions()
  var delimiter = UInt8(ascii: ",")
  var chunkByteCount = 1 << 20
  var threads = 1
  var keepsValues = true
  var countsDistinct = true

  var description: String {
    "chunks of \(chunkByteCount) bytes, \(threads) threads, keeps \(keepsValues), "
      + "counts \(countsDistinct)"
  }
}

/// A field as a file has it.
struct FieldText: Hashable, CustomStringConvertible {
  var text: String
  /// `""`, an empty field between quotes.
  var isQuotedEmpty = false

  static let empty = FieldText(text: "")
  static let quotedEmpty = FieldText(text: "", isQuotedEmpty: true)

  var description: String { isQuotedEmpty ? "\"\"" : text.isEmpty ? "∅" : text }

  func csv(delimiter: UInt8) -> String {
    if isQuotedEmpty { return "\"\"" }
    let special: [UInt8] = [delimiter, 0x22, 0x0A, 0x0D]
    guard text.utf8.contains(where: special.contains) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}

/// Everything that reading one column gives, in a form that compares and prints.
struct ObservedColumn: Equatable {
  var type: LogicalType
  var fidelity: Fidelity
  var rowCount: Int
  var nullCount: Int
  var distinctCount: Int?
  var isDistinctExact: Bool
  var integers: IntegerProfile?
  var floats: [UInt64?]
  var text: TextProfile?
  var layout: Layout
  var footprint: Footprint
  /// Of the finished column; `nil` where no values were kept.
  var digest: String?
  /// The finished column's values as text, `nil` a null; empty where no values were kept.
  var values: [String?] = []

  /// Reads `fields` as the first of two columns, so that an empty field is no blank line.
  init(_ fields: [FieldText], _ setup: ReadingSetup) throws {
    let delimiter = String(UnicodeScalar(setup.delimiter))
    var file = "v\(delimiter)z\n"
    for field in fields { file += field.csv(delimiter: setup.delimiter) + delimiter + "z\n" }
    try self.init(file: file, setup)
  }

  init(file: String, _ setup: ReadingSetup) throws {
    var reading = CSVReadingOptions(
      delimiter: setup.delimiter, quoting: .enclosed(by: UInt8(ascii: "\"")), hasHeader: true,
      threads: setup.threads, chunkByteCount: setup.chunkByteCount)
    reading.escaping = .doubled
    let loader = TableLoader(
      inputs: [.bytes(Array(file.utf8), name: "test.csv")], reading: reading,
      typing: setup.typing, keepsValues: setup.keepsValues, countsDistinct: setup.countsDistinct)
    var loaded = try loader.load()
    let columns = loaded.takeColumns()
    let profile = columns[0].profile
    type = profile.type
    fidelity = profile.fidelity
    rowCount = profile.rowCount
    nullCount = profile.nullCount
    distinctCount = profile.distinctCount
    isDistinctExact = profile.isDistinctExact
    integers = profile.integers
    floats = [
      profile.floats?.minimum?.bitPattern, profile.floats?.maximum?.bitPattern,
      (profile.floats?.nanCount).map(UInt64.init), profile.floats.map { $0.fitsFloat32 ? 1 : 0 },
    ]
    text = profile.text
    let recommendation = Recommendation(for: profile)
    layout = recommendation.layout
    footprint = recommendation.footprint
    if setup.keepsValues {
      let column = try columns[0].encode(layout: layout)
      digest = column.digest
      values = column.texts
      footprint = column.footprint
    }
  }
}

extension Column {
  /// The values as text: one spelling for each value of each type.
  var texts: [String?] {
    switch type.domain {
    case .integer:
      let target = UnsafeMutablePointer<Int64>.allocate(capacity: max(count, 1))
      defer { target.deallocate() }
      view.integers.copy(0..<count, to: target)
      let isUnsigned = view.integers.isUnsigned
      return (0..<count).map { row in
        if isNull(row) { return nil }
        return isUnsigned
          ? String(UInt64(bitPattern: target[row])) : Self.text(of: target[row], type: type)
      }
    case .float:
      let target = UnsafeMutablePointer<Double>.allocate(capacity: max(count, 1))
      defer { target.deallocate() }
      view.floats.copy(0..<count, to: target)
      return (0..<count).map { isNull($0) ? nil : "\(target[$0])" }
    case .bytes:
      return (0..<count).map { row in
        if isNull(row) { return nil }
        var bytes: [UInt8] = []
        view.appendText(row: row, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  static func text(of value: Int64, type: LogicalType) -> String {
    switch type {
    case .boolean: value == 0 ? "false" : value == 1 ? "true" : "\(value)"
    case .decimal(let scale): SlowText.decimal(Int128(value), scale: scale)
    case .date: SlowText.date(day: Int(value))
    case .time(let unit): SlowText.time(Int128(value), unit: unit, digits: unit.fractionDigits)
    case .duration(let unit):
      SlowText.duration(Int128(value), unit: unit, digits: unit.fractionDigits)
    case .timestamp(let unit, _):
      SlowText.timestamp(Int128(value), unit: unit, digits: unit.fractionDigits)
    default: String(value)
    }
  }
}
