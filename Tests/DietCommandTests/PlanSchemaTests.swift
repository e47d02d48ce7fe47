import Columnar
import Engines
import Foundation
import TestSupport
import Testing

@testable import ArrowFormat
@testable import ParquetFormat
@testable import TabularDiet

/// Parts that are written under one plan have equal schemas, byte for byte, whatever they hold.
struct PlanSchemaTests {
  private static let forms = ["arrow", "arrows", "parquet"]

  /// A folder with the plan of the first month, and that month.
  private static func folder(_ options: [String] = []) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.file("first.csv", PlannedMonth.first.csv)
    try run(["analyze", "first.csv", "--save-plan", "plan.json", "--no-measure"] + options, folder)
    return folder
  }

  @discardableResult
  private static func run(_ arguments: [String], _ folder: TemporaryFolder) throws -> CommandRun {
    let run = try CommandRun(arguments, in: folder.url)
    #expect(run.exitCode == 0, "\(arguments): \(run.errors)\(run.output)")
    return run
  }

  private static func path(_ name: String, _ folder: TemporaryFolder) -> String {
    folder.url.appendingPathComponent(name).path
  }

  /// What pyarrow makes of the schemas of all parts of a form, and how many there are.
  private static let script = """
    import sys, pyarrow as pa, pyarrow.parquet as pq
    for form in sys.argv[1].split():
        seen = set()
        for name in sys.argv[2:]:
            path = f'{name}.{form}'
            if form == 'parquet':
                seen.add((pq.read_schema(path).serialize().to_pybytes(),
                          pq.read_metadata(path).metadata[b'ARROW:schema'],
                          str(pq.ParquetFile(path).schema).split('\\n', 1)[1]))
            else:
                open_it = pa.ipc.open_stream if form == 'arrows' else pa.ipc.open_file
                reader = open_it(path)
                reader.read_all().validate(full=True)
                seen.add(reader.schema.serialize().to_pybytes())
        print(form, len(seen))
    """

  @Test(arguments: ["any", "pandas", "polars", "duckdb", "spark"])
  func partsHaveOneSchema(for engine: String) throws {
    let folder = try Self.folder()
    // Blocks of rows are the same whoever reads them.
    let months = ([.first] + PlannedMonth.others).filter { engine == "any" || $0.rowCount < 65_536 }
    for (number, month) in months.enumerated() {
      try folder.file("part\(number).csv", month.csv)
      for form in Self.forms {
        let part = "part\(number).\(form)"
        try Self.run(
          ["apply", "part\(number).csv", "--plan", "plan.json", "-o", part, "--for", engine], folder
        )
        if engine == "any" {
          try Self.run(["verify", part, "--against", "part\(number).csv"], folder)
        }
        if form == "parquet" {
          let (one, other) = (
            try ParquetFileReader(path: Self.path("part0.parquet", folder)),
            try ParquetFileReader(path: Self.path(part, folder))
          )
          #expect(other.fields == one.fields, "\(month)")
          #expect(other.metadata("ARROW:schema") == one.metadata("ARROW:schema"), "\(month)")
        } else {
          let (one, other) = (
            try ArrowFileReader(path: Self.path("part0.\(form)", folder)),
            try ArrowFileReader(path: Self.path(part, folder))
          )
          #expect(other.fields == one.fields, "\(month), \(form)")
          #expect(other.metadata == one.metadata, "\(month), \(form)")
        }
      }
    }
    let names = months.indices.map { Self.path("part\($0)", folder) }
    let seen = try CommandRun(
      python: ["-c", Self.script, Self.forms.joined(separator: " ")] + names)
    #expect(seen.output == "arrow 1\narrows 1\nparquet 1\n", "\(seen.errors)")
  }

  /// In process the schema is that of the file.
  @Test func framesHaveTheSchemaOfFiles() throws {
    let folder = try Self.folder()
    let plan = try DietPlan(contentsOfFile: Self.path("plan.json", folder))
    var schemas: Set<[UInt8]> = []
    for month in [PlannedMonth.first] + PlannedMonth.others {
      try folder.file("part.csv", month.csv)
      let frame = try DataFrame(contentsOfCSVFile: Self.path("part.csv", folder), plan: plan)
      let columns = try frame.columns.enumerated().map {
        try ArrowColumn($1, dictionaryID: $0, path: "")
      }
      let schema = ArrowSchema(
        columns, metadata: [], hints: TargetEngine.any.schemaHints)
      schemas.insert(schema.flatTable.serialized())
      #expect(schemas.count == 1, "\(month)")
    }
  }

  /// The file that is written together with its plan is a part like all others.
  @Test func theFirstPartIsOfThePlanToo() throws {
    let folder = try Self.folder()
    try Self.run(
      ["apply", "first.csv", "--save-plan", "same.json", "-o", "with.arrow"], folder)
    try Self.run(["apply", "first.csv", "--plan", "same.json", "-o", "under.arrow"], folder)
    let (one, other) = (
      try ArrowFileReader(path: Self.path("with.arrow", folder)),
      try ArrowFileReader(path: Self.path("under.arrow", folder))
    )
    #expect(one.fields == other.fields)
    #expect(one.metadata == other.metadata)
    #expect(
      try Data(contentsOf: folder.url.appendingPathComponent("same.json"))
        == Data(contentsOf: folder.url.appendingPathComponent("plan.json")))
  }
}
