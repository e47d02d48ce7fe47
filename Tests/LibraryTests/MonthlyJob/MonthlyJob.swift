import Foundation
import TabularDiet

/// The job of `docs/etl.md`, which shows these lines.
enum MonthlyJob {
  /// Reads twelve monthly exports under a plan of January, and writes what a report needs.
  static func run(data: String, out: String) throws {
    // Job: plan
    // January says what each column is and how it is stored. Integers get room for what comes.
    var policy = LayoutPolicy()
    policy.room = IntegerRoom(minimumBits: 16)
    let january = try DataFrame(contentsOfCSVFile: "\(data)/2024-01.csv", policy: policy)
    let plan = DietPlan(for: january, policy: policy)
    try plan.write(toFile: "\(out)/plan.json")
    // Job: end

    // Job: read
    // Each month is read in the plan's types, or refused with the line and the value.
    let months = try (1...12).map { month in
      let path = "\(data)/2024-\(month < 10 ? "0" : "")\(month).csv"
      return try DataFrame(contentsOfCSVFile: path, plan: plan)
    }
    let orders = try DataFrame(concatenating: months)
    // Job: end

    // Job: derive
    var sales = try orders.adding(
      orders.evaluate(
        col("price") * col("quantity") - col("discount").coalesced(with: 0), named: "revenue"))
    sales = try sales.adding(sales.evaluate(col("ordered").month, named: "month"))
    sales = try sales.adding(sales.evaluate("where(quantity > 50, 1, 0)").renamed("bulk"))
    sales = try sales.adding(
      sales.mapOptional("category", "zip") { (category: String?, zip: String?) -> String? in
        zip.map { "\(category ?? "?")/\($0.prefix(1))" }
      }.renamed("area"))
    // Job: end
    try sales.write(toParquetFile: "\(out)/sales.parquet")

    // Job: filter and group
    let kept = try sales.filtered(
      where: col("revenue") > 100 && col("category") != "Gift" && !col("customer").isNull)
    let perMonth = try kept.grouped(by: "category", "month").aggregated(
      .size, .sum("revenue"), .mean("weight"), .median("price"), .distinctCount("customer"),
      .maximum("comment"), .any("express"), .first("order"))
    // Job: end
    try perMonth.write(toParquetFile: "\(out)/per_month.parquet")

    // Job: join, sort and take the best
    let customers = try DataFrame(contentsOfCSVFile: "\(data)/customers.csv")
    let joined = try kept.joined(customers, on: [(left: "customer", right: "code")], kind: .left)
    let sorted = try joined.sorted(on: [
      ("country", .ascending), ("revenue", .descending), ("order", .ascending),
    ])
    let best = try joined.grouped(by: "country").largest(10, by: "revenue")
    // Job: end
    try sorted.write(toParquetFile: "\(out)/sorted.parquet")
    try best.write(toParquetFile: "\(out)/best.parquet")

    // Job: rows and files
    struct Total: Codable {
      var country: String?
      var month: Int
      var orders: Int
      var revenue: Double
      var first: Date
    }
    let totals = try joined.grouped(by: "country", "month").aggregated(
      .size.named("orders"), .sum("revenue").named("revenue"), .minimum("ordered").named("first"))
    let rows = try totals.rows(as: Total.self)
    try totals.write(toParquetFile: "\(out)/totals.parquet")
    try totals.write(toArrowFile: "\(out)/totals.arrow")
    try totals.write(toCSVFile: "\(out)/totals.csv")
    // Job: end
    try JSONEncoder().encode(rows).write(to: URL(filePath: "\(out)/rows.json"))
  }
}
