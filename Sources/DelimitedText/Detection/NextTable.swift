/// A table below another one, behind a blank line. Its records are read as those of the first.
///
/// It takes proof: names, as many as its records have fields, on top of typed fields; and another width
/// than above, or words where the columns above have types. Or both headers are in small letters, and
/// no record is; or no column has a type, and there is no other blank line.
struct NextTable {
  /// The offset of its names.
  let start: Int
  let names: [UInt8]

  /// How many records that follow blank lines are looked at: where there are more, blank lines part
  /// nothing.
  private static let candidateLimit = 20
  /// How many records above and below tell of types.
  private static let recordLimit = 30

  /// - Parameter range: What is read as the table.
  init?(
    _ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, _ shapes: RecordShapes,
    in range: Range<Int>, looksTyped: TypedEvidence
  ) {
    func records(_ bytes: Range<Int>, limit: Int = Self.recordLimit) -> SampleRecords {
      SampleRecords(
        UnsafeBufferPointer(rebasing: text[bytes]), dialect: dialect, recordLimit: limit)
    }
    let all = shapes.records
    guard let top = all.firstIndex(where: { $0.start >= range.lowerBound }) else { return nil }
    let end = all[top...].firstIndex { $0.start >= range.upperBound } ?? all.count
    let candidates = (top..<end).dropFirst(2).dropLast().lazy.filter { all[$0].followsBlank }
    let header = all[top]
    for index in candidates.prefix(Self.candidateLimit) {
      let record = all[index]
      guard record.width > 1, all[index + 1].width == record.width, !all[index + 1].followsBlank,
        let names = records(record.start..<record.end, limit: 1).first,
        Set(names).count == names.count, !names.contains(where: HeaderRecords.isNullWord),
        names.allSatisfy({ Prose.hasLetter($0[...]) && !looksTyped([$0]) }),
        !text[record.start..<record.end].elementsEqual(text[header.start..<header.end])
      else { continue }
      let above = Array(
        records(all[max(top + 1, index - Self.recordLimit)].start..<record.start))
      // Its own records end where the width changes, or with a blank line.
      let below = all[(index + 1)..<end].prefix { $0.width == record.width && !$0.followsBlank }
      let own = Array(records(all[index + 1].start..<below.last!.end))
      func haveTypes(_ rows: [[[UInt8]]]) -> Bool {
        names.indices.contains { looksTyped(HeaderEvidence.fields(of: $0, in: rows[...])) }
      }
      let first = records(header.start..<header.end, limit: 1).first ?? []
      let areSmall =
        Self.areSmall(first) && Self.areSmall(names)
        && !(above + own).contains(where: Self.areSmall)
      // Where one blank line alone parts words from words, those below it may be names as well.
      let isOnlyCut =
        candidates.prefix(2).count == 1 && own.count > 1 && record.width == header.width
        && !haveTypes(own) && !haveTypes(above)
        && !names.indices.contains { column in
          (above + own).contains { $0.count > column && $0[column] == names[column] }
        }
      guard
        areSmall || isOnlyCut
          || haveTypes(own) && (record.width != header.width || haveTypes(above))
      else { continue }
      start = record.start
      self.names = Array(text[record.start..<record.end])
      return
    }
    return nil
  }

  /// Whether all fields are words in small letters, as many headers are.
  private static func areSmall(_ fields: [[UInt8]]) -> Bool {
    fields.allSatisfy { field in
      Prose.hasLetter(field[...])
        && field.allSatisfy { !(0x41...0x5A ~= $0) && $0 < 0x80 }
    }
  }
}
