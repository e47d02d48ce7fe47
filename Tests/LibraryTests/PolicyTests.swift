import Foundation
import TabularDiet
import TestSupport
import Testing

/// How densely a table is held is not seen in what it says, gives and becomes.
@Suite struct PolicyTests {
  private static var packed: LayoutPolicy {
    var policy = LayoutPolicy()
    policy.storage = .packed
    return policy
  }

  /// A month of orders: sorted keys, as numbers and as text, runs, few words, decimals, days, amounts, and nulls in all
  /// but the key.
  private static func orders(_ month: Int, rowCount: Int, seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    var text = "id,day,hour,status,price,distance,invoice,paid\n"
    var id = month * 10_000_000
    for row in 0..<rowCount {
      id += Int.random(in: 1...9, using: &random)
      func field(_ value: String) -> String {
        Int.random(in: 0..<20, using: &random) == 0 ? "" : value
      }
      let day = 1 + row * 28 / max(rowCount, 1)
      let status = ["new", "paid", "sent", "back"].randomElement(using: &random)!
      let price = Int.random(in: 99...99_999, using: &random)
      let cents = String(price % 100 + 100).dropFirst()
      text += "\(id),2024-0\(month)-\(day < 10 ? "0" : "")\(day),"
      text += field("\(Int.random(in: 0...23, using: &random))") + "," + field(status) + ","
      text += field("\(price / 100).\(cents)") + ","
      text += field("\(Int.random(in: -700...4000, using: &random))") + ","
      text += "INV-\(String(id + 1_000_000_000).dropFirst()),"
      text += field("$\(price / 100).\(cents)") + "\n"
    }
    return text
  }

