import Foundation
import TabularDiet

/// Files in the working folder, which `main` makes.
enum HostileFile {
  static let text = "a,b,c\n1,x,2024-01-01\n,,\n3,\"y\nz\",2024-02-30\n"
  static let texts = [
    "", "\n", "\u{FEFF}", "a", "a,b\n", "a,a\n1,2\n", ",\n,\n", "\"", "a\n\"b", "a,b\n1\n1,2,3\n",
    text, "a\n\u{0}\n", "sep=;\na;b\n1;2\n",
  ]

  static func path(_ contents: String, _ name: String = "t.csv") throws -> String {
    let path = "\(ProcessInfo.processInfo.processIdentifier)-\(name)"
    try contents.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  static func table(_ contents: String) throws -> DataFrame {
    try DataFrame(contentsOfCSVFile: path(contents))
  }

  static let paths = [
    "", "/", "/none/none.csv", "/dev/null", ".", "\u{0}", "a\u{0}b", "*", "[", "~",
  ]
}

extension HostileCall {
  static let fileCalls: [HostileCall] = [
    .alone("DataFrame.init", "no files, and files that are none") {
      try refusing("no CSV files") { try DataFrame(contentsOfCSVFiles: []) }
      try refusing("no Arrow files") { try DataFrame(contentsOfArrowFiles: []) }
      try refusing("no Parquet files") { try DataFrame(contentsOfParquetFiles: []) }
      for path in HostileFile.paths {
        try trying { try DataFrame(contentsOfCSVFile: path) }
        try trying { try DataFrame(contentsOfArrowFile: path) }
        try trying { try DataFrame(contentsOfParquetFile: path, columns: []) }
      }
      for text in HostileFile.texts {
        let path = try HostileFile.path(text)
        try trying { try DataFrame(contentsOfCSVFiles: [path, path]) }
        try trying { try DataFrame(contentsOfArrowFile: path) }
        try trying { try DataFrame(contentsOfParquetFile: path) }
      }
    },
    HostileCall("DataFrame.init", "any file under the plan of any table") { frame in
      let plan = DietPlan(for: frame)
      let own = DietPlan(for: try HostileFile.table("a,b\n1,x\n2,y\n"))
      for text in HostileFile.texts {
        let path = try HostileFile.path(text)
        try trying { try DataFrame(contentsOfCSVFile: path, plan: plan) }
        try trying { try DataFrame(contentsOfCSVFile: path, plan: own) }
        for matching in Odd.matchings {
          try trying { try DataFrame(contentsOfCSVFile: path, plan: own, matching: matching) }
          try trying { try TableReader(path).read(plan: plan, matching: matching).certificate }
        }
      }
    },
    .alone("PlanMatching.init", "every way, on every format") {
      for text in HostileFile.texts {
        let path = try HostileFile.path(text)
        let plan = DietPlan(for: try HostileFile.table("b,z,a\n1,x,2024-01-01\n"))
        for matching in Odd.matchings {
          for name in ["out.arrow", "out.parquet", "out.csv"] {
            let target = try HostileFile.path("", name)
            try trying {
              let file = try TableReader(path).write(to: target, plan: plan, matching: matching)
              return try file.verify(against: TableReader(path)).isVerified
            }
            try trying { try TableReader(target).read(plan: plan, matching: matching).notes }
          }
        }
      }
    },
    .alone("DataFrame.init", "options out of any range") {
      let path = try HostileFile.path(HostileFile.text)
      for number in Odd.integers {
        var options = CSVReadingOptions(threads: min(number, 1 << 10), skippedLineCount: number)
        options.headerRecordCount = number
        options.skippedFooterLineCount = number
        options.maximumExpansion = number
        try trying { try DataFrame(contentsOfCSVFile: path, options: options) }
        var sizes = CSVReadingOptions()
        sizes.chunkByteCount = min(number, 1 << 20)
        try trying { try DataFrame(contentsOfCSVFile: path, options: sizes) }
      }
      for byte in [UInt8(0), 10, 34, 48, 255] {
        var options = CSVReadingOptions(delimiter: byte, quoting: .enclosed(by: byte))
        options.delimiterTail = [byte, byte]
        options.escaping = .character(byte)
        options.comments = .prefix([])
        try trying { try DataFrame(contentsOfCSVFile: path, options: options) }
      }
      var typing = TypingOptions()
      typing.dateFormats = ["", "%", "%%", "%Q", "%d"]
      typing.nullTokens = [String](repeating: "", count: 100)
      typing.decimalSeparator = 48
      typing.thousandsSeparator = 48
      try trying { try DataFrame(contentsOfCSVFile: path, typing: typing) }
      for type in Odd.types {
        try trying { try DataFrame(contentsOfCSVFile: path, types: ["a": type, "none": type]) }
      }
    },
    HostileCall("DataFrame.write", "paths that there are not") { frame in
      for path in HostileFile.paths {
        try trying { try frame.write(toArrowFile: path) }
        try trying { try frame.write(toParquetFile: path) }
      }
    },
    HostileCall("DataFrame.write", "any table, on any number of threads") { frame in
      for threads in [Int.min, -1, 0, 1, 3] {
        let path = try HostileFile.path("", "out")
        try trying { try frame.write(toArrowFile: path, compression: .zstd, threads: threads) }
        try trying { try DataFrame(contentsOfArrowFile: path, plan: DietPlan(for: frame)) }
        try trying { try frame.write(toParquetFile: path, compression: .none, threads: threads) }
        try trying { try DataFrame(contentsOfParquetFile: path) }
      }
    },
    HostileCall("DietPlan.write") { frame in
      for path in HostileFile.paths { try trying { try DietPlan(for: frame).write(toFile: path) } }
      let path = try HostileFile.path("", "plan.json")
      try DietPlan(for: frame).write(toFile: path)
      try trying { try DietPlan(contentsOfFile: path, allowsLoss: false) }
    },
    .alone("DietPlan.init", "files that are no plan") {
      for text in HostileFile.texts + ["{}", "[]", "{\"version\":9}", "null"] {
        let path = try HostileFile.path(text, "plan.json")
        try refusing("no plan") { try DietPlan(contentsOfFile: path) }
      }
    },
  ]

