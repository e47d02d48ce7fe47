import Foundation
import TabularDiet
import Testing

/// A plan accepts the table that it was made of, and others of the same types within its room.
@Suite struct PlanRoomTests {
  /// Fields of one column: of the table that the plan is made of, and of the next one.
  private struct Fields {
    let kind: String
    var first: [String]
    var next: [String]
  }

  private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

  private static func word(_ length: Int, _ random: inout SeededGenerator) -> String {
    String((0..<length).map { _ in letters.randomElement(using: &random)! })
  }

  private static func hexadecimal(_ length: Int, _ random: inout SeededGenerator) -> String {
    String((0..<length).map { _ in Array("0123456789abcdef").randomElement(using: &random)! })
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func day(_ random: inout SeededGenerator) -> String {
    "20\(padded(.random(in: 10...29, using: &random)))-\(padded(.random(in: 1...12, using: &random)))"
      + "-\(padded(.random(in: 1...28, using: &random)))"
  }

  private static func time(_ random: inout SeededGenerator) -> String {
    "\(padded(.random(in: 0...23, using: &random))):\(padded(.random(in: 0...59, using: &random)))"
      + ":\(padded(.random(in: 0...59, using: &random)))"
  }

  /// One of each kind, of `count` rows; the next may be shorter or longer.
  private static func columns(_ count: Int, _ random: inout SeededGenerator) -> [Fields] {
    let nextCount = Int.random(in: 1...(2 * count), using: &random)
    func made(
      _ kind: String, _ first: @escaping (inout SeededGenerator) -> String,
      _ next: ((inout SeededGenerator) -> String)? = nil
    ) -> Fields {
      Fields(
        kind: kind, first: (0..<count).map { _ in first(&random) },
        next: (0..<nextCount).map { _ in (next ?? first)(&random) })
    }
    var columns: [Fields] = []
    for bits in [8, 16, 32, 64] {
      // In the first table both ends of the width are there; the next has any integers of it.
      let limit = Int64.max >> Int64(64 - bits)
      var fields = made("int\(bits)") { "\(Int64.random(in: -limit...limit, using: &$0))" }
      (fields.first[0], fields.first[count - 1]) = ("\(limit)", "\(-limit - 1)")
      if bits == 64 { fields.first[count - 1] = "\(-limit)" }
      columns.append(fields)
    }
    columns.append(made("constant", { _ in "7" }, { "\(Int.random(in: -128...127, using: &$0))" }))
    columns.append(made("decimal") { "\(Int.random(in: 0..<90, using: &$0)).25" })
    columns.append(
      made("float") {
        "\(Double.random(in: -1...1, using: &$0))e-\(Int.random(in: 3...9, using: &$0))"
      })
    columns.append(made("boolean") { Bool.random(using: &$0) ? "true" : "false" })
    columns.append(made("date") { day(&$0) })
    columns.append(made("time") { time(&$0) })
    columns.append(made("timestamp") { day(&$0) + "T" + time(&$0) })
    columns.append(
      made("uuid") { random in
        [8, 4, 4, 4, 12].map { hexadecimal($0, &random) }.joined(separator: "-")
      })
    columns.append(
      made("ipv4") { random in
        (0..<4).map { _ in "\(Int.random(in: 1...255, using: &random))" }.joined(separator: ".")
      })
    columns.append(made("digest") { hexadecimal(32, &$0) })
    for length in [1, 2, 8] {
      // Of one letter there are few, which are a dictionary: with at most 26 words and room for 128.
      let pool = (0..<100).map { _ in word(.random(in: 0...20, using: &random), &random) }
      columns.append(
        made(
          "text of \(length)", { word(length, &$0) },
          {
            length == 1
              ? pool.randomElement(using: &$0)! : word(.random(in: 0...20, using: &$0), &$0)
          }
        ))
      // All of the known words come, and at most as many others.
      let words = Set(
        (0..<Int.random(in: 2...64, using: &random)).map { _ in word(length, &random) }
      ).sorted()
      let others = (0..<words.count).map { _ in word(.random(in: 1...20, using: &random), &random) }
      columns.append(
        made(
          "words of \(length)", { words.randomElement(using: &$0)! },
          { (words + others).randomElement(using: &$0)! }))
    }
    columns.append(
      made(
        "hexadecimal digits", { hexadecimal(8, &$0) }, { word(.random(in: 0...9, using: &$0), &$0) }
      ))
    columns.append(
      made(
        "text", { word(.random(in: 1...9, using: &$0), &$0) },
        { word(.random(in: 0...99, using: &$0), &$0) }))
    return columns
  }

  private static func text(_ columns: [[String]]) -> String {
    let names = columns.indices.map { "c\($0)" }.joined(separator: ",")
    let rows = columns[0].indices.map { row in
      columns.map { $0[row] }.joined(separator: ",") + "\n"
    }
    return "key," + names + "\n" + rows.enumerated().map { "\($0 % 100),\($1)" }.joined()
  }

  private static func written(_ frame: DataFrame, _ path: String) throws -> String {
    try frame.write(toCSVFile: path)
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>, [false, true])
  func aPlanAcceptsItsTableAndTheNext(_ seed: UInt64, _ hasNulls: Bool) throws {
    var random = SeededGenerator(seed: seed)
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-room-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let rowCount = [2, 16, 40, 300, 1_000].randomElement(using: &random)!
    var columns = Self.columns(rowCount, &random)
    if hasNulls {
      for place in columns.indices {
        // The ends, which say how wide the column is, stay.
        for row in columns[place].first.indices.dropFirst().dropLast()
        where Int.random(in: 0..<4, using: &random) == 0 { columns[place].first[row] = "" }
        for row in columns[place].next.indices
        where Int.random(in: 0..<4, using: &random) == 0 { columns[place].next[row] = "" }
      }
    }
    let (first, next) = ("\(folder)/first.csv", "\(folder)/next.csv")
    try Self.text(columns.map(\.first)).write(toFile: first, atomically: true, encoding: .utf8)
    try Self.text(columns.map(\.next)).write(toFile: next, atomically: true, encoding: .utf8)

    let frame = try DataFrame(contentsOfCSVFile: first)
    let plan = DietPlan(for: frame)
    let comment = "seed \(seed), \(rowCount) rows, nulls \(hasNulls)"
    // One way for all doors.
    let profile = try TableReader(first).profile()
    for (one, other) in zip(plan.columns, profile.plan().columns) {
      #expect(one == other, "\(comment)")
    }
    #expect(try TableReader(first).read().plan.columns == plan.columns, "\(comment)")

    let again = try frame.applying(plan)
    let source = try Self.written(frame, "\(folder)/out.csv")
    #expect(try Self.written(again, "\(folder)/out.csv") == source, "\(comment)")
    #expect(again.columns.map(\.layout) == plan.columns.map(\.layout), "\(comment)")

    let types = Dictionary(uniqueKeysWithValues: plan.columns.map { ($0.name, $0.type) })
    let own = try DataFrame(contentsOfCSVFile: next, types: types)
    let expected = try Self.written(own, "\(folder)/out.csv")
    for (index, column) in columns.enumerated() {
      // Column by column, so that a failure names the kind.
      let name = "c\(index)"
      let single = DietPlan(typing: plan.typing, columns: plan.columns.filter { $0.name == name })
      do {
        _ = try DataFrame(
          contentsOfCSVFile: next, plan: single, matching: PlanMatching(newColumns: .ignore))
      } catch {
        Issue.record("\(comment), \(column.kind): \(error)")
      }
    }
    let planned = try DataFrame(contentsOfCSVFile: next, plan: plan)
    #expect(try Self.written(planned, "\(folder)/out.csv") == expected, "\(comment)")
    #expect(try Self.written(own.applying(plan), "\(folder)/out.csv") == expected, "\(comment)")
  }

  /// Text of one length says nothing of next month's.
  @Test(arguments: [16, 160, 1_600])
  func aNewWordMayBeLonger(_ rowCount: Int) throws {
    let words = (0..<16).map { "\(Self.letters[$0 / 4])\(Self.letters[20 + $0 % 4])" }
    let frame = try DataFrame([Column("k", strings: (0..<rowCount).map { words[$0 % 16] })])
    let longer = try DataFrame([Column("k", strings: ["aw", "Zeppelin", nil, ""])])
    let planned = try longer.applying(DietPlan(for: frame))
    #expect(
      try Array(ElementColumn<String>("k", of: planned)) == ["aw", "Zeppelin", nil, ""])
  }

