import Foundation
import TabularDiet
import TestSupport
import Testing

/// The tutorial of the documentation: its code is compiled and run here, and shown there line by line.
@Suite struct TutorialTests {
  @Test func codeDoesWhatTheTextSays() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-tutorial-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let january = """
      day,shop,price,pieces
      2024-01-02,Rome,12.30,1
      2024-01-02,Oslo,9.95,3
      2024-01-03,Rome,4.00,
      """
    let file = "\(folder)/january.csv"
    try (january + "\n").write(toFile: file, atomically: true, encoding: .utf8)

    // Tutorial: read
    let sales = try DataFrame(contentsOfCSVFile: file)
    for column in sales.columns {
      print(column.name, column.type, column.layout, column.footprint.total)
    }
    // Tutorial: end
    #expect(sales.columns.map(\.type) == [.date, .string, .decimal(scale: 2), .integer])

    // Tutorial: compute
    let revenue = try sales["price"]!.sum()  // 26.25, a decimal
    let first = try sales["day"]!.minimum()  // 2024-01-02, a date
    let dear = try sales.filtered(where: col("price") > 9)
    let byShop = try sales.grouped(by: "shop").aggregated(.sum("price"), .size)
    // Tutorial: end
    #expect(revenue.description == "26.25" && first?.description == "2024-01-02")
    #expect(dear.rowCount == 2 && byShop.rowCount == 2)

    // Tutorial: values
    let prices = Array(try sales.values("price", as: Double.self))  // [12.3, 9.95, 4.0]
    let shops = try sales.values("shop", as: String.self)  // a collection
    let rounded = Column("rounded", prices.map { $0?.rounded() })
    let more = try sales.adding(rounded).renaming("shop", to: "city")
    struct Sale: Decodable {
      var shop: String
      var price: Double
      var pieces: Int?
    }
    let structs = try sales.rows(as: Sale.self)
    print(more)
    // Tutorial: end
    #expect(prices == [12.3, 9.95, 4] && shops.elementsEqual(["Rome", "Oslo", "Rome"]))
    #expect(structs.map(\.pieces) == [1, 3, nil] && structs[0].price == 12.3)
    #expect(more.columns.map(\.name) == ["day", "city", "price", "pieces", "rounded"])

    // Tutorial: shape
    let february = try DataFrame([
      Column("shop", ["Bern", "Rome"]), Column("day", ["2024-02-01", "2024-02-01"]),
      Column("price", ["7.00", "1.50"]),
    ]).casting("day", to: .date).casting("price", to: .decimal(scale: 2))
    let both = try DataFrame(concatenating: [sales, february], fillsMissing: true)
    let sorted = try both.sorted(on: [("shop", .ascending), ("price", .descending)])
    let cities = try DataFrame([
      Column("name", ["Rome", "Oslo"]), Column("country", ["IT", "NO"]),
    ])
    let placed = try both.joined(cities, on: [(left: "shop", right: "name")], kind: .full)
    let perDay = try both.pivoted(rows: ["day"], columns: "shop", values: .sum("price"))
    try placed.write(toCSVFile: "\(folder)/placed.csv")
    // Tutorial: end
    #expect(both.rowCount == 5 && sorted.rowCount == 5 && placed.rowCount == 5)
    #expect(perDay.columns.map(\.name) == ["day", "Bern", "Oslo", "Rome"])

    // Tutorial: plan
    let plan = DietPlan(for: sales)
    try plan.write(toFile: "\(folder)/plan.json")
    let again = try DataFrame(contentsOfCSVFile: file, plan: plan)
    // Tutorial: end
    #expect(again.columns.map(\.type) == sales.columns.map(\.type))

    // Tutorial: computed
    let lean = try dear.applying(DietPlan(for: dear))
    // Tutorial: end
    #expect(lean.rowCount == 2)

    // Tutorial: profile
    let reader = try TableReader(file)
    let profile = try reader.profile()
    for recommendation in profile.recommendations {
      print(recommendation.profile.name, recommendation.layout, recommendation.reason)
    }
    print(profile.report().text(as: ReportFormats.markdown))
    // Tutorial: end
    #expect(profile.rowCount == 3 && profile.notes.isEmpty)
    #expect(profile.report().columns.map(\.name) == sales.columns.map(\.name))

    // Tutorial: write
    let written = try reader.write(to: "\(folder)/january.parquet", plan: profile.plan())
    print(written.certificate.columns.map(\.fidelity))
    let verification = try written.verify(against: reader)
    print(verification.isVerified, verification.differences)
    // Tutorial: end
    #expect(verification.isVerified && verification.rowCount == 3)

    // Tutorial: dialect
    var options = ReadingOptions()
    options.text.hasHeader = true
    options.types = ["shop": .string]
    options.drop = ["pieces"]
    let told = try TableReader([file], options: options)
    let dialect = try told.sniff()
    print(dialect.dialect.delimiter, dialect.confidence, dialect.options)
    let some = try told.read()
    print(some.frame.shape, some.certificate.files)
    // Tutorial: end
    #expect(dialect.dialect.delimiter == "," && some.frame.shape == (3, 3))
  }

  @Test func theArticleShowsTheseLines() throws {
    let source = try MarkedSource(URL(filePath: #filePath), mark: "Tutorial")
    #expect(source.parts.count == 9)
    let article = packageRoot.appending(
      path: "Sources/TabularDiet/TabularDiet.docc/A-table-on-a-diet.md")
    #expect(try source.missing(in: article) == [])
    let blocks =
      try String(contentsOf: article, encoding: .utf8)
      .components(separatedBy: "```swift\n").count - 1
    #expect(blocks == source.parts.count)
  }
}