  static let readerCalls: [HostileCall] = [
    .alone("TableReader.init", "no files") {
      try refusing("no files") { try TableReader([]) }
      for path in HostileFile.paths { try trying { try TableReader(path).profile() } }
    },
    .alone("TableReader.head") {
      for text in HostileFile.texts {
        let path = try HostileFile.path(text)
        for count in Odd.integers { try trying { try TableReader(path).head(count) } }
      }
    },
    .alone("TableReader.profile") {
      for text in HostileFile.texts {
        let path = try HostileFile.path(text)
        var profiling = ProfilingOptions()
        profiling.obstacles = .all
        profiling.obstacleColumns = ["none"]
        try trying { try TableReader(path).profile(profiling).plan(closesCategories: true) }
      }
    },
    .alone("TableReader.sniff") {
      for text in HostileFile.texts {
        let path = try HostileFile.path(text)
        try trying { try TableReader(path).sniff().json }
      }
    },
    HostileCall("TableReader.read", "the plan of any table") { frame in
      for text in HostileFile.texts {
        let path = try HostileFile.path(text)
        try trying { try TableReader(path).read(plan: DietPlan(for: frame)).certificate }
      }
    },
    HostileCall("TableReader.write", "the plan of any table") { frame in
      for text in HostileFile.texts {
        let path = try HostileFile.path(text)
        for name in ["out.arrow", "out.parquet", "out.csv", "out"] {
          let target = try HostileFile.path("", name)
          try trying { try TableReader(path).write(to: target, plan: DietPlan(for: frame)) }
          try trying { try LeanFile(contentsOf: target).certificate }
        }
      }
    },
    .alone("LeanFile.init") {
      for path in HostileFile.paths { try refusing(path) { try LeanFile(contentsOf: path) } }
      for text in HostileFile.texts {
        let path = try HostileFile.path(text, "lean.arrow")
        try trying { try LeanFile(contentsOf: path).verify(against: TableReader(path)) }
      }
    },
    .alone("LeanFile.verify", "another table") {
      let (one, other) = (try HostileFile.path("a\n1\n", "1"), try HostileFile.path("b\n", "2"))
      let file = try TableReader(one).write(to: HostileFile.path("", "lean.arrow"))
      try trying { try file.verify(against: TableReader(other)).json }
      try trying { try file.readBack(against: TableReader(other)) }
    },
    .alone("LeanTable.write") {
      for text in HostileFile.texts {
        let path = try HostileFile.path(text)
        try trying { try TableReader(path).read().write(to: "/none/x.arrow") }
        try trying { try TableReader(path).read().writeRejectedRecords(to: "/none/x") }
        try trying { try TableReader(path).read().report().text() }
      }
    },
  ]

