import Foundation
import TabularDiet
import Testing

/// Tables whose columns are not their plan's: new, missing, renamed, moved; under every way to deal with that,
/// from one file and from two, in text and in formats that have types, held against a plain model.
@Suite struct PlanMatchingTests {
  /// A kind of difference, and the columns that such a table has.
  private static let tables: [(String, [String])] = [
    ("none", ["id", "town", "price", "day"]),
    ("new at the front", ["extra", "id", "town", "price", "day"]),
    ("new within", ["id", "town", "extra", "price", "day"]),
    ("new at the end", ["id", "town", "price", "day", "extra"]),
    ("missing at the front", ["town", "price", "day"]),
    ("missing within", ["id", "day"]),
    ("missing at the end", ["id", "town", "price"]),
    ("renamed", ["id", "place", "price", "day"]),
    ("moved", ["id", "price", "town", "day"]),
    ("moved, missing and new", ["day", "extra", "price", "id"]),
  ]

  private static let planned = ["id", "town", "price", "day"]

  private static let everyMatching = PlanMatching.Resolution.allCases.flatMap { new in
    PlanMatching.Resolution.allCases.flatMap { missing in
      PlanMatching.Order.allCases.map {
        PlanMatching(newColumns: new, missingColumns: missing, movedColumns: $0)
      }
    }
  }

  private static func value(_ column: String, _ row: Int) -> String {
    switch column {
    case "id": "\(row)"
    case "price": "\(row % 7).25"
    case "day": "2024-01-0\(row % 9 + 1)"
    case "extra": "\(row % 2 == 0)"
    default: ["Oslo", "Rome"][row % 2]
    }
  }

  private static let rowCount = 20

  private static func text(_ columns: [String], _ filled: Set<String>, from first: Int) -> String {
    let rows = (first..<first + rowCount).map { row in
      columns.map { filled.contains($0) ? value($0, row) : "" }.joined(separator: ",") + "\n"
    }
    return columns.joined(separator: ",") + "\n" + rows.joined()
  }

  /// What the table's columns become, or which column is refused.
  private enum Outcome: Equatable {
    case columns([String])
    case refused(String)
  }

  private static func outcome(_ own: [String], _ matching: PlanMatching) -> Outcome {
    let missing = planned.filter { !own.contains($0) }
    let new = own.filter { !planned.contains($0) }
    if matching.missingColumns == .refuse, let first = missing.first { return .refused(first) }
    if matching.newColumns == .refuse, let first = new.first { return .refused(first) }
    let common = own.filter(planned.contains)
    let wanted = planned.filter(own.contains)
    if matching.movedColumns == .refuse,
      let (one, _) = zip(common, wanted).first(where: { $0 != $1 })
    {
      return .refused(one)
    }
    var result = matching.newColumns == .ignore ? common : own
    if matching.missingColumns == .add {
      for (index, name) in planned.enumerated() where missing.contains(name) {
        let before = index > 0 ? result.firstIndex(of: planned[index - 1]) : nil
        result.insert(name, at: before.map { $0 + 1 } ?? 0)
      }
    }
    if matching.movedColumns == .restore {
      result = planned.filter(result.contains) + result.filter { !planned.contains($0) }
    }
    return .columns(result)
  }

  private struct Folder {
    let path: String

