package import Columnar

/// Which columns of a part of a table say the same as others, in each way in which they may turn out to be read.
///
/// Readings are related as columns are; those of one kind alone, so that each column is in a few groups at most. What
/// holds in all rows holds in each part, so parts that are put together keep what all of them have, and what is kept
/// follows from the rows alone: of each group the two rows in which its first member has its least and its greatest
/// value, which are the same wherever the table was cut; one of them where no value differs yet, and none where no row
/// has one.
package struct RelatedReadings: Sendable {
  /// By the numbers of readings in place of those of columns.
  private var related: RelatedColumns

  /// Of no rows, or of rows in which no columns say the same.
  package init() { related = RelatedColumns(groups: []) }

  init(_ related: RelatedColumns) { self.related = related }

  package var isEmpty: Bool { related.groups.isEmpty }

  /// One more than the last column that is related to another.
  package var columnLimit: Int {
    related.groups.compactMap {
      $0.members.last.map { ColumnReading(number: $0.column).column + 1 }
    }
    .max() ?? 0
  }

  /// Leaves what holds in the rows of another part, too.
  ///
  /// Both parts have rows: of none, everything holds.
  package mutating func formUnion(_ other: RelatedReadings) {
    if isEmpty { return }
    related = expanded.joined(with: other.expanded)
  }

  /// With the readings that columns without a value do not have, and would have had in a part that has one. What one
  /// thread has found may have them.
  private var expanded: RelatedColumns {
    var all = related
    for index in all.groups.indices where all.groups[index].members.first?.kind == .null {
      var numbers: Set<Int> = []
      for member in all.groups[index].members {
        numbers.insert(member.column)
        let reading = ColumnReading(number: member.column)
        guard reading.form == .inferred else { continue }
        for form in ReadingForm.ofValues {
          numbers.insert(ColumnReading(reading.column, form).number)
        }
      }
      all.groups[index].members = numbers.sorted().map { RelatedColumns.Member(column: $0) }
    }
    return all
  }

  /// Leaves out what no more rows can make of use again, which another cut would not have had.
  ///
  /// - Parameter isRead: Whether all rows allow to read a column so.
  package mutating func normalize(_ isRead: (_ column: Int, _ form: ReadingForm) -> Bool) {
    var groups: [RelatedColumns.Group] = []
    for group in related.groups {
      let hasNoValue = group.members.first?.kind == .null
      let members = group.members.filter { member in
        let reading = ColumnReading(number: member.column)
        return isRead(reading.column, reading.form)
          && !(hasNoValue && ReadingForm.ofValues.contains(reading.form))
      }
      guard let first = members.first, let last = members.last,
        ColumnReading(number: first.column).column < ColumnReading(number: last.column).column
      else { continue }
      groups.append(RelatedColumns.Group(members: members).ascending)
    }
    groups.sort { $0.members[0].column < $1.members[0].column }
    related = RelatedColumns(groups: groups)
  }

  /// The same with what a second pass says of some columns.
  package func replacing(_ columns: Set<Int>, with again: RelatedReadings) -> RelatedReadings {
    let readings = columns.flatMap { column in
      ReadingForm.allCases.map { ColumnReading(column, $0).number }
    }
    return RelatedReadings(related.replacing(Set(readings), with: again.related))
  }

  /// The relations of columns once it is known how each is read.
  ///
  /// A date in an open order is read after all others: how it is related to them is not said of whole tables either.
  package func columns(_ form: (_ column: Int) -> ReadingForm?) -> RelatedColumns {
    var groups: [RelatedColumns.Group] = []
    for group in related.groups {
      for isOrdered in [false, true] {
        let members = group.members.compactMap { member -> RelatedColumns.Member? in
          let reading = ColumnReading(number: member.column)
          guard reading.form == form(reading.column), reading.form.isOrdered == isOrdered else {
            return nil
          }
          var member = member
          member.column = reading.column
          return member
        }
        if members.count > 1 { groups.append(RelatedColumns.Group(members: members)) }
      }
    }
    return RelatedColumns(groups: groups)
  }
}

extension RelatedReadings: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    self.init()
    var known: Set<Int> = []
    for _ in 0..<(try reader.readCount(reader.restCount)) {
      let group = try Self.group(from: &reader)
      let isKnown = group.members.contains { !known.insert($0.column).inserted }
      guard !isKnown,
        related.groups.last.map({ $0.members[0].column < group.members[0].column }) ?? true
      else {
        throw reader.fault("a column is in two groups of related ones, or the groups do not ascend")
      }
      related.groups.append(group)
    }
  }

  private static func group(
    from reader: inout ProfileReader
  ) throws(ProfileFault) -> RelatedColumns.Group {
    let count = try reader.readCount(reader.restCount)
    let valueCount = try reader.readCount(2)
    var members: [RelatedColumns.Member] = []
    for _ in 0..<count {
      let number = try reader.readCount(1 << 40) + (members.last.map { $0.column + 1 } ?? 0)
      guard number < 1 << 41 else { throw reader.fault("\(number) is no column") }
      var member = RelatedColumns.Member(column: number)
      member.kind = try reader.read(FieldKind.self)
      if valueCount > 0 { member.first = try reader.readInteger(of: member.kind) }
      if valueCount > 1 { member.second = try reader.readInteger(of: member.kind) }
      members.append(member)
    }
    guard let first = members.first, members.count > 1,
      members.allSatisfy({ $0.isPossible(valueCount) && $0.kind.family == first.kind.family }),
      (first.first ?? 0) <= (first.second ?? .max)
    else { throw reader.fault("columns are related in no known way") }
    return RelatedColumns.Group(members: members)
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(count: related.groups.count)
    for group in related.groups {
      let first = group.members[0]
      writer.write(count: group.members.count)
      writer.write(count: first.first == nil ? 0 : first.second == nil ? 1 : 2)
      var next = 0
      for member in group.members {
        writer.write(count: member.column - next)
        next = member.column + 1
        writer.write(member.kind)
        for value in [member.first, member.second].compactMap(\.self) { writer.write(value) }
      }
    }
  }
}

extension RelatedColumns.Member {
  /// Whether a reading may have that kind and as many values told.
  fileprivate func isPossible(_ valueCount: Int) -> Bool {
    let form = ColumnReading(number: column).form
    let isFitting =
      switch kind.family {
      case .null: !ReadingForm.ofValues.contains(form)
      case .float: form == .floats
      case .string: form == .text
      case .boolean, .number: form == .inferred
      case .date, .time: form == .inferred || form.isOrdered
      case .ambiguousDate: false
      }
    let hasIntegers = ![.null, .float, .string].contains(kind.family)
    return isFitting && hasIntegers == (valueCount > 0) && (second == nil || first != second)
  }
}
