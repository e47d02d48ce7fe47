import Columnar
import Contracts
import Kernels
import Options
import Pipeline
import Typing

/// Finds the rows that findings are about: reads their columns, and those alone, once more.
struct FindingLocator {
  private let frame: DataFrame
  private let source: TableSource

  /// - Parameter reader: The table, in files.
  init(_ reader: TableReader, columns: Set<String>) throws {
    var options = reader.options
    options.columns = columns.sorted()
    options.drop = []
    options.layout = LayoutPolicy()
    let again = TableReader(inputs: reader.inputs, options: options)
    let table = try again.read()
    frame = table.frame
    source = table.profile.summary.source
  }

  /// What a search has found: the first row, how many there are, and the first value.
  struct Found {
    var row: Int
    var count: Int
    var value: String?
  }

  func find(_ search: FindingSearch, in name: String) -> Found? {
    guard let column = frame[name] else { return nil }
    switch search {
    case .null: return first(column, hasValues: false) { _ in true }
    case .anyValue: return first(column) { _ in true }
    case .otherThanFirst:
      guard let start = (0..<column.count).first(where: { !column.isNull($0) }) else { return nil }
      let text = ValueText(column).text(row: start)
      if let missing = first(column, hasValues: false, { _ in true }) {
        let other = texts(column) { $0 != text }
        return other.map { $0.row < missing.row ? $0 : missing } ?? missing
      }
      return texts(column) { $0 != text }
    case .duplicate: return duplicate(in: column)
    case .outside(let range):
      guard let rows = IntegerRows(column.view) else { return nil }
      return first(column) { !range.contains(rows.wideValue(at: $0)) }
    case .beyond(let minimum, let maximum): return beyond(minimum, maximum, in: column)
    case .notAmong(let valid):
      return texts(column) { !valid.contains(String(decoding: $0, as: UTF8.self)) }
    case .length(let range):
      return texts(column) { text in
        !range.contains(String(decoding: text, as: UTF8.self).unicodeScalars.count)
      }
    case .notOfType(.exact(let type)) where column.type.perUnit(of: type) != nil:
      guard let rows = IntegerRows(column.view), let units = column.type.perUnit(of: type) else {
        return nil
      }
      return first(column) { rows.wideValue(at: $0) % units != 0 }
    case .notOfType(let type):
      let test = FieldTest(type.nearest)
      return texts(column) { !test.holds($0) }
    case .notFollowing(let relation):
      guard let other = frame[relation.column] else { return nil }
      return notFollowing(column, other, relation.kind)
    }
  }

  private func first(
    _ column: Column, hasValues: Bool = true, _ isSought: (Int) -> Bool
  ) -> Found? {
    var found: Found?
    for row in 0..<column.count where column.isNull(row) != hasValues && isSought(row) {
      if found == nil { found = Found(row: row, count: 0) }
      found!.count += 1
    }
    if let row = found?.row { found!.value = value(column, row) }
    return found
  }

  private func value(_ column: Column, _ row: Int) -> String? {
    ValueText(column).text(row: row).map { String(decoding: $0, as: UTF8.self) }
  }

  private func texts(_ column: Column, _ isSought: ([UInt8]) -> Bool) -> Found? {
    let text = ValueText(column)
    // Of few words each is looked at once.
    var known: [[UInt8]: Bool] = [:]
    var bytes: [UInt8] = []
    return first(column) { row in
      bytes.removeAll(keepingCapacity: true)
      guard text.append(row: row, to: &bytes) else { return false }
      if let answer = known[bytes] { return answer }
      let answer = isSought(bytes)
      if known.count < 4096 { known[bytes] = answer }
      return answer
    }
  }

  private func duplicate(in column: Column) -> Found? {
    let text = ValueText(column)
    var seen: Set<[UInt8]> = []
    return first(column) { row in
      guard let bytes = text.text(row: row) else { return false }
      return !seen.insert(bytes).inserted
    }
  }