    init() throws {
      path =
        FileManager.default.temporaryDirectory
        .appending(path: "diet-matching-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// A file of these columns in the format that its suffix says.
    func file(_ columns: [String], from first: Int, _ name: String, _ suffix: String) throws
      -> String
    {
      let text = "\(path)/\(name).csv"
      try PlanMatchingTests.text(columns, Set(columns), from: first)
        .write(toFile: text, atomically: true, encoding: .utf8)
      guard suffix != "csv" else { return text }
      _ = try TableReader(text).write(to: "\(path)/\(name).\(suffix)")
      return "\(path)/\(name).\(suffix)"
    }
  }

  private func frame(
    _ files: [String], _ suffix: String, _ plan: DietPlan, _ matching: PlanMatching
  ) throws -> DataFrame {
    switch suffix {
    case "csv": try DataFrame(contentsOfCSVFiles: files, plan: plan, matching: matching)
    case "arrow": try DataFrame(contentsOfArrowFiles: files, plan: plan, matching: matching)
    default: try DataFrame(contentsOfParquetFiles: files, plan: plan, matching: matching)
    }
  }

  @Test(arguments: ["csv", "arrow", "parquet"], [1, 2])
  func everyDifferenceUnderEveryMatching(_ suffix: String, _ fileCount: Int) throws {
    let folder = try Folder()
    defer { folder.remove() }
    let plan = try TableReader(folder.file(Self.planned, from: 0, "plan", suffix)).profile().plan()
    for (kind, own) in Self.tables {
      let files = try (0..<fileCount).map {
        try folder.file(own, from: $0 * Self.rowCount, "part\($0)", suffix)
      }
      for matching in Self.everyMatching {
        let comment = "\(kind), \(suffix), \(fileCount) files, \(matching)"
        switch Self.outcome(own, matching) {
        case .refused(let column):
          let error = #expect(throws: ReadingError.self, "\(comment)") {
            try frame(files, suffix, plan, matching)
          }
          #expect(error?.description.contains(column) == true, "\(comment): \(error as Any)")
          #expect(error?.file == files[0] && error?.remedy != nil, "\(comment)")
          if let type = plan[column]?.type, !own.contains(column) {
            #expect(error?.column == column && error?.message.contains("\(type)") == true)
          }
        case .columns(let names):
          let found = try frame(files, suffix, plan, matching)
          #expect(found.columns.map(\.name) == names, "\(comment)")
          for column in found.columns {
            guard let planned = plan[column.name] else { continue }
            #expect(column.type == planned.type, "\(comment), \(column.name)")
            #expect(column.layout == planned.layout, "\(comment), \(column.name)")
          }
          let expected = (0..<fileCount).map { part in
            let text = Self.text(names, Set(own), from: part * Self.rowCount)
            return part == 0 ? text : text.drop { $0 != "\n" }.dropFirst().description
          }
          let output = "\(folder.path)/out.csv"
          try found.write(toCSVFile: output)
          let written = try String(contentsOfFile: output, encoding: .utf8)
          #expect(written == expected.joined(), "\(comment)")
        }
      }
    }
  }

  /// The reader's ways: what is read, written and verified is the same, and notes say what was done.
  @Test(arguments: ["csv", "arrow", "parquet"])
  func tablesAreWrittenAndVerified(_ suffix: String) throws {
    let folder = try Folder()
    defer { folder.remove() }
    let plan = try TableReader(folder.file(Self.planned, from: 0, "plan", suffix)).profile().plan()
    for (kind, own) in Self.tables {
      let reader = try TableReader(folder.file(own, from: 5, "part", suffix))
      for matching in Self.everyMatching {
        guard case .columns(let names) = Self.outcome(own, matching) else {
          #expect(throws: ReadingError.self) { try reader.read(plan: plan, matching: matching) }
          continue
        }
        let comment = "\(kind), \(suffix), \(matching)"
        let table = try reader.read(plan: plan, matching: matching)
        #expect(table.frame.columns.map(\.name) == names, "\(comment)")
        let codes = Set(table.notes.map(\.code))
        let isNew = !Set(own).isSubset(of: Self.planned)
        let isMissing = !Set(Self.planned).isSubset(of: own)
        #expect(codes.contains(.columnsUnplanned) == isNew, "\(comment)")
        #expect(codes.contains(.plannedColumnsMissing) == isMissing, "\(comment)")
        let file = try reader.write(
          to: "\(folder.path)/lean.parquet", plan: plan, matching: matching)
        #expect(file.certificate.columns.map(\.name) == names, "\(comment)")
        #expect(table.certificate == file.certificate, "\(comment)")
        let report = try file.verify(against: reader)
        #expect(report.isVerified, "\(comment): \(report.differences)")
      }
    }
  }

  /// A table that lost a column since is not the one that was written.
  @Test func whatIsLostSinceIsNoAddedColumn() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let source = try folder.file(Self.planned, from: 0, "part", "csv")
    let file = try TableReader(source).write(to: "\(folder.path)/lean.arrow")
    _ = try folder.file(["id", "town", "day"], from: 0, "part", "csv")
    #expect(throws: OtherSourceError.self) { try file.verify(against: TableReader(source)) }
  }