  static let reportCalls: [HostileCall] = [
    .alone("TableProfile.report") {
      for text in HostileFile.texts {
        let path = try HostileFile.path(text)
        for format in ReportFormats.all {
          try trying { try TableReader(path).profile().report().text(as: format) }
        }
        try trying { try TableReader(path).profile().report().json }
      }
    },
    .alone("TableProfile.loadingCode") {
      let profile = try TableReader(HostileFile.path(HostileFile.text)).profile()
      for name in Odd.names + TableProfile.loaders {
        try trying { try profile.loadingCode(for: name) }
      }
    },
    .alone("TableProfile.budget") {
      for text in HostileFile.texts {
        let profile = try? TableReader(HostileFile.path(text)).profile()
        for byteCount in [Int.min, -1, 0, 1, 1_000_000, Int.max] {
          try trying {
            var report = profile?.report()
            report?.budget = try profile?.budget(byteCount)
            return [report?.json, report?.text(as: ReportFormats.table)]
          }
        }
      }
    },
    .alone("TableProfile.obstacleReport") {
      let profile = try TableReader(HostileFile.path(HostileFile.text)).profile()
      for name in Odd.names { try trying { try profile.obstacleReport(columns: [name]).json } }
      try trying { try profile.obstacleReport().table(usesColor: true) }
    },
    .alone("TableProfile.writeRejectedRecords") {
      let profile = try TableReader(HostileFile.path(HostileFile.text)).profile()
      for path in HostileFile.paths { try trying { try profile.writeRejectedRecords(to: path) } }
    },
    .alone("TableProfile.measureKernels") {
      for text in HostileFile.texts {
        var profile = try? TableReader(HostileFile.path(text)).profile()
        try trying { try profile?.measureKernels() as Any }
      }
    },
    .alone("TableProfile.benchmark") {
      let profile = try TableReader(HostileFile.path("a\n1\n2\n")).profile()
      for number in [Int.min, -1, 0, 1] {
        try trying {
          try profile.benchmark(
            kernels: ["none"], rowLimit: number, maximumRegression: .nan, gate: .speed)
        }
        try trying {
          try profile.benchmark(kernels: ["sum"], rowLimit: number, maximumRegression: -1)
        }
      }
    },
    .alone("TableReader.estimate", "samples of any number and size") {
      for text in HostileFile.texts {
        let path = try HostileFile.path(text + String(repeating: "1,x,2\n", count: 4_000))
        for number in Odd.integers {
          var sampling = Sampling()
          sampling.leastFileByteCount = 0
          (sampling.count, sampling.byteCount) = (number, number)
          sampling.seed = UInt64(truncatingIfNeeded: number)
          try trying {
            let estimate = try TableReader(path).estimate(sampling)
            for format in EstimateReport.formats { _ = estimate?.text(in: format) }
            _ = estimate?.text(in: "none")
            return estimate?.rows.holds(number) as Any
          }
        }
      }
    },
    .alone("BenchmarkBaseline.init") {
      for text in HostileFile.texts + ["{}", "[]"] {
        let path = try HostileFile.path(text, "base.json")
        try refusing("no baseline") { try BenchmarkBaseline(contentsOfFile: path) }
      }
    },
    HostileCall("SpeedMeasurement.speedups") { frame in
      var measurement = SpeedMeasurement()
      measurement.columnBudget = .zero
      measurement.pairCount = 1
      for column in frame.columns { try trying { try measurement.speedups(of: column) } }
    },
    .alone("SpeedMeasurement.init", "numbers that no measurement has") {
      let column = Column("a", integers: [1, 2, 3])
      for number in [Int.min, -1, 0] {
        var measurement = SpeedMeasurement()
        measurement.columnBudget = .zero
        measurement.tableBudget = .seconds(-1)
        measurement.pairCount = number
        measurement.wideByteLimit = number
        try trying { try measurement.speedups(of: column) }
      }
    },
    .alone("CSVDialect.delimiterText") {
      _ = (0...255).map { CSVDialect(delimiter: $0).delimiterText }
    },
    .alone("TextEncoding.init") { _ = Odd.names.map { TextEncoding(rawValue: $0) } },
    .alone("ReportFormats.named") { _ = Odd.names.map { ReportFormats.named($0)?.name } },
    .alone("Baselines.named") { _ = Odd.names.map { Baselines.named($0)?.name } },
  ]
}