  /// The denser of the two says how a table is held that is read under a plan.
  @Test func aPlanIsHeldAsDenselyAsTheReaderSays() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("1.csv", Self.orders(1, rowCount: 3000, seed: 5)).path
    var options = ReadingOptions()
    let fast = try TableReader(path, options: options).read()
    options.layout = Self.packed
    let dense = try TableReader(path, options: options).read()
    for plan in [fast.plan, dense.plan] {
      let held = try TableReader(path, options: options).read(plan: plan)
      #expect(held.frame == fast.frame)
      #expect(held.frame.footprint.total < fast.frame.footprint.total * 3 / 5)
    }
  }

  /// So much text that more than one thread makes tokens of it.
  @Test func textIsTheSameOnAnyNumberOfThreads() throws {
    var random = SeededGenerator(seed: 11)
    let words = (0..<2000).map { _ in
      (0..<6).map { _ in UInt8.random(in: 97...122, using: &random) } + [32]
    }
    var text = Array("id,note\n".utf8)
    for row in 0..<300_000 {
      text += Array("\(row),".utf8)
      for _ in 0..<12 { text += words[Int.random(in: 0..<words.count, using: &random)] }
      text[text.count - 1] = 10
    }
    let folder = try TemporaryFolder()
    let path = try folder.file("notes.csv", Data(text)).path
    var options = ReadingOptions()
    let fast = try TableReader(path, options: options).read()
    options.layout = Self.packed
    var byteCounts: Set<Int> = []
    for threads in [1, 3] {
      options.text.threads = threads
      let dense = try TableReader(path, options: options).read()
      #expect(dense.frame == fast.frame, "\(threads) threads")
      let note = try #require(dense.frame["note"])
      #expect(note.layout.description == "tokens")
      byteCounts.insert(note.footprint.total)
    }
    #expect(byteCounts.count == 1 && byteCounts.allSatisfy { $0 > 5 << 20 }, "\(byteCounts)")
  }

  /// Numbers of rows around blocks.
  @Test(arguments: [0, 1, 1023, 1024, 1025, 5000])
  func answersAreTheSame(rowCount: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("1.csv", Self.orders(1, rowCount: rowCount, seed: 7)).path
    let fast = try DataFrame(contentsOfCSVFile: path)
    let dense = try DataFrame(contentsOfCSVFile: path, policy: Self.packed)
    #expect(dense == fast)
    #expect(dense.footprint.total <= fast.footprint.total)
    if rowCount == 5000 {
      let layouts = dense.columns.map(\.layout.description)
      #expect(layouts.contains { $0.hasPrefix("runs<") }, "\(layouts)")
      #expect(layouts.contains { $0.hasPrefix("delta<") }, "\(layouts)")
      #expect(
        layouts.contains("dictionary<uint2>") && layouts.contains("base+uint17"), "\(layouts)")
      #expect(layouts.suffix(2) == ["affix<base+uint15>", "affix<base+uint17>"], "\(layouts)")
      #expect(dense.footprint.total * 5 < fast.footprint.total * 3)
    }
    guard rowCount > 0 else { return }
    for name in ["hour", "price", "distance"] {
      #expect(try dense[name]?.sum() == fast[name]?.sum(), "\(name)")
      #expect(try dense[name]?.minMax()?.minimum == fast[name]?.minMax()?.minimum, "\(name)")
    }
    #expect(
      try dense.filtered(where: "distance > 100 and status == 'paid'")
        == fast.filtered(where: "distance > 100 and status == 'paid'"))
    #expect(try dense.sorted(on: "price", "id") == fast.sorted(on: "price", "id"))
    #expect(
      try dense.grouped(by: "status", "hour").aggregated(.sum("price"), .mean("distance"))
        == fast.grouped(by: "status", "hour").aggregated(.sum("price"), .mean("distance")))
    // What is asked of text is asked of the numbers in it.
    let conditions = [
      "invoice > 'INV-010005' and paid is not null", "invoice = 'INV-010000004' or paid = '$12.34'",
      "invoice in ('INV-010000009', 'INV-1', '') or paid < '$20'", "paid like '$9%.5_'",
      "invoice between 'INV-0100010' and 'INV-02'", "starts_with(invoice, 'INV-01000000')",
      "not (paid >= '$5')", "invoice + paid = 'INV-010000004$1.00'",
    ]
    for condition in conditions {
      let expected = try fast.filtered(where: condition)
      #expect(try dense.filtered(where: condition) == expected, "\(condition)")
    }
    for name in ["invoice", "paid"] {
      #expect(try dense.sorted(on: name, "id") == fast.sorted(on: name, "id"), "\(name)")
      #expect(
        try dense.grouped(by: name).aggregated(.sum("price"))
          == fast.grouped(by: name).aggregated(.sum("price")), "\(name)")
      let few = try fast.taking(Array(0..<min(40, rowCount)))
      for kind in [JoinKind.inner, .left] {
        let expected = try fast.joined(few, on: name, kind: kind)
        #expect(try dense.joined(few, on: name, kind: kind) == expected, "\(name), \(kind)")
        #expect(
          try few.joined(dense, on: name, kind: kind) == few.joined(fast, on: name, kind: kind))
        #expect(
          try dense.joined(dense.taking(Array(0..<min(40, rowCount))), on: name, kind: kind)
            == expected, "\(name)")
      }
    }
  }

  /// Nearly all waits are short, some are not known, and a few are days.
  @Test(arguments: [1000, 5000], 0..<3 as Range<UInt64>)
  func outliersAreListed(rowCount: Int, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var text = "wait\n"
    for _ in 0..<rowCount {
      switch Int.random(in: 0..<100, using: &random) {
      case 0: text += "\(Int.random(in: -90_000...90_000, using: &random))\n"
      case 1...20: text += "NA\n"
      default: text += "\(Int.random(in: -7...20, using: &random))\n"
      }
    }
    let folder = try TemporaryFolder()
    let path = try folder.file("waits.csv", text).path
    let fast = try DataFrame(contentsOfCSVFile: path)
    let dense = try DataFrame(contentsOfCSVFile: path, policy: Self.packed)
    let (expected, found) = (try #require(fast["wait"]), try #require(dense["wait"]))
    #expect(found.layout.description == "patched<uint5>", "seed \(seed): \(found.layout)")
    #expect(dense == fast, "seed \(seed)")
    #expect(try found.sum() == expected.sum(), "seed \(seed)")
    #expect(try found.minMax()?.maximum == expected.minMax()?.maximum, "seed \(seed)")
    for condition in ["wait = 0", "wait < 3", "wait > 20", "wait >= -7"] {
      #expect(
        try dense.filtered(where: condition) == fast.filtered(where: condition),
        "seed \(seed), \(condition)")
    }
    #expect(try dense.sorted(on: "wait") == fast.sorted(on: "wait"), "seed \(seed)")
  }

  /// Rows that are taken are in runs, steps or a list again, where that takes less: what the values alone would be
  /// held in.
  @Test(arguments: 0..<4 as Range<UInt64>) func takenRowsAreAsDense(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    var text = "id,day,wait,kind\n"
    var id = 0
    for row in 0..<6000 {
      id += Int.random(in: 1...9, using: &random)
      let wait = Int.random(in: row % 90 == 0 ? 0...90_000 : 0...20, using: &random)
      let day = Int.random(in: 0..<9, using: &random) == 0 ? "" : "\(row / 300 * 37 % 90)"
      text += "\(id),\(day),\(wait),\(row / 7 % 3)\n"
    }
    let path = try folder.file("t.csv", text).path
    let fast = try DataFrame(contentsOfCSVFile: path)
    let dense = try DataFrame(contentsOfCSVFile: path, policy: Self.packed)
    let everyThird = (0..<2000).map { $0 * 3 }
    let mixed = everyThird.shuffled(using: &random)
    let takings: [(String, (DataFrame) throws -> DataFrame)] = [
      ("slice", { try $0.rows(70..<5000) }), ("few", { try $0.rows(3000..<3070) }),
      ("filter", { try $0.filtered(where: "wait > 3") }),
      ("every third", { try $0.taking(everyThird) }), ("mixed", { try $0.taking(mixed) }),
      ("sorted", { try $0.sorted(on: "kind", "day") }), ("none", { try $0.rows(9..<9) }),
    ]
    for (name, take) in takings {
      let (expected, taken) = (try take(fast), try take(dense))
      #expect(taken == expected, "seed \(seed), \(name)")
      for column in taken.columns where column.valueCount > 0 {
        let known = try DataFrame([column]).profiled().profiles[0]
        let best = Recommendation(for: known, policy: Self.packed)
        // Dictionaries, sequences and constants are not made again.
        guard ["runs", "delta", "patched", "packed"].contains(best.layout.encoding) else {
          continue
        }
        #expect(
          column.footprint.total <= best.footprint.total,
          "seed \(seed), \(name), \(column.name): \(column.layout), not \(best.layout)")
      }
      if name == "slice" || name == "filter" {
        let layouts = taken.columns.map { $0.layout.description.prefix { $0 != "<" } }
        #expect(
          layouts == ["delta", "runs", "patched", "runs"], "seed \(seed), \(name): \(layouts)")
      }
    }
  }

  /// What is computed means the same, though it may lie in fewer bytes.
  @Test func computedColumnsMeanTheSame() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("1.csv", Self.orders(1, rowCount: 3000, seed: 9)).path
    let fast = try DataFrame(contentsOfCSVFile: path)
    for storage in [StoragePolicy.packed, .smallest] {
      var policy = LayoutPolicy()
      policy.storage = storage
      let dense = try DataFrame(contentsOfCSVFile: path, policy: policy)
      for expression in [
        "id + 1", "hour * 2", "price * 3", "price + distance", "-distance", "price / 4", "hour > 3",
        "cast(distance as float)", "cast(hour as string)",
        "coalesce(distance, 0)", "status", "day", "abs(distance)", "round(price)",
      ] {
        let expected = try fast.evaluate(expression)
        let found = try dense.evaluate(expression)
        #expect(found == expected && found.type == expected.type, "\(storage), \(expression)")
      }
      for (name, type) in [
        ("id", LogicalType.float), ("price", .string), ("distance", .decimal(scale: 1)),
      ] {
        let expected = try #require(fast[name]).cast(to: type)
        let found = try #require(dense[name]).cast(to: type)
        #expect(found == expected && found.layout == expected.layout, "\(storage), \(name)")
      }
    }
  }

  /// Text that takes more as tokens is held as it is, and said to be.
  @Test func reasonsAreThoseOfTheLayout() throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 5)
    let noise = String(
      (0..<150_000).map { _ in
        Character(UnicodeScalar(UInt8.random(in: 46...126, using: &random)))
      })
    let text = "note,n\n" + (0..<1000).map { "note \($0),\($0)\n" }.joined() + noise + ",0\n"
    let path = try folder.file("notes.csv", text).path
    for storage in [StoragePolicy.packed, .smallest] {
      var options = ReadingOptions()
      options.layout.storage = storage
      let table = try TableReader(path, options: options).read()
      let recommendation = table.recommendations[0]
      #expect(recommendation.layout == table.frame.columns[0].layout)
      #expect(recommendation.layout.description == "utf8" && !recommendation.isForetold)
      #expect(recommendation.footprint == table.frame.columns[0].footprint)
      let plain = Recommendation(for: recommendation.profile, layout: recommendation.layout)
      #expect(recommendation.reason == plain.reason, "\(storage): \(recommendation.reason)")
      #expect(!recommendation.reason.contains("token"))
    }
  }

  /// Two months together are as dense as each.
  @Test func monthsGoTogether() throws {
    let folder = try TemporaryFolder()
    let months = try [1, 2].map {
      try folder.file("\($0).csv", Self.orders($0, rowCount: 3000, seed: UInt64($0))).path
    }
    let fast = try months.map { try DataFrame(contentsOfCSVFile: $0) }
    let dense = try months.map { try DataFrame(contentsOfCSVFile: $0, policy: Self.packed) }
    let both = try dense[0].appending(dense[1])
    #expect(both == (try fast[0].appending(fast[1])))
    let layouts = both.columns.map(\.layout.description)
    #expect(layouts.contains("dictionary<uint2>") && layouts.contains("base+uint17"), "\(layouts)")
    #expect(layouts.suffix(2) == ["affix<base+uint24>", "affix<base+uint17>"], "\(layouts)")
  }

  /// A plan says what is handed over, and its policy how a table is held.
  @Test func plansKeepThePolicy() throws {
    let folder = try TemporaryFolder()
    let first = try folder.file("1.csv", Self.orders(1, rowCount: 3000, seed: 1)).path
    let second = try folder.file("2.csv", Self.orders(2, rowCount: 3000, seed: 2)).path
    let frame = try DataFrame(contentsOfCSVFile: first, policy: Self.packed)
    try DietPlan(for: frame, policy: Self.packed).write(toFile: folder.path("plan.json"))
    let plan = try DietPlan(contentsOfFile: folder.path("plan.json"))
    #expect(plan.policy.storage == .packed)
    let next = try DataFrame(contentsOfCSVFile: second, plan: plan)
    let plain = try DataFrame(contentsOfCSVFile: second, plan: DietPlan(for: frame))
    #expect(next == plain)
    #expect(next.footprint.total < plain.footprint.total)
    try next.write(toArrowFile: folder.path("next.arrow"))
    try plain.write(toArrowFile: folder.path("plain.arrow"))
    let read = try ["next", "plain"].map {
      try DataFrame(contentsOfArrowFile: folder.path("\($0).arrow"))
    }
    #expect(read[0] == read[1])
    #expect(read[0].columns.map(\.layout) == read[1].columns.map(\.layout))
    #expect(next["invoice"]?.layout.description == "affix<base+uint14>")
    // Text that has become another is held otherwise, not refused.
    let changed = Self.orders(3, rowCount: 3000, seed: 3).replacing(
      "INV-", with: "R", maxReplacements: 9)
    let third = try folder.file("3.csv", changed).path
    let other = try DataFrame(contentsOfCSVFile: third, plan: plan)
    #expect(try other == DataFrame(contentsOfCSVFile: third, plan: DietPlan(for: frame)))
    #expect(other["invoice"]?.layout.description == "tokens")
  }

  /// Whether engines get a dictionary of text does not depend on how densely it is held.
  @Test(arguments: [2, 9, 120, 300, 3000]) func textIsHandedOverAlike(wordCount: Int) throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: UInt64(wordCount))
    var text = "word,number,code\n"
    for _ in 0..<4000 {
      let number = Int.random(in: 0..<wordCount, using: &random)
      text +=
        "\(String(number + 46_656, radix: 36)),No. \(number),\(String(number + 1000).dropFirst())\n"
    }
    let path = try folder.file("t.csv", text).path
    for policy in [LayoutPolicy(), Self.packed] {
      let frame = try DataFrame(contentsOfCSVFile: path, policy: policy)
      try frame.write(toArrowFile: folder.path("\(policy.storage).arrow"))
    }
    let read = try ["fast", "packed"].map {
      try DataFrame(contentsOfArrowFile: folder.path("\($0).arrow"))
    }
    #expect(read[0] == read[1] && read[0].columns.map(\.layout) == read[1].columns.map(\.layout))
  }
}
