import Glibc
import TabularDiet

/// Times the questions of db-benchmark and three of TPC-H on the tables that `bench/make_data.py` wrote;
/// prints a JSON object a line.
///
///     QueryBench FOLDER SIZE REPEATS
///
/// `SIZE` is 1e6 or 1e7, the rows of the tables of db-benchmark.
@main
struct QueryBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4, let repeats = Int(arguments[3]) else {
      print("usage: QueryBench FOLDER SIZE REPEATS [PART…]")
      exit(64)
    }
    let tables = Tables(folder: arguments[1])
    let bench = Timing(repeats: repeats)
    let size = arguments[2]
    let parts = arguments.count > 4 ? Array(arguments[4...]) : ["groupby", "join", "tpch"]
    if parts.contains("groupby") {
      try GroupQuestions(frame: tables.read("groupby-\(size)")).run(bench)
    }
    if parts.contains("join") {
      try JoinQuestions(
        x: tables.read("join-\(size)"), small: tables.read("join-\(size)-small"),
        medium: tables.read("join-\(size)-medium"), big: tables.read("join-\(size)-big")
      ).run(bench)
    }
    if parts.contains("tpch") {
      try TPCH(
        lineitem: tables.read("lineitem-sf1"), orders: tables.read("orders-sf1"),
        customer: tables.read("customer-sf1")
      ).run(bench)
    }
  }
}

struct Tables {
  let folder: String

  func read(_ name: String) throws -> DataFrame {
    try DataFrame(contentsOfCSVFile: "\(folder)/\(name).csv")
  }
}

/// Runs a question several times, after once to warm up, and prints what it took and what was answered.
struct Timing {
  let repeats: Int

  func measure(_ question: String, _ work: () throws -> DataFrame) rethrows {
    var answer = try work()
    var times: [Double] = []
    for _ in 0..<repeats {
      let start = ContinuousClock.now
      answer = try work()
      times.append((ContinuousClock.now - start) / .seconds(1))
    }
    times.sort()
    print(
      """
      {"question":"\(question)","engine":"diet","median":\(times[times.count / 2]),\
      "minimum":\(times[0]),"rows":\(answer.rowCount),"check":\(check(answer))}
      """)
    fflush(nil)
  }

  /// The sum of all numbers of the answer, in binary64: what both sides compare.
  private func check(_ frame: DataFrame) -> Double {
    frame.columns.reduce(0) { sum, column in
      guard let mean = try? column.mean() else { return sum }
      return sum + mean * Double(column.count - column.nullCount)
    }
  }
}
