import TabularDiet

/// The advice of the talk, followed on the flights. `docs/making-pandas-fly.md` shows what stands between the
/// marks, and a test runs it.
enum TalkQuestions {
  static func meanByWord(_ flights: DataFrame) throws -> DataFrame {
    // Talk: categories
    try flights.grouped(by: "carrier").aggregated(.mean("dep_delay"))
    // Talk: end
  }

  static func smallNumbers(_ path: String) throws -> Int {
    // Talk: numbers
    let flights = try DataFrame(contentsOfCSVFile: path)
    let bytes = flights.footprint.total
    // Talk: end
    return bytes
  }

  static func sum(_ flights: DataFrame) throws -> Scalar? {
    // Talk: arrays
    try flights["dep_delay"]?.sum()
    // Talk: end
  }

  static func movingMedian(_ flights: DataFrame) throws -> Column? {
    // Talk: windows
    try flights["dep_delay"]?.moving(.median, MovingWindow(100, minimumCount: 1))
    // Talk: end
  }

  static func fastRows(_ flights: DataFrame) throws -> Int {
    // Talk: expressions
    let isFast = col("distance") / col("air_time") * 60 > 500
    let count = try flights.rows(where: isFast).count
    // Talk: end
    return count
  }

  static func costs(_ flights: DataFrame) throws -> Column {
    // Talk: compiled
    try flights.map("dep_delay", "distance") { (delay: Double, miles: Double) in
      delay > 0 ? delay * 100 / miles : delay
    }
    // Talk: end
  }

  static func meansOfFiles(_ months: [String]) throws -> DataFrame {
    // Talk: files
    var options = ReadingOptions()
    options.columns = ["carrier", "dep_delay"]
    let delays = try TableReader(months, options: options).read().frame
    return try delays.grouped(by: "carrier").aggregated(.mean("dep_delay"))
    // Talk: end
  }

  static func proof(_ path: String, lean: String) throws -> Bool {
    // Talk: right
    let source = try TableReader(path)
    let file = try source.write(to: lean)
    let isVerified = try file.verify(against: source).isVerified
    // Talk: end
    return isVerified
  }

  static func minutes(_ flights: DataFrame) throws -> Column {
    try flights.evaluate(col("hour") * 60 + col("minute"))
  }
}
