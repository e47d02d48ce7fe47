import Foundation
import TabularDiet
import TestSupport
import Testing

/// What a file said of its columns is said again after the rows were chosen, sorted and put together.
@Suite struct DeclaredTypeTests {
  private static let writing = """
    import decimal, sys, pyarrow, pyarrow.parquet as parquet
    rows = 50
    def column(kind, value): return pyarrow.array(
        [None if row % 7 == 3 else value(row) for row in range(rows)], kind)
    table = pyarrow.table({
        "n": pyarrow.array(range(rows), pyarrow.int64()),
        "price": column(pyarrow.decimal128(12, 2), lambda row: decimal.Decimal(row) / 4),
        "flags": column(pyarrow.uint16(), lambda row: row),
        "single": column(pyarrow.float32(), lambda row: row / 8),
        "level": pyarrow.DictionaryArray.from_arrays(
            column(pyarrow.int8(), lambda row: row % 2), ["low", "high", "never"], ordered=True),
        "took": column(pyarrow.duration("ms"), lambda row: row * 1500),
        "none": pyarrow.nulls(rows, pyarrow.date32()),
    })
    parquet.write_table(table, sys.argv[1])
    """

  private static let comparing = """
    import sys, pyarrow.parquet as parquet
    def kinds(path):
        schema = parquet.read_table(path).schema
        # How wide whole numbers are, the rows decide.
        return {field.name: str(field.type).rstrip("1234568") for field in schema if field.name != "n"}
    plain = kinds(sys.argv[1])
    for path in sys.argv[2:]:
        if kinds(path) != plain: print(path, kinds(path), plain)
    """

  @Test func rowsKeepTheirTypes() throws {
    let folder = try TemporaryFolder()
    let (source, whole) = (folder.path("source.parquet"), folder.path("whole.parquet"))
    _ = try TestPython.output(["-c", Self.writing, source])
    let frame = try DataFrame(contentsOfParquetFile: source)
    try frame.write(toParquetFile: whole)
    let tables = [
      "filtered": try frame.filtered(where: "n % 3 = 0"),
      "emptied": try frame.filtered(where: "n < 0"),
      "sorted": try frame.sorted(on: "price", order: .descending),
      "head": frame.head(5),
      "taken": try frame.taking([3, 3, 1]),
      "united": try DataFrame(concatenating: [frame.head(4), frame.tail(4)]),
      "united with none": try DataFrame(concatenating: [frame.head(0), frame]),
    ]
    var paths: [String] = []
    for (name, table) in tables {
      paths.append(folder.path("\(name).parquet"))
      try table.write(toParquetFile: paths[paths.count - 1])
    }
    let differences = try TestPython.output(["-c", Self.comparing, whole] + paths)
    #expect(differences.isEmpty, "\(String(decoding: differences, as: UTF8.self))")
  }
}
