import TabularDiet

/// The same questions on the ten million rows of db-benchmark's group-by table.
enum LargeQuestions {
  static func meanByWord(_ table: DataFrame) throws -> DataFrame {
    try table.grouped(by: "id1").aggregated(.mean("v1"))
  }

  static func sum(_ table: DataFrame) throws -> Scalar? {
    try table["v1"]?.sum()
  }

  static func movingMedian(_ table: DataFrame) throws -> Column? {
    try table["v3"]?.moving(.median, MovingWindow(100, minimumCount: 1))
  }

  static func fastRows(_ table: DataFrame) throws -> Int {
    try table.rows(where: col("v3") / col("v2") * 60 > 500).count
  }

  static func costs(_ table: DataFrame) throws -> Column {
    try table.map("v1", "v3") { (level: Double, price: Double) in
      level > 2 ? level * 100 / price : level
    }
  }

  static func meansOfFiles(_ paths: [String]) throws -> DataFrame {
    var options = ReadingOptions()
    options.columns = ["id1", "v1"]
    let levels = try TableReader(paths, options: options).read().frame
    return try levels.grouped(by: "id1").aggregated(.mean("v1"))
  }
}