  /// The first row whose values of a key an earlier one has; rows with a missing one have none.
  func duplicate(ofKey names: [String]) -> Found? {
    let columns = names.compactMap { frame[$0] }
    guard columns.count == names.count,
      let groups = try? frame.grouped(by: names, dropsNulls: true),
      let counted = try? groups.aggregated(.size)
    else { return nil }
    let sizes = counted.columns[names.count]
    let many = sizes.view.integers(count: sizes.count).reduce(0) { $0 + Int($1) - 1 }
    guard many > 0 else { return nil }
    let texts = columns.map(ValueText.init)
    var seen: Set<[[UInt8]]> = []
    for row in 0..<frame.rowCount {
      let key = texts.compactMap { $0.text(row: row) }
      guard key.count == names.count, !seen.insert(key).inserted else { continue }
      let words = key.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
      return Found(row: row, count: many, value: words)
    }
    return nil
  }

  private func beyond(_ minimum: Bound?, _ maximum: Bound?, in column: Column) -> Found? {
    func isOutside(_ value: FactValue) -> Bool {
      minimum?.holds(value, isMinimum: true, type: column.type) == false
        || maximum?.holds(value, isMinimum: false, type: column.type) == false
    }
    switch column.type {
    case .integer, .decimal:
      guard let rows = IntegerRows(column.view) else { return nil }
      return first(column) { isOutside(.integer(rows.wideValue(at: $0))) }
    case .float:
      guard let rows = FloatRows(column.view) else { return nil }
      return first(column) { isOutside(.float(rows.value(at: $0))) }
    default: return texts(column) { isOutside(.text(String(decoding: $0, as: UTF8.self))) }
    }
  }

  /// Where the findings' rows stand.
  func places(of rows: Set<Int>) -> [Int: FoundRow] {
    // A file that has changed since has no lines to be told.
    (try? source.find(rows: rows)) ?? [:]
  }
}

extension FindingLocator {
  /// The first row in which a column does not follow from another.
  private func notFollowing(
    _ column: Column, _ other: Column, _ kind: ColumnRelation.Kind
  ) -> Found? {
    let (text, otherText) = (ValueText(column), ValueText(other))
    switch kind {
    case .equal:
      return firstRow(column) { text.text(row: $0) != otherText.text(row: $0) }
    case .determined:
      var known: [[UInt8]?: [UInt8]?] = [:]
      return firstRow(column) { row in
        let (key, value) = (otherText.text(row: row), text.text(row: row))
        if let before = known[key] { return before != value }
        known[key] = value
        return false
      }
    case .line:
      guard let a = IntegerRows(other.view), let b = IntegerRows(column.view) else { return nil }
      var first: (Int128, Int128)?
      var slope: (rise: Int128, run: Int128)?
      return firstRow(column) { row in
        if column.isNull(row) != other.isNull(row) { return true }
        if column.isNull(row) { return false }
        let (x, y) = (a.wideValue(at: row), b.wideValue(at: row))
        guard let first else {
          first = (x, y)
          return false
        }
        let (run, rise) = (x - first.0, y - first.1)
        guard let slope else {
          if run == 0 { return rise != 0 }
          slope = (rise, run)
          return false
        }
        let (left, overflow) = rise.multipliedReportingOverflow(by: slope.run)
        let (right, otherOverflow) = slope.rise.multipliedReportingOverflow(by: run)
        return !overflow && !otherOverflow && left != right
      }
    }
  }

  private func firstRow(_ column: Column, _ isSought: (Int) -> Bool) -> Found? {
    var found: Found?
    for row in 0..<column.count where isSought(row) {
      if found == nil { found = Found(row: row, count: 0, value: value(column, row)) }
      found!.count += 1
    }
    return found
  }
}

extension LogicalType {
  /// How many of this type's units make one of a coarser type of the same kind; `nil` for others.
  fileprivate func perUnit(of coarser: LogicalType) -> Int128? {
    if let scale, let other = coarser.scale, scale > other {
      return (other..<scale).reduce(1) { power, _ in power * 10 }
    }
    if name == coarser.name, let unit, let other = coarser.unit, unit > other {
      return Int128(unit.perSecond / other.perSecond)
    }
    return nil
  }
}

extension TermType {
  /// The widest type of which all values are meant.
  fileprivate var nearest: LogicalType {
    switch self {
    case .exact(let type): type
    case .string: .string
    case .date: .date
    case .timestamp: .timestamp(unit: .nanosecond, zone: nil)
    case .time: .time(unit: .nanosecond)
    case .number: .float
    case .integer: .integer
    case .boolean: .boolean
    case .uuid: .uuid
    case .ipv4: .ipv4
    }
  }
}
