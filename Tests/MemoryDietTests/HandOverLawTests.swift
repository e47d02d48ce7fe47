import ArrowFormat
import Columnar
import Foundation
import MemoryDiet
import TabularDiet
import TestSupport
import Testing

/// Engines get a table in the same types however densely it is held, and whatever was done to it before.
struct HandOverLawTests {
  /// A way to read the table.
  struct Reading: CustomStringConvertible, Sendable {
    let description: String
    let change: @Sendable (inout ReadingOptions) -> Void

    /// Its place among all.
    var number: Int { Self.all.firstIndex { $0.description == description } ?? 0 }

    static let all = [
      Reading(description: "as usual") { _ in },
      Reading(description: "unsigned") { $0.layout.allowsUnsigned = true },
      Reading(description: "16 bits") { $0.layout.room = IntegerRoom(minimumBits: 16) },
      Reading(description: "margin") { $0.layout.room = IntegerRoom(margin: Margin("2x")!) },
      Reading(description: "all categories") { $0.categories = .all },
      Reading(description: "no categories") { $0.categories = .none },
    ]
  }

  /// Something done to a table.
  struct Operation: CustomStringConvertible, Sendable {
    let description: String
    let table: @Sendable (DataFrame, LayoutPolicy) throws -> DataFrame

    static let each = [
      Operation(description: "nothing") { table, _ in table },
      Operation(description: "some rows") { table, _ in try table.filtered(where: "key < 300") },
      Operation(description: "no row") { table, _ in try table.filtered(where: "key < 0") },
      Operation(description: "nulls alone") { table, _ in
        try table.filtered(where: "small_n is null").head(3)
      },
      Operation(description: "first rows") { table, _ in table.head(3) },
      Operation(description: "sorted") { table, _ in try table.sorted(on: "mid", "price") },
      Operation(description: "joined") { table, _ in
        try table.joined(
          table.head(100).selecting(["key", "u8", "word"]), on: "key", kind: .left)
      },
      Operation(description: "grouped") { table, _ in
        try table.grouped(by: "word").aggregated(
          .minimum("u8"), .sum("base"), .first("few"), .last("price"), .maximum("step"), .size)
      },
      Operation(description: "one after the other") { table, _ in
        try DataFrame(concatenating: [table.head(500), table.filtered(where: "key > 4000")])
      },
      Operation(description: "computed") { table, _ in
        try DataFrame(expressions.map { try table.evaluate($0) })
      },
      Operation(description: "planned") { table, policy in
        var plan = DietPlan(for: table)
        plan.policy.storage = policy.storage
        return try table.applying(plan)
      },
      Operation(description: "leanest") { table, policy in try table.leanest(policy) },
    ]

    /// One after another: most columns are there after the first.
    static let pairs = each.filter { !["computed", "grouped", "joined"].contains($0.description) }
      .flatMap { first in
        ["some rows", "no row", "first rows", "planned", "leanest", "computed"].compactMap { name in
          each.first { $0.description == name }.map { second in
            Operation(description: "\(first), then \(second)") {
              try second.table(try first.table($0, $1), $1)
            }
          }
        }
      }

    private static let expressions = [
      "small + 1", "mid * 2", "base - 1000", "u8 + u16", "-neg", "price * 2", "key % 7",
      "big + big",
      "few * 3", "step + 1", "outlier + 1", "day", "year(day)", "coalesce(small_n, 0)", "u16",
      "upper(one)", "upper(word)", "upper(invoice)", "length(word)", "cast(few as string)",
      "round(price)", "runs * 100000", "constant * small", "price_n + few_price",
    ]
  }

  private static func table(rowCount: Int, seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    func number(_ range: ClosedRange<Int>) -> String { "\(Int.random(in: range, using: &random))" }
    func one(_ words: [String]) -> String { words.randomElement(using: &random)! }
    var text =
      "key,small,mid,big,u8,u16,step,base,neg,runs,sequence,constant,few,outlier,price,few_price,digits,"
      + "float,flag,day,few_days,time,instant,one,word,invoice,free,hex,same,small_n,u8_n,price_n,one_n\n"
    for row in 0..<rowCount {
      let price = Int.random(in: 1000...9999, using: &random)
      let fields = [
        "\(row * 7)", number(0...60), number(0...30_000), number(0...2_000_000_000),
        number(0...250),
        number(0...60_000), one(["0", "50", "200"]), number(1000...1100), number(-700...4000),
        "\(row / 40)", "\(row + 100)", "7", one(["5", "70000", "1000000000"]),
        row % 97 == 0 ? "100000" : number(0...50), "\(price / 100).\(price % 90 + 10)",
        one(["1.25", "1000.50"]), number(10_000_000_000_000_000...90_000_000_000_000_000) + ".5",
        "\(Double.random(in: 0...1, using: &random))", one(["true", "false"]),
        "2024-0\(number(1...9))-1\(number(0...9))", one(["1900-12-31", "2190-07-02"]),
        "1\(number(0...9)):00:0\(number(0...9))", "2024-01-01T00:00:0\(row % 10)Z",
        one(["a", "b", "c"]), one(["new", "paid", "sent"]), "INV-\(1_000_000 + row)",
        (0..<5).map { _ in one(["left", "right", "door"]) + number(0...99) }.joined(separator: " "),
        number(10_000_000...99_999_999) + "abcd" + number(10_000_000...99_999_999), "constant",
        row % 31 == 0 ? number(0...60) : "", row % 40 == 0 ? number(0...250) : "",
        row % 20 == 0 ? "" : "\(price / 100).\(price % 90 + 10)",
        row % 3 == 0 ? one(["a", "b"]) : "",
      ]
      text += fields.joined(separator: ",") + "\n"
    }
    return text
  }

  /// What each column is to an engine.
  private static func types(
    _ frame: DataFrame, for engine: TargetEngine, _ categories: CategoryPolicy
  ) throws -> [String] {
    try frame.columns.map { column in
      let field = try ArrowColumn(
        .whole(column), dictionaryID: 0, path: "law", for: engine, categories: categories
      ).field
      return "\(column.name): \(field.type) \(field.dictionary.map { "\($0.codeBits)" } ?? "")"
    }
  }

  @Test(arguments: Reading.all)
  func aPolicyDoesNotShowInTypes(reading: Reading) throws {
    let seed: UInt64 = 23
    let folder = try TemporaryFolder()
    // Of fewer rows nothing follows from others.
    let path = try folder.file("t.csv", Self.table(rowCount: 4200, seed: seed)).path
    let tables = try StoragePolicy.allCases.map { storage in
      var options = ReadingOptions()
      reading.change(&options)
      options.layout.storage = storage
      let reader = try TableReader(path, options: options)
      return (frame: try reader.read().frame, policy: reader.policy)
    }
    #expect(tables[1].frame.footprint.total < tables[0].frame.footprint.total)
    // Each pair under one of the readings.
    let own = Operation.pairs.indices.filter { $0 % Reading.all.count == reading.number }
    for operation in Operation.each + own.map({ Operation.pairs[$0] }) {
      let made = try tables.map { try operation.table($0.frame, $0.policy) }
      for engine in TargetEngine.allCases {
        let types = try zip(made, tables).map {
          try Self.types($0, for: engine, $1.policy.categories)
        }
        for (dense, storage) in zip(types, StoragePolicy.allCases).dropFirst()
        where dense != types[0] {
          let others = zip(types[0], dense).filter { $0 != $1 }
          Issue.record("\(storage), \(reading), \(operation), \(engine), seed \(seed): \(others)")
        }
      }
    }
  }
}
