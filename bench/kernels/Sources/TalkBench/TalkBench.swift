import Glibc
import TabularDiet

/// Follows the advice of the talk on the flights or on ten million rows; prints a JSON object a line.
///
///     TalkBench flights|groupby FILE REPEATS
///     TalkBench files flights|groupby FILE…
///
/// The second form goes from files to the means once: `bench/talk/run` measures the process.
@main
struct TalkBench {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.count >= 3, arguments[0] == "files" {
      let paths = Array(arguments[2...])
      let means =
        try arguments[1] == "flights"
        ? TalkQuestions.meansOfFiles(paths) : LargeQuestions.meansOfFiles(paths)
      print(sum(of: means.columns[1]))
    } else if arguments.count == 3, let repeats = Int(arguments[2]) {
      let bench = TalkTiming(table: arguments[0], repeats: repeats)
      try arguments[0] == "flights"
        ? flights(arguments[1], bench) : groups(arguments[1], bench)
    } else {
      print("usage: TalkBench flights|groupby FILE REPEATS | TalkBench files flights|groupby FILE…")
      exit(64)
    }
  }

  static func flights(_ path: String, _ bench: TalkTiming) throws {
    let table = try DataFrame(contentsOfCSVFile: path)
    let bytes = try TalkQuestions.smallNumbers(path)
    bench.bytes("numbers", bytes)
    bench.bytes("categories", table["carrier"]?.footprint.total ?? 0)
    try bench.measure("categories") { try sum(of: TalkQuestions.meanByWord(table).columns[1]) }
    try bench.measure("arrays") { try TalkQuestions.sum(table)?.doubleValue ?? .nan }
    try bench.measure("windows", { try TalkQuestions.movingMedian(table) }, sum(of:))
    try bench.measure("expressions") { try Double(TalkQuestions.fastRows(table)) }
    try bench.measure("compiled", { try TalkQuestions.costs(table) }, sum(of:))
    try bench.answer("wrapping", sum(of: TalkQuestions.minutes(table)))
  }

  static func groups(_ path: String, _ bench: TalkTiming) throws {
    let table = try DataFrame(contentsOfCSVFile: path)
    bench.bytes("numbers", table.footprint.total)
    bench.bytes("categories", table["id1"]?.footprint.total ?? 0)
    try bench.measure("categories") { try sum(of: LargeQuestions.meanByWord(table).columns[1]) }
    try bench.measure("arrays") { try LargeQuestions.sum(table)?.doubleValue ?? .nan }
    try bench.measure("windows", { try LargeQuestions.movingMedian(table) }, sum(of:))
    try bench.measure("expressions") { try Double(LargeQuestions.fastRows(table)) }
    try bench.measure("compiled", { try LargeQuestions.costs(table) }, sum(of:))
    try bench.answer("rounding", table["v3"]?.sum().doubleValue ?? .nan)
  }

  /// The sum of what a column holds: what the sides compare.
  static func sum(of column: Column?) -> Double {
    guard let column, let mean = try? column.mean() else { return .nan }
    return mean * Double(column.count - column.nullCount)
  }
}

/// Runs work several times, after once to warm up, and prints what it took and what was answered.
struct TalkTiming {
  let table: String
  let repeats: Int

  func measure(_ advice: String, _ work: () throws -> Double) rethrows {
    try measure(advice, work) { $0 }
  }

  /// - Parameter check: What the sides compare of an answer; it is not timed.
  func measure<Answer>(
    _ advice: String, _ work: () throws -> Answer, _ check: (Answer) -> Double
  ) rethrows {
    var answer = try work()
    var times: [Double] = []
    for _ in 0..<repeats {
      let start = ContinuousClock.now
      answer = try work()
      times.append((ContinuousClock.now - start) / .seconds(1))
    }
    times.sort()
    line(advice, "\"median\":\(times[times.count / 2]),\"answer\":\(check(answer))")
  }

  func bytes(_ advice: String, _ count: Int) {
    line(advice, "\"bytes\":\(count)")
  }

  func answer(_ advice: String, _ answer: Double) {
    line(advice, "\"answer\":\(answer)")
  }

  private func line(_ advice: String, _ members: String) {
    print("{\"advice\":\"\(advice)\",\"table\":\"\(table)\",\"way\":\"diet\",\(members)}")
    fflush(nil)
  }
}
