import Glibc
import TabularDiet

/// Times our kernels on the columns that `make_columns.py` wrote; prints a JSON object a line.
///
///     PeerBench FOLDER REPEATS
@main
struct PeerBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let repeats = Int(arguments[2]) else {
      print("usage: PeerBench FOLDER REPEATS")
      exit(64)
    }
    let files = ColumnFiles(folder: arguments[1])
    let bench = Timing(repeats: repeats)
    try Work(files).run(bench)
  }
}

/// Runs work several times on one thread and on all, and prints what it took.
struct Timing {
  let repeats: Int

  func measure(_ kernel: String, _ form: String, _ bytes: Int, _ work: () throws -> String) rethrows
  {
    for threads in [1, KernelThreads.count] {
      try KernelThreads.withCount(threads) {
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
          {"kernel":"\(kernel)","engine":"diet","form":"\(form)","threads":\(threads),\
          "median":\(times[times.count / 2]),"minimum":\(times[0]),"bytes":\(bytes),\
          "answer":"\(answer)"}
          """)
        fflush(nil)
      }
    }
  }
}

/// The columns, as little-endian numbers, and a CSV for the texts.
struct ColumnFiles {
  let folder: String

  private func values<T: FixedWidthInteger>(_ name: String, _ type: T.Type) -> [Int64?] {
    guard let file = fopen("\(folder)/\(name).bin", "r") else { fatalError("no column \(name)") }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let count = ftell(file) / MemoryLayout<T>.size
    rewind(file)
    var raw = [T](repeating: 0, count: count)
    _ = fread(&raw, MemoryLayout<T>.size, count, file)
    return raw.map { Int64(truncatingIfNeeded: $0) }
  }

  func integers<T: FixedWidthInteger>(_ name: String, _ type: T.Type) -> Column {
    Column(name, integers: values(name, type))
  }

  func floats(_ name: String) -> Column {
    Column(
      name,
      floats: values(name, Int64.self).map { $0.map { Double(bitPattern: UInt64(bitPattern: $0)) } }
    )
  }

  /// Read from the CSV: a dictionary with codes of one byte.
  func texts(_ name: String) throws -> Column {
    guard let column = try DataFrame(contentsOfCSVFile: "\(folder)/\(name).csv")[name] else {
      fatalError("no column \(name)")
    }
    return column
  }
}

struct Work {
  private let frame: DataFrame

  init(_ files: ColumnFiles) throws {
    frame = try DataFrame([
      files.integers("i8", Int8.self), files.integers("i16", Int16.self),
      files.integers("i64", Int64.self), files.integers("key100", Int64.self),
      files.integers("key100k", Int64.self), files.floats("a"), files.floats("b"),
      files.floats("c"), files.floats("d"), files.integers("j8", Int8.self),
      try files.texts("category"),
    ])
  }

  func run(_ bench: Timing) throws {
    func column(_ name: String) -> Column {
      guard let column = frame[name] else { fatalError("no column \(name)") }
      return column
    }
    func bytes(_ names: String...) -> Int {
      names.reduce(0) { $0 + column($1).footprint.total }
    }
    for name in ["i8", "i16", "i64"] {
      try bench.measure("sum \(name)", name, bytes(name)) { try column(name).sum().description }
    }
    try bench.measure("sum f64", "f64", bytes("a")) { try column("a").sum().description }
    try bench.measure("variance f64", "f64", bytes("a")) { "\(try column("a").variance()!)" }
    try bench.measure("median f64", "f64", bytes("a")) { "\(try column("a").median()!)" }
    let category = column("category")
    try bench.measure("count == 'C042'", "\(category.layout)", category.footprint.total) {
      "\(try category.count(where: .equal(to: "C042")))"
    }
    try bench.measure("isin 5 of 100", "\(category.layout)", category.footprint.total) {
      "\(try category.rows(where: .isIn(["C001", "C017", "C042", "C077", "C099"])).count)"
    }
    bench.measure("value counts", "\(category.layout)", category.footprint.total) {
      "\(category.valueCounts().rowCount)"
    }
    bench.measure("sort by category", "\(category.layout)", category.footprint.total) {
      "\(category.sorted().count)"
    }
    for key in ["key100", "key100k", "category"] {
      try bench.measure("group sum by \(key)", "\(column(key).layout), i16", bytes(key, "i16")) {
        "\(try frame.grouped(by: key).aggregated(.sum("i16")).rowCount)"
      }
    }
    try bench.measure("group mean f64 by category", "dictionary, f64", bytes("category", "a")) {
      "\(try frame.grouped(by: "category").aggregated(.mean("a")).rowCount)"
    }
    try bench.measure("filter and group", "lean", bytes("category", "i16", "a")) {
      let some = try frame.selecting(["category", "i16"]).filtered(
        where: "category in ('C001', 'C017', 'C042')")
      return "\(try some.grouped(by: "category").aggregated(.sum("i16")).rowCount)"
    }
    try bench.measure("moving mean 100", "f64", bytes("a")) {
      "\(try column("a").moving(.mean, MovingWindow(100)).count)"
    }
    let million = try column("a").taking(Array(0..<min(1_000_000, frame.rowCount)))
    try bench.measure("moving median 100, a tenth of the rows", "f64", million.footprint.total) {
      "\(try million.moving(.median, MovingWindow(100)).count)"
    }
    try bench.measure("(a*b + c) > d", "f64", bytes("a", "b", "c", "d")) {
      "\(try frame.rows(where: "(a*b + c) > d").count)"
    }
    try bench.measure("(a*b + c) > d, lean", "i8, i16", bytes("i8", "j8", "i16")) {
      "\(try frame.rows(where: "(i8*j8 + i16) > i8").count)"
    }
    try bench.measure("sqrt(a**2 + b**2)", "f64", bytes("a", "b")) {
      "\(try frame.evaluate("sqrt(a**2 + b**2)").count)"
    }
    try bench.measure("sqrt(a**2 + b**2), lean", "i8", bytes("i8", "j8")) {
      "\(try frame.evaluate("sqrt(i8**2 + j8**2)").count)"
    }
    try bench.measure("your own kernel", "i16, f64", bytes("i16", "a")) {
      let made = try frame.map("i16", "a") { (n: Int16, x: Double) in
        x > 0.5 ? Double(n) * x : x - 1
      }
      return "\(made.count)"
    }
  }
}