  /// Columns that only longer records have are the table's, too.
  @Test func longRecordsHaveColumns() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let (long, plain) = ("\(folder.path)/long.csv", "\(folder.path)/plain.csv")
    try "a,b\n1,2\n3,4,5\n".write(toFile: long, atomically: true, encoding: .utf8)
    try "a,b\n1,2\n3,4\n".write(toFile: plain, atomically: true, encoding: .utf8)
    let wide = try TableReader(long).profile().plan()
    let narrow = try TableReader(plain).profile().plan()
    #expect(wide.columns.map(\.name) == ["a", "b", "column_3"])
    #expect(try DataFrame(contentsOfCSVFile: long, plan: wide).columns.count == 3)
    let error = #expect(throws: ReadingError.self) {
      try DataFrame(contentsOfCSVFile: long, plan: narrow)
    }
    #expect(error?.description.contains("column_3") == true)
    // A table, or a part of one, may have no longer records.
    for missing in [PlanMatching.Resolution.refuse, .add] {
      let added = try DataFrame(
        contentsOfCSVFile: plain, plan: wide, matching: PlanMatching(missingColumns: missing))
      #expect(added.columns.map(\.name) == ["a", "b", "column_3"])
      #expect(added["column_3"]?.nullCount == 2)
      // A column of a header that is called so may be lost: it is said.
      let table = try TableReader(plain).read(
        plan: wide, matching: PlanMatching(missingColumns: missing))
      let said = table.notes.contains { $0.code == .plannedColumnsMissing }
      #expect(said, "\(missing): \(table.notes)")
    }
    let without = try DataFrame(
      contentsOfCSVFile: plain, plan: wide, matching: PlanMatching(missingColumns: .ignore))
    #expect(without.columns.map(\.name) == ["a", "b"])
    let ignored = try DataFrame(
      contentsOfCSVFile: long, plan: narrow, matching: PlanMatching(newColumns: .ignore))
    #expect(ignored.columns.map(\.name) == ["a", "b"])
    let kept = try DataFrame(
      contentsOfCSVFile: long, plan: narrow, matching: PlanMatching(newColumns: .add))
    #expect(kept.columns.map(\.name) == ["a", "b", "column_3"])
  }

  /// More rows than a block has, and none at all.
  @Test(arguments: [0, 1, 200_000])
  func addedColumnsAreAsLongAsTheTable(_ rowCount: Int) throws {
    let folder = try Folder()
    defer { folder.remove() }
    let plan = try TableReader(folder.file(Self.planned, from: 0, "plan", "csv")).profile().plan()
    let source = "\(folder.path)/part.csv"
    try ("id\n" + (0..<rowCount).map { "\($0 % 20)\n" }.joined())
      .write(toFile: source, atomically: true, encoding: .utf8)
    for suffix in ["arrow", "arrows", "parquet", "csv"] {
      let file = try TableReader(source).write(
        to: "\(folder.path)/lean.\(suffix)", plan: plan,
        matching: PlanMatching(missingColumns: .add))
      #expect(try file.verify(against: TableReader(source)).isVerified, "\(suffix)")
      let back = try TableReader(file.path).read().frame
      #expect(back.columns.map(\.name) == Self.planned, "\(suffix)")
      #expect(back.rowCount == rowCount, "\(suffix)")
      #expect(back.columns.dropFirst().allSatisfy { $0.nullCount == rowCount }, "\(suffix)")
    }
  }

  /// Where columns are added and restored, each file may lack or move its own.
  @Test func everyFileMayDifferInItsOwnWay() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let plan = try TableReader(folder.file(Self.planned, from: 0, "plan", "csv")).profile().plan()
    let files = [
      try folder.file(Self.planned, from: 0, "a", "csv"),
      try folder.file(["day", "price", "id", "town"], from: 20, "b", "csv"),
      try folder.file(["id", "day"], from: 40, "c", "csv"),
    ]
    let frame = try DataFrame(
      contentsOfCSVFiles: files, plan: plan,
      matching: PlanMatching(missingColumns: .add, movedColumns: .restore))
    #expect(frame.columns.map(\.name) == Self.planned && frame.rowCount == 60)
    #expect(frame.columns.map(\.nullCount) == [0, 20, 20, 0])
    let ids = try frame.values("id", as: Int.self)
    #expect(ids.elementsEqual((0..<60).map { $0 }))
    #expect(throws: ReadingError.self) {
      try DataFrame(contentsOfCSVFiles: files, plan: plan)
    }
  }

  /// What is not to be read is neither new nor missing.
  @Test func columnsThatAreLeftOutAreNoDifference() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let path = try folder.file(Self.planned + ["extra"], from: 0, "part", "parquet")
    let plan = try TableReader(folder.file(Self.planned, from: 0, "plan", "parquet")).profile()
      .plan()
    for missing in PlanMatching.Resolution.allCases {
      let frame = try DataFrame(
        contentsOfParquetFile: path, columns: ["price", "id"], plan: plan,
        matching: PlanMatching(missingColumns: missing))
      #expect(frame.columns.map(\.name) == ["id", "price"], "\(missing)")
    }
    var options = ReadingOptions()
    options.drop = ["extra"]
    let table = try TableReader(path, options: options).read(plan: plan)
    #expect(table.frame.columns.map(\.name) == Self.planned && table.notes.isEmpty)
  }
}