  /// What is refused says why, and what to do.
  @Test func whatHasNoRoomIsExplained() throws {
    let words = try DataFrame([Column("k", strings: (0..<400).map { ["ab", "cd"][$0 % 2] })])
    let closed = DietPlan(for: words, closesCategories: true)
    let more = try DataFrame([Column("k", strings: ["ab", "Zeppelin"])])
    let refused = #expect(throws: LayoutError.self) { try more.applying(closed) }
    #expect(refused?.row == 1)
    #expect(
      refused?.description.hasPrefix(
        "row 2, column `k`: the word is none of the plan's 2 closed categories; mend the value, or make"
          + " a new plan") == true, "\(refused as Any)")
    let integers = try DataFrame([Column("n", integers: [1, 2, 3])])
    let wide = try DataFrame([Column("n", integers: [1, 300, 3])])
    let misfit = #expect(throws: LayoutError.self) { try wide.applying(DietPlan(for: integers)) }
    #expect(
      misfit?.description.hasPrefix(
        "row 2, column `n`: a value does not fit int8: `300`; make a new plan")
        == true, "\(misfit as Any)")
    let texts = try DataFrame([Column("n", strings: ["a", "b"])])
    let typed = #expect(throws: LayoutError.self) { try texts.applying(DietPlan(for: integers)) }
    #expect(
      typed?.description.hasPrefix(
        "column `n`: it is string, which cannot be stored as int8, as the plan says; cast it to integer, or"
      )
        == true, "\(typed as Any)")
  }
}
