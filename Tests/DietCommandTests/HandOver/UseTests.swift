import Columnar
import Foundation
import Testing

/// What people do with a table gives the same answer after the diet: numbers and days compute in
/// pandas however few values there are, text columns and tables combine in polars.
@Suite struct UseTests {
  @Test func operationsGiveTheSame() throws {
    let folder = try TemporaryFolder()
    let made = try Python.run("use.py", [folder.url.path, "--make"])
    try #require(made.exitCode == 0, "\(made.errors)")
    for table in ["prices", "part-1", "part-2"] {
      for categories in [CategoryPolicy.text, .none] {
        for engine in [TargetEngine.any, .pandas, .polars] {
          for format in ["arrow", "parquet"] {
            let lean = folder.path("\(table).\(categories).\(engine).\(format)")
            let apply = try CommandRun([
              "apply", folder.path("\(table).csv"), "-o", lean, "--for", engine.rawValue,
              "--categories", categories.rawValue,
            ])
            try #require(apply.exitCode == 0, "\(apply.errors)")
          }
        }
      }
    }
    let run = try Python.run("use.py", [folder.url.path])
    let lines = run.output.split(separator: "\n")
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(lines.count == 1, "\(run.output)")
    let count = try #require(lines.last?.split(separator: " ").first.flatMap { Int($0) })
    #expect(count > 400)
  }

  @Test func unknownCategoriesAreRefused() throws {
    for verb in [["apply", "x.csv", "-o", "x.arrow"], ["analyze", "x.csv"]] {
      let run = try CommandRun(verb + ["--categories", "numbers"])
      #expect(run.exitCode == 64)
      #expect(run.errors.contains("--categories: 'numbers' is none of all, text, none"))
    }
  }
}
